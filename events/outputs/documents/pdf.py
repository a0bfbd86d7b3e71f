"""A document as PDF in the form of Decree 30/2020/NĐ-CP, annex I."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string

from events.outputs.pdf import render_pdf
from events.outputs.qr import render_qr

if TYPE_CHECKING:
    from events.outputs.documents.model import Document

PRINT: Final = Path(__file__).resolve().parents[3] / "templates" / "print"
STYLE_SHEET: Final = PRINT / "document.css"


def write_document_pdf(document: Document) -> bytes:
    """Return the document as a tagged PDF (PDF/UA-1); equal documents give equal bytes."""
    return render_pdf(document_html(document), base_css=[STYLE_SHEET], own_css=column_css(document))


def column_css(document: Document) -> str:
    """Return the widths of the columns of each section's table."""
    return "".join(
        f".s{number} .c{index} {{ width: {column.width}mm; }}\n"
        for number, section in enumerate(document.sections, start=1)
        for index, column in enumerate(section.columns, start=1)
    )


def document_html(document: Document) -> str:
    """Return the document as one HTML page for paper."""
    context = {
        "document": document,
        "frame": document.frame,
        "authority": {"above": document.frame.authority[:-1], "own": "".join(document.frame.authority[-1:])},
        "qr": render_qr(document.link),
    }
    return render_to_string("print/document.html", context)
