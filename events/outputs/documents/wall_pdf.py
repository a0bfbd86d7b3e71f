"""The wall calendar as PDF: the sheet of months, then the list of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.template.loader import render_to_string

from core.vietnamese import SHORT_WEEKDAY_NAMES, WEEKDAY_NAMES
from events.outputs.documents.pdf import PRINT, STYLE_SHEET, archive_of, frame_context, tables
from events.outputs.documents.table_html import column_css
from events.outputs.pdf import render_pdf
from events.outputs.qr import render_qr

if TYPE_CHECKING:
    from events.outputs.documents.model import Document
    from events.outputs.documents.wall import Wall

WALL_STYLE_SHEET: Final = PRINT / "wall.css"


def write_wall_pdf(document: Document) -> bytes:
    """Return the calendar as a tagged PDF, A3 landscape; equal documents give equal bytes."""
    wall = cast("Wall", document.drawing)
    weekdays = WEEKDAY_NAMES if wall.size == "month" else SHORT_WEEKDAY_NAMES
    context = {
        "document": document,
        **frame_context(document.frame),
        "qr": render_qr(document.link),
        "wall": wall,
        "weekdays": weekdays,
        "sections": tables(document),
    }
    html = render_to_string("print/wall.html", context)
    sheets = [STYLE_SHEET, WALL_STYLE_SHEET]
    return render_pdf(html, base_css=sheets, own_css=column_css(document), archive=archive_of(document))
