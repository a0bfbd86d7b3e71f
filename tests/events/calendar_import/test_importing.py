"""Events of a file into a campaign, and the same file again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from core.intervals import LOCAL_ZONE
from events.models import Activity, CalendarUploadState, ImportedEvent, Occurrence, Status
from events.planning import ActivityChange, change_activity, plan_of, undo_step
from tests.events.calendar_import.makers import Importer, calendar, counts, event, notes, refusals
from tests.factories import make_activity, make_venue

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSED = {name: datetime(2026, month, 1, tzinfo=LOCAL_ZONE) for name, month in (("start", 8), ("end", 9))}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def importer() -> Importer:
    return Importer(language="en")


def starts(importer: Importer) -> list[str]:
    rows = Occurrence.objects.filter(activity__campaign=importer.campaign).order_by("start")
    return [f"{row.start.astimezone(LOCAL_ZONE):%d/%m %H:%M}" for row in rows]


def test_an_event_becomes_a_draft_and_importing_it_again_changes_nothing(importer: Importer) -> None:
    content = calendar(event("DESCRIPTION:Vòng 1\\nVòng 2"))
    first = importer.read(content)
    assert (counts(first), Activity.objects.count()) == ((1, 0, 0, 0), 0)
    assert importer.save(first).state == CalendarUploadState.DONE
    plan = plan_of(importer.only())
    assert (plan.title, plan.status, plan.description, plan.kind) == ("Hội thi", "draft", "Vòng 1\nVòng 2", "exchange")
    assert plan.interval.start == datetime(2026, 8, 8, 19, 30, tzinfo=LOCAL_ZONE)
    assert plan.interval.duration == timedelta(hours=1, minutes=30)
    second = importer.bring(content)
    assert (counts(second), Activity.objects.count(), importer.only().version) == ((0, 0, 1, 0), 1, 1)


def test_a_changed_event_changes_only_what_the_file_changed(importer: Importer) -> None:
    importer.bring(calendar(event("LOCATION:Sân A")))
    activity = importer.only()
    plan = plan_of(activity)
    change = ActivityChange(uid=activity.uid, version=1, plan=replace(plan, title="Tên sửa ở Pano", notes="n"))
    change_activity(change=change, by=importer.by)
    moved = importer.read(calendar(event("LOCATION:Sân A", start="DTSTART:20260809T193000")))
    assert counts(moved) == (0, 1, 0, 0)
    importer.save(moved)
    after = importer.only()
    assert (after.event.title, after.notes, after.version, after.sequence) == ("Tên sửa ở Pano", "n", 3, 1)
    assert starts(importer) == ["09/08 19:30"]
    renamed = importer.bring(calendar(event("LOCATION:Sân A", summary="Mới", start="DTSTART:20260809T193000")))
    assert notes(renamed)[-1] == "Changed in Pano since the last import and overwritten by the file: title."
    assert importer.only().event.title == "Mới"


def test_cancelled_upstream_is_cancelled_here_and_comes_back(importer: Importer) -> None:
    importer.bring(calendar(event()))
    importer.bring(calendar(event("STATUS:CANCELLED")))
    assert importer.only().status == Status.CANCELLED
    importer.bring(calendar(event("STATUS:CONFIRMED")))
    assert importer.only().status == Status.DRAFT
    importer.bring(calendar(event(), head=("METHOD:CANCEL",)))
    assert importer.only().status == Status.CANCELLED


def test_undoing_takes_all_of_it_back_and_it_can_be_restored(importer: Importer) -> None:
    content = calendar(event(), event(uid="e2"))
    importer.bring(content)
    undo_step(campaign_id=importer.campaign.pk, by=importer.by)
    assert set(Activity.objects.values_list("is_deleted", flat=True)) == {True}
    again = importer.bring(content)
    assert counts(again) == (0, 0, 2, 0)
    assert "stays deleted" in notes(again)[0]
    restoring = Importer(by=importer.by, campaign=importer.campaign, restores_deleted=True, language="en")
    assert counts(restoring.bring(content)) == (0, 2, 0, 0)
    assert set(Activity.objects.values_list("is_deleted", flat=True)) == {False}
    assert ImportedEvent.objects.count() == 2


def test_one_broken_event_is_refused_and_spoils_nothing(importer: Importer) -> None:
    broken = event(start="DTSTART:20261399", uid="hỏng")
    found = importer.bring(calendar(event(), broken, event(uid="e3", start="DTSTART:20260810T080000")))
    assert counts(found) == (2, 0, 0, 1)
    assert refusals(found) == [(11, "DTSTART has the value “20261399”, which is no date or time.")]


def test_a_venue_is_known_by_its_name_without_marks(importer: Importer) -> None:
    venue = make_venue("Nhà văn hoá Đồng Đăng")
    importer.bring(calendar(event("LOCATION:nha van hoa dong dang\\, Lạng Sơn")))
    assert plan_of(importer.only()).venue_ids == (venue.pk,)


def test_an_unknown_place_stands_in_the_description(importer: Importer) -> None:
    found = importer.bring(calendar(event("LOCATION:Sân đình", "DESCRIPTION:Mời")))
    assert plan_of(importer.only()).description == "Place: Sân đình\n\nMời"
    assert notes(found) == ["The place “Sân đình” is not known in Pano; it stands in the description."]


def test_a_blocking_conflict_stops_everything_and_is_named(importer: Importer) -> None:
    venue = make_venue("Hội trường A")
    venue.closures.create(**CLOSED, reason="sửa chữa")
    confirmed = Importer(by=importer.by, campaign=importer.campaign, status="confirmed", language="en")
    found = confirmed.read(calendar(event("LOCATION:Hội trường A"), event(uid="e2", start="DTSTART:20260901T080000")))
    assert len((found.report or {})["conflicts"]) == 1
    assert (confirmed.save(found).state, Activity.objects.count()) == (CalendarUploadState.READY, 0)
    assert found.message == "Nothing was saved. 1 conflict stands in the way."


def test_our_own_events_are_known(importer: Importer) -> None:
    own = make_activity(campaign_id=importer.campaign.pk, area_id=importer.area.pk, lead_unit_id=importer.unit.pk)
    found = importer.bring(calendar(event(uid=f"{own.uid}@pano.example"), event(uid=own.uid)))
    assert counts(found) == (0, 0, 2, 0)
    assert Activity.objects.count() == 1


def test_a_series_with_exceptions(importer: Importer) -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20260815T193000")
    moved = event("RECURRENCE-ID:20260822T193000", start="DTSTART:20260823T080000", summary="Dời")
    off = event("RECURRENCE-ID:20260829T193000", "STATUS:CANCELLED", start="DTSTART:20260829T193000")
    importer.bring(calendar(moved, series, off))
    assert starts(importer) == ["08/08 19:30", "23/08 08:00", "29/08 19:30"]
    rows = Occurrence.objects.order_by("start").values_list("status", "title")
    assert list(rows) == [("draft", ""), ("draft", "Dời"), ("cancelled", "")]
