from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.intervals import LOCAL_ZONE
from core.recurrence import Frequency, Recurrence
from events import planning
from events.models import Status
from events.programme import load_programme
from events.programme.scope import Scope
from tests.factories import make_activity, make_area, make_planner, whole_days
from units.permissions import viewer_of
from venues.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def cao_loc() -> Area:
    return make_area("Huyện Cao Lộc", slug="huyen-cao-loc")


def rows_of(content: bytes) -> list[tuple[str, str]]:
    calendar = icalendar.Calendar.from_ical(content)
    found = recurring_ical_events.of(calendar).between(datetime(2020, 1, 1, tzinfo=LOCAL_ZONE), timedelta(days=3000))
    return sorted((str(event["UID"]), event["DTSTART"].dt.isoformat()) for event in found)


def expected_rows() -> list[tuple[str, str]]:
    programme = load_programme(window=None, scope=Scope(areas=("huyen-cao-loc",)), viewer=viewer_of(None))
    starts = [(entry.key.uid, entry.interval.start, entry.all_day) for entry in programme.entries]
    return sorted((uid, (start.date() if all_day else start).isoformat()) for uid, start, all_day in starts)


def test_the_feed_holds_what_a_visitor_may_see_of_the_area(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk, recurrence=Recurrence(freq=Frequency.WEEKLY, count=4))
    make_activity(area_id=cao_loc.pk, **whole_days(date(2023, 7, 25), date(2023, 8, 8)))
    make_activity(area_id=cao_loc.pk, status=Status.DRAFT)
    make_activity(area_id=cao_loc.pk, is_public=False)
    make_activity()
    rows = rows_of(client.get("/feeds/area/huyen-cao-loc.ics").content)
    assert len(rows) == 5
    assert rows == expected_rows()


def test_a_planner_gets_the_same_bytes_as_a_visitor(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk, status=Status.DRAFT)
    make_activity(area_id=cao_loc.pk)
    public = client.get("/feeds/area/huyen-cao-loc.ics").content
    client.force_login(make_planner())
    client.cookies["django_language"] = "en"
    assert client.get("/feeds/area/huyen-cao-loc.ics").content == public


def test_headers_let_programs_ask_again_cheaply(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk)
    answer = client.get("/feeds/area/huyen-cao-loc.ics")
    assert {
        name: answer[name] for name in ("Content-Type", "Cache-Control", "Content-Disposition", "Content-Language")
    } == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "public, max-age=300",
        "Content-Disposition": 'inline; filename="huyen-cao-loc.ics"',
        "Content-Language": "vi",
    }
    assert answer["Vary"] == "Accept-Encoding"
    again = client.get("/feeds/area/huyen-cao-loc.ics", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert again["Last-Modified"] == answer["Last-Modified"]
    assert again["Content-Length"] == str(len(answer.content))  # RFC 9110 section 8.6: that of the 200 it stands for


def test_head_has_the_same_headers_and_no_body(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk)
    whole, head = client.get("/feeds/area/huyen-cao-loc.ics"), client.head("/feeds/area/huyen-cao-loc.ics")
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(whole.headers))


def test_a_date_alone_never_hides_a_withdrawn_activity(client: Client, cao_loc: Area) -> None:
    """Withdrawing the newest activity makes the newest change older than what the reader has, not the feed's date."""
    make_activity(area_id=cao_loc.pk)
    activity = make_activity(area_id=cao_loc.pk)
    first = client.get("/feeds/area/huyen-cao-loc.ics")
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get("/feeds/area/huyen-cao-loc.ics", headers=since).status_code == 304
    hidden = replace(planning.plan_of(activity), is_public=False)
    planning.change_activity(change=planning.ActivityChange(uid=activity.uid, version=1, plan=hidden), by=None)
    again = client.get("/feeds/area/huyen-cao-loc.ics", headers=since)
    assert (again.status_code, len(rows_of(again.content))) == (200, 1)


def test_a_date_of_the_future_counts_for_nothing(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk)
    later = "Fri, 01 Jan 2100 00:00:00 GMT"
    assert client.get("/feeds/area/huyen-cao-loc.ics", headers={"If-Modified-Since": later}).status_code == 200


def test_more_activities_cost_no_more_queries(client: Client, cao_loc: Area) -> None:
    counts = []
    for more in (1, 2):
        for _each in range(more):
            make_activity(area_id=cao_loc.pk, recurrence=Recurrence(freq=Frequency.WEEKLY, count=3))
        with CaptureQueriesContext(connection) as queries:
            client.get("/feeds/area/huyen-cao-loc.ics")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_empty_area_has_a_valid_empty_feed(client: Client, cao_loc: Area) -> None:
    answer = client.get(f"/feeds/area/{cao_loc.slug}.ics")
    assert rows_of(answer.content) == []
    assert answer["Last-Modified"]


def test_an_unknown_area_is_answered_with_a_sentence(client: Client) -> None:
    answer = client.get("/feeds/area/khong-co.ics")
    assert answer.status_code == 404
    assert "khong-co" in answer.content.decode()


def test_who_insists_on_bytes_that_are_no_more_gets_an_answer_that_nobody_keeps(client: Client, cao_loc: Area) -> None:
    answer = client.get(f"/feeds/area/{cao_loc.slug}.ics", headers={"If-Match": '"other"'})
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (412, b"", "no-store")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "REPORT"])
@pytest.mark.parametrize(
    "path",
    [
        "/feeds/all.ics", "/feeds/filter.ics", "/feeds/area/huyen-cao-loc.ics", "/feeds/area/huyen-cao-loc/alone.ics",
        "/feeds/unit/x.ics", f"/feeds/private/{'x' * 43}.ics",
    ],
)  # fmt: skip
def test_feeds_take_no_other_method_and_say_which_they_take(method: str, path: str) -> None:
    answer = Client(enforce_csrf_checks=True).generic(method, path)  # as servers do, unlike other tests
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
