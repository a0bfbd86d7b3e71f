"""A .docx read back, and templates made for tests."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordFile


def opened(content: bytes) -> WordFile:
    return docx.Document(BytesIO(content))


def words_of(content: bytes) -> Iterator[str]:
    """Every paragraph of the body, those of tables in their place; a merged cell once."""
    for part in opened(content).iter_inner_content():
        if isinstance(part, Paragraph):
            yield part.text
        else:
            yield from (text for row in rows_of(part) for text in row)


def rows_of(table: Table) -> list[list[str]]:
    """The texts of a table, a merged cell once."""
    return [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]


def grids_of(content: bytes) -> list[list[list[str]]]:
    """The tables with lines: those that list something."""
    return [
        rows_of(table)
        for table in opened(content).tables
        if table.style is not None and table.style.name == "Table Grid"
    ]


def make_template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = (), header: str = "") -> bytes:
    """A template with these paragraphs, then a table of these rows."""
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    if rows:
        table = file.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    if header:
        file.sections[0].header.paragraphs[0].text = header
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()
