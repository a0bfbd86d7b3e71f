"""How many pages a document will take, told before it is laid out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from events.outputs.documents.model import Column, Document, Row

LETTERS_A_MM: Final = 0.52  # of 11 pt serif, spaces included
LINES_A_PAGE: Final = {"landscape": 33, "portrait": 49}
HEAD_LINES: Final = 14  # of the first page
END_LINES: Final = 14  # totals and signatures, which stay together
SECONDS_A_PAGE: Final = 0.09  # see bench/print.py
GROUP_LINES: Final = 1.5  # the heading of a month, a day, a state
CELL_LINES: Final = 0.45  # padding of a row


def estimated_pages(document: Document) -> int:
    """Return about how many pages the tables take, from the letters of their cells; one at least.

    Good to a fifth for a district's schedule; the wall calendar's sheet and the map come on top.
    """
    groups = sum(bool(group.title) for section in document.sections for group in section.groups)
    lines = HEAD_LINES + END_LINES + groups * GROUP_LINES
    lines += sum(
        _lines(row, section.columns) for section in document.sections for row in (*section.rows, *section.totals)
    )
    extra = (document.map is not None) + (document.drawing is not None)
    return max(1, math.ceil(lines / LINES_A_PAGE[document.orientation])) + extra


def estimated_seconds(pages: int) -> int:
    """Return about how many seconds a PDF of so many pages takes to make; one at least."""
    return math.ceil(pages * SECONDS_A_PAGE)


def _lines(row: Row, columns: tuple[Column, ...]) -> float:
    cells = zip(row.cells, columns, strict=False)
    return CELL_LINES + max(
        sum(max(1, math.ceil(len(line) / (column.width * LETTERS_A_MM))) for line in cell.lines)
        for cell, column in cells
    )
