"""A document as .docx: our own template or the office's, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.outputs.documents.docx_default import default_template
from events.outputs.documents.docx_template import fill_in

if TYPE_CHECKING:
    from events.outputs.documents.model import Document


def write_docx(document: Document, template: bytes | None = None) -> bytes:
    """Return the document in the office's template, else in ours; equal input gives equal bytes.

    BadTemplateError with a sentence where the office's template has a fault.
    """
    return fill_in(default_template(document) if template is None else template, document)
