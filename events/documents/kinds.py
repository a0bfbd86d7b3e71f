"""The kinds of document that need the Programme alone; named in `settings.PANO_DOCUMENT_KINDS`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.intervals import day_interval
from events.almanac.reading import load_almanac
from events.documents.notices import load_notices
from events.documents.registry import DocumentKind
from events.documents.spec import GROUPINGS
from events.documents.surroundings import facts_for
from events.documents.usual_form import UsualForm
from events.outputs.documents.facts import span_of
from events.outputs.documents.notices import COLUMNS as NOTICE_COLUMNS
from events.outputs.documents.notices import build_notices
from events.outputs.documents.pdf import write_document_pdf
from events.outputs.documents.schedule import COLUMNS as SCHEDULE_COLUMNS
from events.outputs.documents.schedule import build_schedule
from events.outputs.documents.slices import write_slices
from events.outputs.documents.wall import build_wall, wall_bounds
from events.outputs.documents.wall_pdf import write_wall_pdf
from events.outputs.documents.week import COLUMNS as WEEK_COLUMNS
from events.outputs.documents.week import build_week
from events.programme import load_programme

if TYPE_CHECKING:
    from datetime import date

    from events.documents.registry import DocumentRequest
    from events.outputs.documents.model import Document
    from events.programme.entries import Programme


def _programme(request: DocumentRequest) -> Programme:
    return load_programme(window=request.spec.window, scope=request.spec.scope, viewer=request.viewer)


def _schedule(request: DocumentRequest) -> Document:
    facts = facts_for(request, has_map=True)
    return build_schedule(_programme(request), facts, group_by=request.spec.group_by)


def _week(request: DocumentRequest) -> Document:
    return build_week(_programme(request), facts_for(request, prefix="lich-tuan"))


def _wall(request: DocumentRequest) -> Document:
    spec = request.spec
    days = _wall_days(request)
    almanac = load_almanac(*days)
    programme = load_programme(window=day_interval(*days), scope=spec.scope, viewer=request.viewer)
    facts = replace(facts_for(request, prefix="lich-treo"), period=day_interval(*days))
    return build_wall(programme, facts, almanac=almanac)


def _wall_days(request: DocumentRequest) -> tuple[date, date]:
    """Whole months, twelve at most: where an end is open, those of what is planned, else the month of printing."""
    spec, span = request.spec, None
    if spec.first is None or spec.last is None:
        span = span_of(_programme(request), None)
    begins, ends = span or (spec.last or request.printed_on, spec.first or request.printed_on)
    first = spec.first or begins
    return wall_bounds(first, max(first, spec.last or ends))


def _notices(request: DocumentRequest) -> Document:
    if not request.viewer.is_staff_member:
        raise PermissionDenied(_now("What an office has to send is its own affair; sign in to print it."))
    programme = _programme(request)
    lines = load_notices(programme, viewer=request.viewer, today=request.printed_on)
    return build_notices(programme, facts_for(request, prefix="van-ban"), lines=lines)


SCHEDULE: Final = DocumentKind(
    label=_("Schedule"),
    summary=_("Every occurrence by month or week, with a small map and totals, A4 landscape."),
    build=_schedule,
    write_pdf=write_document_pdf,
    write_slices=write_slices,
    columns=SCHEDULE_COLUMNS,
    groupings=GROUPINGS,
    has_map=True,
)
WEEK: Final = DocumentKind(
    label=_("Weekly schedule"),
    summary=_("In the form offices use: by weeks and days, morning, afternoon and evening."),
    build=_week,
    write_pdf=write_document_pdf,
    write_slices=write_slices,
    columns=WEEK_COLUMNS,
)
WALL: Final = DocumentKind(
    label=_("Wall calendar"),
    summary=_("A3, a month, a quarter or a year on one page, with lunar dates and days of note; the list follows."),
    build=_wall,
    write_pdf=write_wall_pdf,
    form=UsualForm(has_date_line=False, signatures=()),
    columns=SCHEDULE_COLUMNS,
)
NOTICES: Final = DocumentKind(
    label=_("Papers to send"),
    summary=_("What must be sent to whom by when, from the lead times; what is late first."),
    build=_notices,
    write_pdf=write_document_pdf,
    write_slices=write_slices,
    columns=NOTICE_COLUMNS,
)
