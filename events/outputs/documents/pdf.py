"""A document as PDF in the form of Decree 30/2020/NĐ-CP, annex I."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string

from events.outputs.documents.map_svg import map_svg
from events.outputs.documents.table_html import column_css, section_html
from events.outputs.pdf import Enclosure, render_pdf
from events.outputs.qr import render_qr

if TYPE_CHECKING:
    from events.outputs.documents.model import Document, DocumentFrame

PRINT: Final = Path(__file__).resolve().parents[3] / "templates" / "print"
STYLE_SHEET: Final = PRINT / "document.css"
NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the date of a calendar without entries
PORTRAIT: Final = "@page { size: A4 portrait; }\n"


def write_document_pdf(document: Document) -> bytes:
    """Return the document as a tagged PDF (PDF/UA-1); equal documents give equal bytes."""
    css, archive = page_css(document), archive_of(document)
    return render_pdf(document_html(document), base_css=[STYLE_SHEET], own_css=css, archive=archive)


def page_css(document: Document) -> str:
    """Return the rules for this document: the way its pages lie and the widths of its columns."""
    return (PORTRAIT if document.orientation == "portrait" else "") + column_css(document)


def archive_of(document: Document) -> list[Enclosure]:
    """Return the files that the PDF carries: the calendar of its entries, or none."""
    if document.calendar is None:
        return []
    changed = (document.calendar.changed or NEVER).astimezone(UTC)
    return [
        Enclosure(
            name=f"{document.file_name}.ics",
            content=document.calendar.content,
            description="Lịch hoạt động của văn bản này (iCalendar)",
            changed=changed,
        )
    ]


def document_html(document: Document) -> str:
    """Return the document as one HTML page for paper."""
    return render_to_string("print/document.html", document_context(document))


def document_context(document: Document) -> dict[str, object]:
    """Return what the templates of a document of tables show."""
    return {
        "document": document,
        **frame_context(document.frame),
        "sections": tables(document),
        "qr": render_qr(document.link),
        "map": None if document.map is None else _image(map_svg(document.map)),
    }


def frame_context(frame: DocumentFrame) -> dict[str, object]:
    """Return what the templates of head and foot ask for."""
    return {"frame": frame, "authority": {"above": frame.authority[:-1], "own": "".join(frame.authority[-1:])}}


def tables(document: Document) -> list[tuple[str, str]]:
    """Return the title and the table of each section."""
    return [(each.title, section_html(each, number)) for number, each in enumerate(document.sections, start=1)]


def _image(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
