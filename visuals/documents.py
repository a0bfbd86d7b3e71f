"""The papers of visual items; named in `settings.PANO_DOCUMENT_KINDS`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.intervals import day_interval
from events.documents import DocumentKind
from events.documents.surroundings import facts_for
from events.outputs.documents.pdf import write_document_pdf
from events.outputs.documents.slices import write_slices
from visuals.outputs.postings import (
    APPENDIX_COLUMNS,
    REMOVAL_COLUMNS,
    PostingLine,
    PostingTotal,
    build_appendix,
    build_removals,
)
from visuals.reading import SETTLED_STATUSES, Appendix, load_appendix

if TYPE_CHECKING:
    from core.intervals import Interval
    from events.documents import DocumentRequest
    from events.outputs.documents.model import Document
    from visuals.reading import PostingReading


def _appendix(request: DocumentRequest) -> Document:
    found = _rows(request)
    totals = [
        PostingTotal(format=each.label, count_unit=each.count_unit, quantity=each.quantity, area_m2=each.area_m2)
        for each in found.totals
    ]
    rows = sorted(found.rows, key=lambda row: (row.first_day, row.entry.code, row.posting.code))
    return build_appendix([_line(row) for row in rows], facts_for(request, prefix="co-dong"), totals=totals)


def _removals(request: DocumentRequest) -> Document:
    if not request.viewer.is_staff_member:
        raise PermissionDenied(_now("What has to be taken down is the units' own affair; sign in to print it."))
    found = load_appendix(scope=request.spec.scope, viewer=request.viewer, today=request.printed_on)
    rows = [row for row in found.rows if _must_come_down(row, request.spec.window)]
    return build_removals([_line(row) for row in rows], facts_for(request, prefix="thao-do"))


def _must_come_down(row: PostingReading, window: Interval | None) -> bool:
    """Whether it is to be taken down within the window, or should have been before; nothing that is settled."""
    if row.posting.activity.status in SETTLED_STATUSES:
        return False
    day = row.posting.remove_by or row.last_day
    is_due = window is None or day_interval(day, day).overlaps(window)
    return is_due or (row.is_overdue and window is not None and day_interval(day, day).end <= window.start)


def _rows(request: DocumentRequest) -> Appendix:
    """What hangs within the period asked for, or all of it."""
    spec = request.spec
    found = load_appendix(scope=spec.scope, viewer=request.viewer, today=request.printed_on)
    window = spec.window
    if window is None:
        return found
    return Appendix(rows=tuple(row for row in found.rows if day_interval(row.first_day, _until(row)).overlaps(window)))


def _until(row: PostingReading) -> date:
    return max(row.last_day, row.posting.remove_by or row.last_day)


def _line(row: PostingReading) -> PostingLine:
    posting = row.posting
    return PostingLine(
        entry=row.entry,
        format=str(posting.get_format_display()),
        slogan=posting.slogan.text,
        size=row.size,
        count_unit=posting.count_unit,
        quantity=posting.quantity,
        area_m2=posting.area_m2,
        place=row.place,
        install_day=posting.install_by or row.first_day,
        removal_day=posting.remove_by,
        last_day=row.last_day,
        unit=posting.unit.name,
        funding=posting.funding_source.code if posting.funding_source else "",
        funding_name=str(posting.funding_source or ""),
        is_overdue=row.is_overdue,
    )


POSTINGS: Final = DocumentKind(
    label=_("Appendix of visual items"),
    summary=_("Banners, panels, flags and their wordings, with totals by kind and square metres."),
    build=_appendix,
    write_pdf=write_document_pdf,
    write_slices=write_slices,
    columns=APPENDIX_COLUMNS,
)
REMOVALS: Final = DocumentKind(
    label=_("What must come down"),
    summary=_("Visual items to take down, where and by whom; what is overdue first."),
    build=_removals,
    write_pdf=write_document_pdf,
    write_slices=write_slices,
    columns=REMOVAL_COLUMNS,
)
