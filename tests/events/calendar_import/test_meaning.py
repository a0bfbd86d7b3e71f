"""What the words of a file become, and what planners did meanwhile."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone, translation
from openpyxl import load_workbook

from core.errors import StalePlan
from core.intervals import LOCAL_ZONE
from events.calendar_import import comparing, working
from events.calendar_import.calendar import NotACalendar
from events.calendar_import.working import Abandoned, Beat, read_upload, save_upload
from events.models import Activity, CalendarUpload, CalendarUploadState, Occurrence, PlanStep, Status
from events.planning import ActivityChange, change_activity, plan_of
from events.planning.calendar_saving import save_calendar
from events.planning.calendar_uploads import (
    begin,
    find_calendar,
    finish,
    give_up,
    keep_calendar,
    purge_calendars,
    recover,
)
from events.planning.commands import StepLabel
from tests.events.calendar_import.makers import Importer, calendar, counts, event, notes, refusals
from tests.factories import make_area, make_planner, make_unit, make_user, make_venue
from units.models import Role

pytestmark = pytest.mark.django_db
SERIES = event("RRULE:FREQ=WEEKLY;COUNT=3")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def importer() -> Importer:
    return Importer(language="en")


def change(number: int, *lines: str, **words: str) -> str:
    """Another version of the occurrence of that day of August."""
    start = words.pop("start", f"DTSTART:202608{number:02}T193000")
    return event(f"RECURRENCE-ID:202608{number:02}T193000", *lines, start=start, **words)


def occurrences(importer: Importer) -> list[tuple[str, str]]:
    rows = Occurrence.objects.filter(activity__campaign=importer.campaign).order_by("start")
    return [(f"{row.start.astimezone(LOCAL_ZONE):%d/%m %H:%M}", row.status) for row in rows]


@pytest.mark.parametrize(
    ("chosen", "said", "becomes"),
    [
        ("draft", "CONFIRMED", "draft"), ("draft", "TENTATIVE", "draft"), ("confirmed", "CONFIRMED", "confirmed"),
        ("confirmed", "TENTATIVE", "tentative"), ("tentative", "CONFIRMED", "tentative"),
        ("draft", "CANCELLED", "cancelled"),
    ],
)  # fmt: skip
def test_the_chosen_status_is_the_most_an_event_gets(chosen: str, said: str, becomes: str) -> None:
    importer = Importer(status=chosen)
    importer.bring(calendar(event(f"STATUS:{said}")))
    assert importer.only().status == becomes


def test_a_private_event_is_not_shown_to_the_public(importer: Importer) -> None:
    found = importer.bring(calendar(event("CLASS:PRIVATE")))
    assert (importer.only().is_public, notes(found)) == (
        False, ["It is marked private (CLASS): it will not be shown to the public."],
    )  # fmt: skip
    importer.bring(calendar(event("CLASS:PUBLIC")))
    assert importer.only().is_public is True


def test_an_occurrence_has_its_own_place_words_and_status() -> None:
    importer, venue = Importer(status="confirmed"), make_venue("Nhà văn hoá B")
    own = change(15, "LOCATION:Nhà văn hoá B", "DESCRIPTION:Riêng", "STATUS:TENTATIVE", summary="Khác")
    importer.bring(calendar(SERIES, own))
    (detail,) = importer.only().occurrence_details.all()
    assert detail.changes == {"status": "tentative", "description": "Riêng", "venue_ids": [venue.pk]}
    assert Occurrence.objects.exclude(title="").get().title == "Khác"
    importer.bring(calendar(SERIES, change(15, "LOCATION:Nhà văn hoá B", "DESCRIPTION:Riêng", summary="Khác")))
    (detail,) = importer.only().occurrence_details.all()
    assert detail.changes == {"description": "Riêng", "venue_ids": [venue.pk]}


def test_occurrences_beside_the_rule_are_added_and_told(importer: Importer) -> None:
    found = importer.bring(calendar(SERIES, change(20)))
    assert [day for day, _status in occurrences(importer)] == [
        "08/08 19:30",
        "15/08 19:30",
        "20/08 19:30",
        "22/08 19:30",
    ]
    assert notes(found) == ["The file changes occurrences that its rule does not give (20/08/2026); they are added."]


def test_an_occurrence_named_by_its_day_is_found(importer: Importer) -> None:
    own = event("RECURRENCE-ID;VALUE=DATE:20260815", start="DTSTART:20260816T080000")
    importer.bring(calendar(SERIES, own))
    assert [day for day, _status in occurrences(importer)] == ["08/08 19:30", "16/08 08:00", "22/08 19:30"]


def test_a_whole_day_within_a_series_of_hours_is_refused(importer: Importer) -> None:
    found = importer.read(calendar(SERIES, change(15, start="DTSTART;VALUE=DATE:20260815")))
    assert refusals(found) == [
        (4, "The occurrence of 15/08/2026 counts in days and its series in hours, or the other way.")
    ]


def test_a_series_called_off_but_for_one_occurrence(importer: Importer) -> None:
    off = event("RRULE:FREQ=WEEKLY;COUNT=3", "STATUS:CANCELLED", summary="[Đã huỷ] Hội thi")
    importer.bring(calendar(off, change(15, "STATUS:CONFIRMED")))
    assert [status for _day, status in occurrences(importer)] == ["cancelled", "draft", "cancelled"]
    assert importer.only().event.title == "Hội thi"


def test_a_name_of_several_venues_means_that_of_the_area(importer: Importer) -> None:
    make_venue("Hội trường")
    here = make_venue("Hội trường", area=importer.area)
    importer.bring(calendar(event("LOCATION:Hội trường")))
    assert plan_of(importer.only()).venue_ids == (here.pk,)
    importer.bring(calendar(event("LOCATION:a;b;c;d;e;f", uid="e2")))
    assert plan_of(Activity.objects.exclude(uid=importer.only_uid("e1@nguon")).get()).venue_ids == ()


def test_a_plan_that_changed_since_the_preview_is_shown_again(importer: Importer) -> None:
    importer.bring(calendar(event()))
    preview = importer.read(calendar(event(summary="Mới")))
    activity = importer.only()
    plan = replace(plan_of(activity), notes="ghi")
    change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=importer.by)
    saved = importer.save(preview)
    assert (saved.state, saved.message) == (
        CalendarUploadState.READY, "The plan changed since the preview was made; look at it again, then save.",
    )  # fmt: skip
    assert importer.save(saved).state == CalendarUploadState.DONE
    assert (importer.only().event.title, importer.only().notes) == ("Mới", "ghi")


def test_what_both_sides_changed_alike_is_nothing_to_do(importer: Importer) -> None:
    importer.bring(calendar(event()))
    activity = importer.only()
    plan = replace(plan_of(activity), title="Mới")
    change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=importer.by)
    assert counts(importer.read(calendar(event(summary="Mới")))) == (0, 0, 1, 0)


def test_who_may_not_plan_an_activity_any_more_is_told(importer: Importer) -> None:
    importer.bring(calendar(event()))
    area = make_area()
    unit = make_unit(areas=(area,))
    carol = make_user("Carol", role=Role.UNIT_PLANNER, unit=unit)
    other = Importer(by=carol, campaign=importer.campaign, area_id=area.pk, lead_unit_id=unit.pk, language="en")
    found = other.read(calendar(event(summary="Mới"), event(uid="e2")))
    assert counts(found) == (1, 0, 0, 1)
    assert refusals(found) == [(4, "You may plan only in the areas of your own unit; ask the Department's planner.")]


def test_an_area_that_is_gone_saves_nothing(importer: Importer) -> None:
    gone = Importer(by=importer.by, campaign=importer.campaign, area_id=999_999, language="en")
    saved = gone.bring(calendar(event()))
    assert saved.message == "Nothing was saved. The area chosen no longer exists; choose again."
    assert (saved.state, Activity.objects.count()) == (CalendarUploadState.READY, 0)


def test_a_file_of_too_many_occurrences_is_taken_in_part(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_OCCURRENCES", 4)
    found = importer.read(calendar(SERIES, event("RRULE:FREQ=WEEKLY;COUNT=3", uid="e2"), event(uid="e3")))
    assert counts(found) == (2, 0, 0, 1)
    assert refusals(found)[0][1] == "With it the file would have more than 100,000 occurrences; import it in parts."


def test_large_imports_are_one_step_all_the_same(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.planning.calendar_saving.BATCH", 2)
    importer.bring(calendar(*(event(uid=f"u{number}") for number in range(5))))
    step = PlanStep.objects.get()
    assert (step.label, step.changes.count()) == ("5 activities imported from “lich.ics”", 5)
    assert sorted(Activity.objects.values_list("code", flat=True)) == [f"GL-00{number}" for number in range(1, 6)]


def test_nothing_is_saved_of_what_was_given_up_or_imported_meanwhile(importer: Importer) -> None:
    upload = importer.read(calendar(event()))
    label = StepLabel(verb="import calendar", label="x")
    kept: dict[str, Any] = {
        "token": upload.token,
        "campaign_id": importer.campaign.pk,
        "label": label,
        "by": importer.by,
    }
    with pytest.raises(StalePlan, match="given up"):
        save_calendar(imported=[], **kept)
    found = working._examine(CalendarUpload.objects.get(), is_preview=False)
    importer.bring(calendar(event()))
    begin(token=upload.token, after=("ready",), state="saving")
    with pytest.raises(StalePlan, match="imported the same calendar"):
        save_calendar(imported=found.imported, **kept)


def test_work_on_what_is_gone_does_nothing(importer: Importer) -> None:
    assert (read_upload("0" * 32), save_upload("0" * 32)) == ("", "")
    upload = importer.read(calendar(event()))
    assert (find_calendar(token="x", by=importer.by), recover(token="0" * 32, by=importer.by)) == (None, "")
    assert (give_up(token=upload.token, by=make_planner("Khác")), give_up(token=upload.token, by=importer.by)) == (
        False,
        True,
    )
    with pytest.raises(Abandoned):
        beat_of(upload.token)(1, 2)


def beat_of(token: str) -> Beat:
    beat = Beat(token)
    beat.told -= 10
    return beat


def test_progress_is_shown_and_no_file_holds_the_worker_for_ever(importer: Importer) -> None:
    upload = importer.read(calendar(event()))
    CalendarUpload.objects.update(state=CalendarUploadState.READING)
    beat_of(upload.token)(3, 9)
    upload.refresh_from_db()
    assert (upload.done, upload.total) == (3, 9)
    slow = beat_of(upload.token)
    slow.began -= 3_600
    with pytest.raises(NotACalendar, match="more than half an hour"):
        slow(4, 9)


def test_what_nobody_expected_is_told_and_logged(importer: Importer, caplog: pytest.LogCaptureFixture) -> None:
    kept = keep_calendar(
        content=calendar(event()), name="x", campaign=importer.campaign, choices={"language": "en"}, by=importer.by
    )
    assert read_upload(kept.token) == CalendarUploadState.FAILED
    kept.refresh_from_db()
    assert kept.message == "Something unexpected went wrong; nothing was saved."
    assert [record.message for record in caplog.records] == ["The work on an uploaded calendar failed"]


def test_uploads_are_forgotten_after_a_day(importer: Importer) -> None:
    importer.read(calendar(event()))
    now = timezone.now()
    assert (purge_calendars(now=now), purge_calendars(now=now + timedelta(hours=25))) == (0, 1)


def test_a_status_set_here_stays(importer: Importer) -> None:
    importer.bring(calendar(event()))
    activity = importer.only()
    plan = replace(plan_of(activity), status=Status.CONFIRMED.value)
    change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=importer.by)
    importer.bring(calendar(event(summary="Mới")))
    assert (importer.only().status, importer.only().event.title) == ("confirmed", "Mới")


def test_formulas_html_and_scripts_stay_text_everywhere(client: Client) -> None:
    importer, title = Importer(status="confirmed"), '=HYPERLINK("http://x")<script>alert(1)</script>'
    client.force_login(importer.by)
    importer.bring(calendar(event(f"DESCRIPTION:+1<b>x</b>\\n{title}", summary=title)))
    escaped = "=HYPERLINK(&quot;http://x&quot;)&lt;script&gt;alert(1)&lt;/script&gt;"
    activity = importer.only()
    august = "/calendar/?view=list&from=2026-08-01&to=2026-08-31"
    pages = (f"/activities/{activity.uid}/", august, "/campaigns/nhap-lich/steps/")
    texts = [client.get(page).content.decode() for page in pages]
    assert (escaped in texts[0], escaped in texts[1]) == (True, True)
    assert ["<script>alert" in text for text in texts] == [False, False, False]
    book = load_workbook(io.BytesIO(client.get("/plans/nhap-lich.xlsx").content))
    cell = book["Hoạt động"]["B2"]
    assert (cell.value, cell.data_type) == (title, "s")
    feed = client.get(f"/feeds/area/{importer.area.slug}.ics").content
    (told,) = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    assert str(told["SUMMARY"]) == title


def test_work_that_seemed_dead_undoes_nothing_of_what_followed(importer: Importer) -> None:
    done = importer.bring(calendar(event()))
    assert finish(token=done.token, state=CalendarUploadState.FAILED, message="x") is False
    done.refresh_from_db()
    assert (done.state, done.message) == (CalendarUploadState.DONE, "")
