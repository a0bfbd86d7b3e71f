"""Text in the cell of a workbook: it stays text, whatever it looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from events.outputs.office_files import legal_text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

FORMULA_SIGNS: Final = frozenset("=+-@")


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write text as text, even where it looks like a formula, an error or a number; empty text leaves the cell empty.

    What a program that opens it could take for a formula also gets Excel's mark of text.
    """
    if not text:
        return
    cell.value = legal_text(text)
    cell.data_type = "s"
    if text[0] in FORMULA_SIGNS:
        cell.quotePrefix = True
