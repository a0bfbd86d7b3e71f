"""A document as .docx in our own form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.outputs.documents.docx_default import default_template
from events.outputs.documents.docx_template import fill_in

if TYPE_CHECKING:
    from events.outputs.documents.model import Document


def write_docx(document: Document) -> bytes:
    """Return the document in our template, built for its columns; equal documents give equal bytes."""
    return fill_in(default_template(document), document)
