"""The tables of a document as HTML, written by hand: a province's schedule has ten thousand cells."""

from __future__ import annotations

from html import escape
from itertools import count as count_from
from itertools import repeat
from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.outputs.documents.model import Cell, Column, Document, Row, Section

ALIGNED: Final = {"left": "", "center": ' class="center"', "right": ' class="right"'}


def section_html(section: Section, number: int, *, first_id: int | None = None) -> SafeString:
    """Return one table, `number` (from 1) names its column widths; the sentence where it has no rows.

    With `first_id` its rows bear ids, "r" and a number, from that one on.
    """
    if not section.rows:
        return _safe(f'<p class="nothing">{escape(section.nothing)}</p>')
    return _safe("".join(_table(section, number, first_id)))


def column_css(document: Document) -> str:
    """Return the widths of the columns of each section's table."""
    return "".join(
        f".s{number} .c{index} {{ width: {column.width}mm; }}\n"
        for number, section in enumerate(document.sections, start=1)
        for index, column in enumerate(section.columns, start=1)
    )


def _table(section: Section, number: int, first_id: int | None) -> Iterator[str]:
    ids = repeat("") if first_id is None else (f' id="r{each}"' for each in count_from(first_id))
    count = len(section.columns)
    yield f'<table class="rows s{number}"><colgroup>'
    whole = sum(column.width for column in section.columns)  # PDF takes millimetres from the class, a browser percents
    for index, column in enumerate(section.columns, start=1):
        yield f'<col class="c{index}" width="{100 * column.width / whole:.1f}%">'
    yield "</colgroup><thead><tr>"
    yield from (f'<th scope="col">{escape(column.heading)}</th>' for column in section.columns)
    yield "</tr></thead>"
    for group in section.groups:
        head = _group_head(group.title, count)
        yield from ("<tbody>", head, *(_row(row, section.columns, next(ids)) for row in group.rows), "</tbody>")
    if section.totals:
        yield from ("<tbody>", *(_row(row, section.columns) for row in section.totals), "</tbody>")
    yield "</table>"


def _group_head(title: str, columns: int) -> str:
    if not title:
        return ""
    return f'<tr class="group"><th scope="rowgroup" colspan="{columns}">{escape(title)}</th></tr>'


def _row(row: Row, columns: tuple[Column, ...], name_of_row: str = "") -> str:
    name = "" if row.kind == "entry" else f' class="{row.kind}"'
    cells, position = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, columns[position]))
        position += cell.span
    return f"<tr{name}{name_of_row}>{''.join(cells)}</tr>"


def _cell(cell: Cell, column: Column) -> str:
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    align = "" if cell.span > 1 else ALIGNED[column.align]
    text = escape(cell.text).replace("\n", "<br>")
    small = f"<br><i>{escape(cell.small)}</i>" if cell.small else ""
    return f"<td{align}{span}>{text}{small}</td>"


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308 -- every text in it went through `escape`
