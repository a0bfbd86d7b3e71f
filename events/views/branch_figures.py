"""The rows of a draft plan's table of figures, as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.vietnamese import format_number
from events.models import ActivityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.planning.comparison import BranchComparison
    from events.rules.drives import Drives


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure of the released plan and of the draft plan."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the draft plan changes it."""
        return self.before != self.after


def figure_rows(comparison: BranchComparison) -> list[FigureRow]:
    """Activities, occurrences in all and by kind, budget, and what the teams drive on the days concerned."""
    return list(_rows(comparison))


def _rows(comparison: BranchComparison) -> Iterator[FigureRow]:
    before, after = comparison.before, comparison.after
    yield _row(_("Activities"), before.activities, after.activities)
    yield _row(_("Occurrences"), before.occurrences_in_all, after.occurrences_in_all)
    for kind in ActivityKind:
        if before.occurrences.get(kind) or after.occurrences.get(kind):
            yield _row(f"– {kind.label}", before.occurrences.get(kind, 0), after.occurrences.get(kind, 0))
    yield _row(_("Budget (VND)"), before.budget_vnd, after.budget_vnd)
    was, would_be = comparison.drives
    if any((was.legs, was.unknown, would_be.legs, would_be.unknown)):
        yield FigureRow(label=_("Drives of the teams on the days concerned"), before=_km(was), after=_km(would_be))


def _row(label: str, before: int, after: int) -> FigureRow:
    return FigureRow(label=label, before=format_number(before), after=format_number(after))


def _km(drives: Drives) -> str:
    """The kilometres, marked where they are estimated or some drives are unknown."""
    told = _("%(km)s km") % {"km": format_number(drives.km, 0)}
    if drives.is_estimate:
        told = _("about %(km)s km") % {"km": format_number(drives.km, 0)}
    if drives.unknown:
        told += " " + _("+ %(count)s drives unknown") % {"count": drives.unknown}
    return told
