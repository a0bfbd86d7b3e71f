"""Bytes kept ready: one builder at a time, nothing rebuilt after a restart, and a cache that may be lost."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from events.feeds import sharing
from events.feeds.building import FeedBody, FeedQuestion, build_body, join_body
from events.feeds.keeping import MEMORY
from events.feeds.rates import RATES, REPORT_EVERY
from events.feeds.spec import FeedSpec
from events.models import Activity, FeedText
from tests.concurrency import run_at_once
from tests.factories import make_activity
from units.marks import mark_change
from units.permissions import viewer_of

ALL = "/feeds/all.ics"
NOWHERE = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "feeds": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"},
}


@pytest.mark.django_db
def test_a_warm_feed_and_a_304_cost_one_query(client: Client) -> None:
    make_activity()
    tag = client.get(ALL)["ETag"]
    for headers, status in (({}, 200), ({"If-None-Match": tag}, 304)):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(ALL, headers=headers)
        assert (answer.status_code, len(queries)) == (status, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_after_a_restart_nothing_is_built_again(client: Client, coding: str) -> None:
    make_activity()
    first = client.get(ALL, headers={"Accept-Encoding": coding})
    MEMORY.clear()
    FeedText.objects.update(body="ghost")  # would be seen, were anything joined anew
    again = client.get(ALL, headers={"Accept-Encoding": coding})
    assert (again.content, again["ETag"], again["Last-Modified"]) == (
        first.content,
        first["ETag"],
        first["Last-Modified"],
    )


@pytest.mark.django_db
def test_after_a_change_elsewhere_the_kept_texts_are_joined_and_the_date_stays(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_activity()
    first = client.get(ALL)
    mark_change(is_wide=False)
    monkeypatch.setattr("events.feeds.keeping.build_body", None)  # calling it would fail
    again = client.get(ALL)
    assert (again.content, again["Last-Modified"]) == (first.content, first["Last-Modified"])


def question_of(*, minutes: int | None = None) -> FeedQuestion:
    return FeedQuestion(spec=FeedSpec(alarm_minutes=minutes), viewer=viewer_of(None), name="Lịch", source="https://x/y")


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [None, 30])
def test_what_is_joined_equals_what_is_built(minutes: int | None) -> None:
    today, question = timezone.localdate(), question_of(minutes=minutes)
    empty = join_body(question, today=today)
    assert empty is not None
    assert empty.digest == build(question).digest
    for number in range(3):
        make_activity(code=f"a{number}", title="Ngày hội “Lượn Slương” & hát then " * 4)
    assert join_body(question, today=today) is None  # texts are missing
    built = build(question)
    joined = join_body(question, today=today)
    assert joined is not None
    assert (joined.digest, joined.size) == (built.digest, built.size)
    assert joined.packed == build_body(question, today=today, most_plain=0).packed
    assert b"".join(joined.plain or ()).count(b"BEGIN:VEVENT") == 3


@pytest.mark.django_db
def test_texts_out_of_date_and_large_feeds_are_not_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    today, question = timezone.localdate(), question_of()
    make_activity()
    build(question)
    assert join_body(question, today=today)
    FeedText.objects.update(until=today - timedelta(days=1))
    assert join_body(question, today=today) is None
    build(question)
    assert join_body(question, today=today)
    monkeypatch.setattr("events.feeds.joining.MOST_JOINED", 0)
    assert join_body(question, today=today) is None
    monkeypatch.undo()
    Activity.objects.update(version=99)
    assert join_body(question, today=today) is None


def build(question: FeedQuestion) -> FeedBody:
    body = build_body(question, today=timezone.localdate(), most_plain=1 << 20)
    return FeedBody.of(*(body.plain or ()))


@pytest.mark.django_db
def test_gzip_is_another_representation_of_the_same_bytes(client: Client) -> None:
    make_activity()
    plain, packed = client.get(ALL), client.get(ALL, headers={"Accept-Encoding": "gzip, br"})
    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    assert (plain["Vary"], packed["Vary"], plain["ETag"] == packed["ETag"]) == ("Accept-Encoding",) * 2 + (False,)
    for tag in (plain["ETag"], packed["ETag"], f"W/{plain['ETag']}", "*"):
        found = client.get(ALL, headers={"If-None-Match": tag, "Accept-Encoding": "gzip"})
        assert (found.status_code, found.content) == (304, b"")


@pytest.mark.django_db
def test_a_tag_counts_before_a_date_and_a_range_for_nothing(client: Client) -> None:
    make_activity()
    dated = client.get(ALL)["Last-Modified"]
    stale = {"If-None-Match": '"old"', "If-Modified-Since": dated}
    assert client.get(ALL, headers=stale).status_code == 200
    assert client.get(ALL, headers={"If-Modified-Since": dated}).status_code == 304
    assert client.get(ALL, headers={"Range": "bytes=0-9"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_served_by_one_build(monkeypatch: pytest.MonkeyPatch) -> None:
    make_activity()
    builds: list[int] = []

    def counted(*words: object, **more: object) -> object:
        builds.append(1)
        return build_body(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("events.feeds.keeping.build_body", counted)
    tags = run_at_once(lambda _number: Client().get(ALL)["ETag"], 40)
    assert (len(set(tags)), len(builds)) == (1, 1)


@pytest.mark.django_db(transaction=True)
@override_settings(CACHES=NOWHERE)
def test_without_the_shared_cache_feeds_are_served_all_the_same(client: Client) -> None:
    make_activity()
    assert (client.get(ALL).status_code, sharing.shared_get("x"), sharing.shared_add("x", 1, 9)) == (200, None, True)


@pytest.mark.django_db
def test_a_big_feed_is_streamed_from_its_packed_bytes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_activity()
    whole = client.get(ALL)
    MEMORY.clear()
    sharing.shared_delete("x")
    monkeypatch.setattr("events.feeds.keeping.MOST_PLAIN", 100)
    streamed = client.get(ALL)
    assert (streamed.streaming, b"".join(streamed.streaming_content)) == (True, whole.content)  # type: ignore[attr-defined]
    assert (streamed["ETag"], streamed["Content-Length"]) == (whole["ETag"], str(len(whole.content)))


@pytest.mark.django_db
@override_settings(PANO_FEED_RATE_ADDRESS=3)
def test_who_asks_too_often_is_told_to_wait(client: Client) -> None:
    assert [client.get(ALL).status_code for _each in range(4)] == [200, 200, 200, 429]
    refused = client.get(ALL)
    assert 1 <= int(refused["Retry-After"]) <= 61
    assert "quá" in refused.content.decode()
    assert client.get(ALL, REMOTE_ADDR="10.0.0.2").status_code == 200


@pytest.mark.django_db
def test_the_limit_holds_over_processes_but_for_what_is_not_reported_yet() -> None:
    limit, now = 4 * REPORT_EVERY, 1_000_000_020.0
    served = 0
    for _process in range(4):
        RATES.clear()
        served += sum(not RATES.wait_for("a", limit=limit, now=now) for _each in range(limit))
    assert limit <= served <= limit + 4 * REPORT_EVERY
