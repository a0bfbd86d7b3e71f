"""Calendars as other programs write them, and importing them without the web."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from events.calendar_import.choices import ImportChoices
from events.calendar_import.working import read_upload, save_upload
from events.models import Activity, CalendarUpload, CalendarUploadState, Campaign, ImportedEvent, Status
from events.planning.calendar_uploads import begin, keep_calendar
from tests.factories import make_area, make_campaign, make_planner, make_unit

if TYPE_CHECKING:
    from units.models import User


def event(*lines: str, uid: str = "e1@nguon", summary: str = "Hội thi", start: str = "DTSTART:20260808T193000") -> str:
    """One VEVENT of an hour and a half on 08/08/2026 unless the lines say otherwise."""
    head = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"SUMMARY:{summary}", start]
    has_end = any(line.startswith(("DTEND", "DURATION")) for line in lines)
    end = [] if has_end or "VALUE=DATE:" in start else ["DURATION:PT1H30M"]
    return "\r\n".join([*head, *end, *lines, "END:VEVENT"])


def calendar(*parts: str, head: tuple[str, ...] = ()) -> bytes:
    """A VCALENDAR of these components."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Thu//VI", *head, *parts, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


class Importer:
    """A planner of the province who imports into one campaign, area and unit."""

    def __init__(self, *, by: User | None = None, campaign: Campaign | None = None, **choices: Any) -> None:
        self.by = by or make_planner()
        self.campaign = campaign or make_campaign("nhap-lich")
        self.area = make_area()
        self.unit = make_unit(areas=(self.area,))
        defaults: dict[str, Any] = {
            "area_id": self.area.pk,
            "lead_unit_id": self.unit.pk,
            "kind": "exchange",
            "status": Status.DRAFT.value,
        }
        self.choices = ImportChoices(**(defaults | choices))

    def read(self, content: bytes) -> CalendarUpload:
        """Upload and read; the upload with its preview."""
        kept = keep_calendar(
            content=content, name="lich.ics", campaign=self.campaign, choices=self.choices.to_json(), by=self.by
        )
        read_upload(kept.token)
        kept.refresh_from_db()
        return kept

    def save(self, upload: CalendarUpload) -> CalendarUpload:
        """Confirm the preview; the upload afterwards."""
        assert begin(token=upload.token, after=(CalendarUploadState.READY,), state=CalendarUploadState.SAVING)
        save_upload(upload.token)
        upload.refresh_from_db()
        return upload

    def bring(self, content: bytes) -> CalendarUpload:
        """Upload, read and save."""
        return self.save(self.read(content))

    def only_uid(self, foreign_uid: str) -> str:
        """The UID of the activity that a foreign event became."""
        return str(ImportedEvent.objects.get(campaign=self.campaign, uid=foreign_uid).activity.uid)

    def only(self) -> Activity:
        """The only activity of the campaign."""
        return Activity.objects.select_related("event__rule").get(campaign=self.campaign)


def counts(upload: CalendarUpload) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    found = (upload.report or {})["counts"]
    return tuple(found.get(name, 0) for name in ("new", "changed", "unchanged", "refused"))


def refusals(upload: CalendarUpload) -> list[tuple[int, str]]:
    """Line and sentence of each refused event."""
    return [(line["number"], line["refusal"]) for line in (upload.report or {})["lines"] if line["refusal"]]


def notes(upload: CalendarUpload) -> list[str]:
    """All sentences beside the events."""
    return [note for line in (upload.report or {})["lines"] for note in line["notes"]]
