"""The appendix of visual items as a viewer may see it: postings of activities that the Programme shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core.intervals import last_day
from core.text import matches
from core.vietnamese import format_number
from events.models import Status
from events.programme import load_programme
from venues.models import Area, FaceFormat
from visuals.models import Posting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from events.programme.entries import ProgrammeEntry
    from events.programme.scope import Scope
    from units.permissions import Viewer

SETTLED_STATUSES = (Status.DONE, Status.CANCELLED)  # nothing of these still has to be taken down
RELATED = ("activity", "slogan", "site__area", "unit", "funding_source")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingReading:
    """One row of the appendix: the posting, its activity's entry, and the days (both included) it hangs.

    `note` is empty for a visitor.
    """

    posting: Posting
    entry: ProgrammeEntry
    first_day: date
    last_day: date
    is_overdue: bool
    note: str

    @property
    def size(self) -> str:
        """Width by height in metres, empty where the plan gives neither."""
        sides = (self.posting.width_m, self.posting.height_m)
        known = [format_number(side) for side in sides if side is not None]
        return f"{' × '.join(known)} m" if known else ""

    @property
    def place(self) -> str:
        """The display site with its area; without one, where the activity is."""
        site = self.posting.site
        return f"{site.name}, {site.area.name}" if site else self.entry.place_names or self.entry.area.name

    @property
    def text(self) -> str:
        """What a search looks through."""
        posting = self.posting
        words = (posting.code, posting.get_format_display(), posting.slogan.text, posting.unit.name)
        return " ".join((*words, self.place, self.entry.code, self.entry.title, self.entry.area.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatTotal:
    """How much there is of one format in one unit of count; `area_m2` adds what the plan gives."""

    label: str
    count_unit: str
    postings: int
    quantity: int
    area_m2: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """Rows, what is overdue first, and totals of those that take place."""

    rows: tuple[PostingReading, ...]

    @property
    def overdue(self) -> int:
        """How many rows should have been taken down."""
        return sum(row.is_overdue for row in self.rows)

    @property
    def off(self) -> int:
        """How many rows belong to what is cancelled or postponed, and so are in no total."""
        return sum(row.entry.is_off for row in self.rows)

    @property
    def totals(self) -> tuple[FormatTotal, ...]:
        """Totals by format and unit of count, in the order of the formats."""
        alive = [row.posting for row in self.rows if not row.entry.is_off]
        keys = sorted({(FaceFormat.values.index(row.format), row.count_unit) for row in alive})
        return tuple(
            _total([row for row in alive if (row.format, row.count_unit) == (FaceFormat.values[number], unit)])
            for number, unit in keys
        )

    @property
    def area_m2(self) -> Decimal:
        """The area of all formats together, as far as the plan gives it."""
        return sum((total.area_m2 for total in self.totals), Decimal(0))


def load_appendix(*, scope: Scope, viewer: Viewer, today: date) -> Appendix:
    """Return the postings in the scope whose activity the viewer may see; a constant number of queries.

    Areas count where the item hangs or where its activity is, units as those that hang it, and free text looks
    through the row; the rest of the scope narrows the activities.
    """
    rows = Posting.objects.select_related(*RELATED)
    rows = rows.filter(activity__uid__in=scope.uids) if scope.uids else rows
    rows = rows.filter(unit__code__in=scope.units) if scope.units else rows
    found = _in_areas(rows, scope)
    entries = _entries(found, scope=scope, viewer=viewer)
    readings = (
        _read(row, entries=entries[row.activity.uid], today=today, is_internal=viewer.is_staff_member)
        for row in found
        if row.activity.uid in entries
    )
    return Appendix(rows=tuple(sorted((row for row in readings if matches(scope.query, row.text)), key=_order)))


def _in_areas(rows: Iterable[Posting], scope: Scope) -> list[Posting]:
    if not scope.areas:
        return list(rows)
    named = Area.objects.filter(slug__in=scope.areas).values_list("id", flat=True)
    asked = frozenset(named) if scope.is_alone else Area.objects.within(named)
    return [row for row in rows if row.activity.area_id in asked or (row.site and row.site.area_id in asked)]


def _entries(rows: Sequence[Posting], *, scope: Scope, viewer: Viewer) -> dict[str, list[ProgrammeEntry]]:
    """What the viewer may see of the rows' activities, by UID."""
    found: dict[str, list[ProgrammeEntry]] = {}
    uids = tuple({row.activity.uid for row in rows})
    if uids:
        narrowed = replace(scope, uids=uids, areas=(), units=(), query="")
        for entry in load_programme(window=None, scope=narrowed, viewer=viewer).entries:
            found.setdefault(entry.key.uid, []).append(entry)
    return found


def _read(posting: Posting, *, entries: list[ProgrammeEntry], today: date, is_internal: bool) -> PostingReading:
    is_settled = posting.activity.status in SETTLED_STATUSES
    return PostingReading(
        posting=posting,
        entry=entries[0],
        first_day=entries[0].interval.start.date(),
        last_day=max(last_day(entry.interval) for entry in entries),
        is_overdue=posting.remove_by is not None and posting.remove_by < today and not is_settled,
        note=posting.note if is_internal else "",
    )


def _order(row: PostingReading) -> tuple[bool, date, str, str]:
    day = row.posting.remove_by if row.is_overdue and row.posting.remove_by else row.first_day
    return not row.is_overdue, day, row.entry.code, row.posting.code


def _total(rows: Sequence[Posting]) -> FormatTotal:
    return FormatTotal(
        label=rows[0].get_format_display(),
        count_unit=rows[0].count_unit,
        postings=len(rows),
        quantity=sum(row.quantity for row in rows),
        area_m2=sum((row.area_m2 for row in rows if row.area_m2 is not None), Decimal(0)),
    )
