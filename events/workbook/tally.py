"""What the handlers of sheets share while they save: counting rows and noting what planning refuses."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from core.errors import PlanningError, PlanRejected
from events.workbook.report import RowChange, SheetReport, compare_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from events.workbook.cells import Row
    from events.workbook.layout import CellRow, Sheet


class Tally:
    """The rows of one sheet, sorted by what they do to the stored plan."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.new: list[str] = []
        self.changed: list[RowChange] = []
        self.unchanged = 0
        self.missing: list[str] = []

    def count(self, code: str, before: CellRow | None, after: CellRow, *, title: str = "") -> None:
        """Sort one row in by its cells as stored (None: not yet) and as the file wants them."""
        if before is None:
            self.new.append(code)
        elif fields := compare_rows(before, after, [column.title for column in self.sheet.columns]):
            self.changed.append(RowChange(code=code, title=title, fields=fields))
        else:
            self.unchanged += 1

    def report(self) -> SheetReport:
        """The counts as one value."""
        return SheetReport(
            sheet=self.sheet.title,
            new=tuple(self.new),
            changed=tuple(self.changed),
            unchanged=self.unchanged,
            missing=tuple(self.missing),
        )


@contextmanager
def noting_refusals(row: Row, rows_by_subject: Mapping[str, Row]) -> Iterator[None]:
    """Note what planning refuses within the block: a conflict at the row of its last known subject, else at `row`."""
    try:
        yield
    except PlanRejected as rejection:
        for conflict in rejection.conflicts:
            known = [rows_by_subject[subject] for subject in conflict.subjects if subject in rows_by_subject]
            (known[-1] if known else row).report(None, conflict.message)
    except ValidationError as error:
        row.report(None, " ".join(error.messages))
    except PlanningError as error:
        row.report(None, str(error))
