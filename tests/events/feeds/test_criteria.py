"""The fourteen things a good feed does, each seen from outside over HTTP."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from core.recurrence import Frequency, Recurrence
from events import planning
from events.feeds.keeping import MEMORY
from events.feeds.tokens import hash_token, new_token
from events.models import Activity, Status, Subscription
from events.planning import ActivityChange, OccurrenceChange
from events.planning.subscriptions import revoke_subscription
from events.programme import Scope, load_programme
from tests.factories import at, make_activity, make_area, make_planner, make_venue
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db
FEED = "/feeds/all.ics"
WEEKLY = Recurrence(freq=Frequency.WEEKLY, count=4)
MOMENT = re.compile(r"\d{8}T\d{6}Z")


def events_of(client: Client, path: str = FEED) -> list[Any]:
    return list(icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT"))


def text_of(client: Client, path: str = FEED) -> str:
    return client.get(path).content.decode().replace("\r\n ", "")


def property_of(client: Client, name: str) -> str:
    (event,) = events_of(client)
    written = event[name].to_ical()
    return written if isinstance(written, str) else str(written, "utf-8")


def change(activity: Activity, **fields: Any) -> Activity:
    plan = replace(planning.plan_of(activity), **fields)
    version = Activity.objects.get(pk=activity.pk).version
    return planning.change_activity(change=ActivityChange(uid=activity.uid, version=version, plan=plan), by=None)


def move(activity: Activity, position: int, shift: timedelta | None) -> Activity:
    entries = load_programme(window=None, scope=Scope(uids=(activity.uid,)), viewer=viewer_of(None)).entries
    entry = entries[position]
    interval = None if shift is None else entry.interval.shifted(shift)
    version = Activity.objects.get(pk=activity.pk).version
    moved = OccurrenceChange(key=entry.key, version=version, interval=interval)
    return planning.change_occurrence(change=moved, by=None)


def test_1_dtstamp_is_there_in_utc(client: Client) -> None:
    make_activity()
    assert MOMENT.fullmatch(property_of(client, "DTSTAMP"))


def test_2_the_uid_is_opaque_and_stays_when_the_date_moves(client: Client) -> None:
    activity = make_activity()
    before = property_of(client, "UID")
    change(activity, interval=at(date(2023, 9, 9)))
    assert before == property_of(client, "UID") == activity.uid


def test_3_last_modified_is_the_rows(client: Client) -> None:
    activity = make_activity()
    assert property_of(client, "LAST-MODIFIED") == f"{activity.updated_at:%Y%m%dT%H%M%SZ}"


def test_4_the_sequence_rises_with_date_place_and_status_not_with_the_title(client: Client) -> None:
    activity = make_activity()
    found = [property_of(client, "SEQUENCE")]
    changes: list[dict[str, Any]] = [
        {"title": "Tên khác"},
        {"interval": at(date(2023, 9, 9))},
        {"venue_ids": (make_venue().pk,)},
        {"status": Status.CANCELLED},
    ]
    for fields in changes:
        activity = change(activity, **fields)
        found.append(property_of(client, "SEQUENCE"))
    assert found == ["0", "0", "1", "2", "3"]


def test_5_what_is_cancelled_or_deleted_stays_as_such(client: Client) -> None:
    activity = make_activity()
    change(activity, status=Status.CANCELLED)
    assert property_of(client, "STATUS") == "CANCELLED"
    kept = Activity.objects.get(pk=activity.pk)
    planning.delete_activities(seen={kept.uid: kept.version}, by=make_planner())
    assert property_of(client, "STATUS") == "CANCELLED"


def test_6_a_series_is_a_rule_with_its_exceptions(client: Client) -> None:
    activity = make_activity(interval=at(date(2023, 8, 8)), recurrence=WEEKLY)
    move(activity, 1, timedelta(days=1))
    move(activity, 2, None)
    master, moved, cancelled = events_of(client)
    assert master["RRULE"].to_ical().decode() == "FREQ=WEEKLY;COUNT=4"
    told = [(str(each["RECURRENCE-ID"].dt.date()), str(each["DTSTART"].dt.date())) for each in (moved, cancelled)]
    assert told == [("2023-08-15", "2023-08-16"), ("2023-08-22", "2023-08-22")]
    assert [str(each["STATUS"]) for each in (moved, cancelled)] == ["CONFIRMED", "CANCELLED"]


def test_7_times_have_a_zone_that_the_feed_itself_explains(client: Client) -> None:
    make_activity(interval=at(date(2023, 8, 8), "19:30"))
    text = text_of(client)
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20230808T193000\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == text.count("TZOFFSETTO:+0700") == 1


def test_8_nothing_changed_means_the_same_bytes_also_after_a_restart(client: Client) -> None:
    make_activity(recurrence=WEEKLY)
    first = client.get(FEED)
    MEMORY.clear()
    again = client.get(FEED)
    assert (again.content, again["ETag"], again["Last-Modified"]) == (
        first.content,
        first["ETag"],
        first["Last-Modified"],
    )


def test_9_a_client_that_has_it_is_told_so_and_sent_nothing(client: Client) -> None:
    activity = make_activity()
    first = client.get(FEED)
    asked = {"If-None-Match": first["ETag"], "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}
    again = client.get(FEED, headers=asked)
    told = (again.status_code, again.content, again["ETag"], again["Last-Modified"])
    assert told == (304, b"", first["ETag"], first["Last-Modified"])
    assert client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert not first["ETag"].startswith("W/")
    change(activity, title="Tên khác")
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_10_readers_are_told_how_often_to_ask(client: Client) -> None:
    text = text_of(client)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n" in text


def test_11_a_private_link_is_a_secret_that_can_be_revoked(client: Client) -> None:
    make_activity(status=Status.TENTATIVE)
    token, now = new_token(), timezone.now()
    link = Subscription(owner=make_planner(), name="Điện thoại", token_hash=hash_token(token), token_hint=token[-4:])
    link.request_key, link.created_at = "a" * 32, now
    link.save()
    path = f"/feeds/private/{token}.ics"
    answer = client.get(path)
    assert (len(events_of(client, path)), answer["Cache-Control"]) == (1, "private, no-cache")
    assert (answer["Referrer-Policy"], token in answer.content.decode()) == ("no-referrer", False)
    revoke_subscription(pk=link.pk, by=link.owner)
    gone = client.get(path)
    assert (gone.status_code, token in gone.content.decode()) == (404, False)
    assert events_of(client) == []


def test_12_every_filter_has_a_feed(client: Client) -> None:
    below = make_area("Xã Gia Cát", parent=(district := make_area()))
    inside, beside = make_activity(area_id=below.pk), make_activity()
    paths = {
        f"/feeds/area/{district.slug}.ics": {inside.uid},
        f"/feeds/area/{district.slug}/alone.ics": set(),
        f"/feeds/unit/{beside.lead_unit.code}.ics": {beside.uid},
        f"/feeds/filter.ics?campaign={inside.campaign.code}&area={below.slug}": {inside.uid},
        f"/feeds/filter.ics?q={beside.code}&status=confirmed": {beside.uid},
    }
    found = {path: {str(each["UID"]) for each in events_of(client, path)} for path in paths}
    assert found == paths


def test_13_a_place_with_a_point_says_where(client: Client) -> None:
    make_activity(venue_ids=(make_venue(name="Nhà văn hoá", lat=21.85, lon=106.76).pk,))
    assert property_of(client, "GEO") == "21.85;106.76"


def test_14_apple_shows_a_map_since_title_and_location_are_the_same(client: Client) -> None:
    make_activity(venue_ids=(make_venue(name="Nhà văn hoá", lat=21.85, lon=106.76).pk,))
    (event,) = events_of(client)
    where = event["X-APPLE-STRUCTURED-LOCATION"]
    assert (where.params["X-TITLE"], str(where)) == (str(event["LOCATION"]), "geo:21.85,106.76")
