"""What the sheets share while one workbook is read, saved or written, and what each handler of a sheet promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from events.models import Activity, Campaign
    from events.planning import ActivityPlan, CampaignPlan
    from events.workbook.cells import Problems, Row
    from events.workbook.layout import CellRow, Sheet
    from events.workbook.reference import Reference
    from events.workbook.report import SheetReport
    from units.models import User
    from units.permissions import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedActivity:
    """One good row of the sheet "Hoạt động".

    `plan` has every key but those of the campaign and its lists, which may not exist yet: `codes` holds the list
    codes by field name. `given` names the optional columns the file has.
    """

    row: Row
    plan: ActivityPlan
    codes: Mapping[str, tuple[str, ...]]
    given: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class ParseContext:
    """What a handler may look up while it reads: everything already read from the sheets before its own."""

    reference: Reference
    problems: Problems
    campaign: CampaignPlan | None
    activities: Mapping[str, ParsedActivity]
    written_codes: frozenset[str] | None  # also those of bad rows; None where the sheet itself is bad

    def knows(self, code: str) -> bool:
        """Tell whether the file may have this activity: a reference to a bad row is no second problem."""
        return self.written_codes is None or code in self.written_codes


@dataclass(frozen=True, kw_only=True)
class SaveContext:
    """What a handler may rely on while it saves: the campaign and its activities by code, stored and up to date."""

    campaign: Campaign
    reference: Reference
    problems: Problems
    by: User | None
    activities: Mapping[str, Activity] = field(default_factory=dict)

    @cached_property
    def viewer(self) -> Viewer:
        """The importer's rights."""
        return viewer_of(self.by)


class SheetHandler(Protocol):
    """A room's own sheets in the plan's workbook, named in settings.PANO_PLAN_SHEETS.

    `parse` never raises and never writes: it notes problems and returns what `save` takes. `save` runs inside the
    import's transaction through the room's own planning, writes only what differs, notes problems, and reports a
    `SheetReport` a sheet. `export` gives the rows such that importing them again changes nothing,
    without those of the activities whose codes are `hidden`.
    """

    sheets: Sequence[Sheet]

    def parse(self, rows: Mapping[str, Sequence[Row]], context: ParseContext) -> Any:  # noqa: ANN401 -- its own type
        """Read the rows of its sheets, by sheet title."""
        ...

    def save(self, parsed: Any, context: SaveContext) -> Sequence[SheetReport]:  # noqa: ANN401 -- its own type
        """Write what differs."""
        ...

    def export(
        self, campaign: Campaign, reference: Reference, *, hidden: frozenset[str]
    ) -> Mapping[str, Sequence[CellRow]]:
        """The rows of its sheets as stored, by sheet title."""
        ...


def load_handlers() -> tuple[SheetHandler, ...]:
    """The handlers of the other rooms' sheets, in the order of the settings."""
    return tuple(import_string(path) for path in settings.PANO_PLAN_SHEETS)
