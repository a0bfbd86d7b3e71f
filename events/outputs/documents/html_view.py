"""A document as a page for the browser's own print: the same tables, styles from one sheet, no script needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from events.outputs.documents.pdf import document_context
from events.outputs.office_files import legal_text

if TYPE_CHECKING:
    from events.outputs.documents.model import Document


def write_html(document: Document) -> bytes:
    """Return the document as one HTML page, UTF-8; equal documents give equal bytes."""
    return legal_text(render_to_string("print/view.html", document_context(document))).encode()
