"""What an import did or, in a dry run, would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.vietnamese import format_date, format_number, format_time
from events.workbook.cells import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.conflicts import Problem
    from events.workbook.layout import CellRow, CellValue


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One cell that differs: what is stored, what the file says."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One stored row that the file changes."""

    code: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """The counts of one sheet; `missing` are codes that are stored but not in the file and stay as they are."""

    sheet: str
    new: tuple[str, ...] = ()
    changed: tuple[RowChange, ...] = ()
    unchanged: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The outcome of one import."""

    campaign_code: str
    campaign_name: str
    is_new_campaign: bool
    is_dry_run: bool
    sheets: tuple[SheetReport, ...] = field(default=())

    @property
    def has_changes(self) -> bool:
        """Whether anything is written at all."""
        return any(sheet.new or sheet.changed for sheet in self.sheets)


def compare_rows(
    before: CellRow, after: CellRow, columns: Sequence[str] | Mapping[str, object]
) -> tuple[FieldChange, ...]:
    """The cells in which two written rows differ, as people read them."""
    pairs = ((title, show(before.get(title)), show(after.get(title))) for title in columns)
    return tuple(FieldChange(column=title, before=old, after=new) for title, old, new in pairs if old != new)


def show(value: CellValue) -> str:
    """A cell's value as people read it: 08/08/2023, 19h30, 1.200."""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, time):
        return format_time(value)
    if isinstance(value, int | float | Decimal):
        return format_number(value)
    return as_text(value)


def describe_problem(problem: Problem) -> str:
    """A problem on one line: sheet, row, column, sentence."""
    where = [problem.sheet]
    if problem.row is not None:
        where.append(_("row %(row)s") % {"row": problem.row})
    if problem.column is not None:
        where.append(_("column %(column)s") % {"column": problem.column})
    return f"{', '.join(where)}: {problem.message}"
