"""All components on one page, so that they are looked at together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.conflicts import Conflict, Level
from core.intervals import LOCAL_ZONE, Interval, day_interval
from core.keys import OccurrenceKey
from core.lunar import to_lunar
from events.forms import MoveOccurrenceForm
from events.models import ActivityKind, Status
from events.outputs.agenda import build_agenda
from events.outputs.month_grid import build_month_grid
from events.programme.colours import KIND_COLOURS
from events.programme.deadlines import Deadline
from events.programme.entries import AreaLabel, EntryFacts, EntryPlace, Label, Programme, ProgrammeEntry
from events.registries import DueItem
from events.views.attempts import Attempt

DAY: Final = date(2023, 8, 8)


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Show every component with made-up content."""
    programme = Programme.of(_samples())
    form = MoveOccurrenceForm({"version": "1", "start_date": "31/02/2023", "start_time": "25:00"})
    clash = Conflict(
        code="double-booking",
        level=Level.BLOCKING,
        subjects=(),
        interval=None,
        message="Hội trường A đã có «Đêm nhạc» 19h00–21h30 ngày 08/08/2023; hãy chọn giờ khác hoặc không gian khác.",
    )
    context = {
        "day": DAY,
        "lunar": to_lunar(DAY).label(),
        "agenda": build_agenda(programme, first=DAY, last=DAY),
        "layout": build_month_grid(programme, year=DAY.year, month=DAY.month),
        "entry": programme.entries[0],
        "today": DAY,
        "filters": "",
        "form": form,
        "attempt": Attempt(conflicts=(clash,)),
        "deadlines": (
            Deadline(
                campaign_code="asean-2023",
                campaign_name="Tuyên truyền về ASEAN năm 2023",
                before=date(2023, 12, 10),
                last_safe_day=date(2023, 12, 9),
                days_left=12,
            ),
        ),
        "due_items": (DueItem(text="Tháo dỡ 4 băng rôn «Chào mừng Ngày ASEAN»", day=DAY, days_left=3, url="#"),),
        "kinds": [{"code": code, "label": label, "colour": KIND_COLOURS[code]} for code, label in ActivityKind.choices],
        "statuses": Status.choices,
    }
    return render(request, "events/design.html", context)


def _samples() -> tuple[ProgrammeEntry, ...]:
    kinds, statuses = list(ActivityKind), list(Status)
    return tuple(_sample(number, kind, statuses[number]) for number, kind in enumerate(kinds))


def _sample(number: int, kind: ActivityKind, status: Status) -> ProgrammeEntry:
    start = datetime(DAY.year, DAY.month, DAY.day, 7 + 2 * number, 30, tzinfo=LOCAL_ZONE)
    hours = Interval(start, start.replace(hour=start.hour + 1))
    area = AreaLabel(code="183", slug="huyen-cao-loc", name="Huyện Cao Lộc", level="district")
    place = EntryPlace(
        code="v", name="Nhà văn hoá huyện Cao Lộc", lon=106.768, lat=21.866, quality="estimate", area_name=area.name
    )
    is_first, title = number == 0, f"{kind.label} chào mừng Ngày ASEAN"
    facts = EntryFacts(
        code=f"M-{number}",
        title=title,
        kind=kind.value,
        kind_label=str(kind.label),
        all_day=is_first,
        places=(place,),
        area=area,
        unit=Label(code="tt-cao-loc", name="Trung tâm Văn hoá, Thể thao và Truyền thông huyện Cao Lộc"),
        coordinating=(),
        resources=(),
        campaign=Label(code="asean-2023", name="Tuyên truyền về ASEAN năm 2023"),
        themes=(),
        audiences=(),
        colour=KIND_COLOURS[kind],
        description="",
        notes="",
        quantity="",
        is_public=True,
        is_recurring=False,
        sequence=0,
        last_modified=datetime(2023, 7, 1, tzinfo=UTC),
        url="#",
    )
    return ProgrammeEntry(
        key=OccurrenceKey(f"mau-{number}", start),
        interval=day_interval(DAY, date(2023, 8, 12)) if is_first else hours,
        status=status.value,
        status_label=str(status.label),
        title=title,
        facts=facts,
    )
