"""The forms a document is handed out in: a readable table by the ending of the file.

What writes files of Word and Excel is imported where it is used: only a process that does so shall pay for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.documents.registry import LANGUAGE, render_document
from events.outputs.documents.html_view import write_html
from events.outputs.documents.model import Document
from events.outputs.documents.text import write_text


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFormat:
    """One form: `write` makes the file from the same `Document` as all others; equal documents give equal bytes.

    `is_download` tells a browser to keep the file instead of showing it; with `fill_in` a template of the office, where
    there is one, is filled in instead (BadTemplateError with a sentence where it has a fault).
    """

    label: str | Promise
    content_type: str
    write: Callable[[Document], bytes]
    is_download: bool = False
    fill_in: Callable[[bytes, Document], bytes] | None = None


def _write_xlsx(document: Document) -> bytes:
    from events.outputs.documents.xlsx import write_xlsx  # noqa: PLC0415 -- see the module docstring

    return write_xlsx(document)


def _write_docx(document: Document) -> bytes:
    from events.outputs.documents.docx import write_docx  # noqa: PLC0415 -- see the module docstring

    return write_docx(document)


def _fill_in(template: bytes, document: Document) -> bytes:
    from events.outputs.documents.docx_template import fill_in  # noqa: PLC0415 -- see the module docstring

    return fill_in(template, document)


FORMATS: Final = {
    "pdf": DocumentFormat(label=_("PDF"), content_type="application/pdf", write=render_document),
    "xlsx": DocumentFormat(
        label=_("Excel (.xlsx)"),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write=_write_xlsx,
        is_download=True,
    ),
    "docx": DocumentFormat(
        label=_("Word (.docx)"),
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write=_write_docx,
        is_download=True,
        fill_in=_fill_in,
    ),
    "txt": DocumentFormat(label=_("Text (.txt)"), content_type="text/plain; charset=utf-8", write=write_text),
    "html": DocumentFormat(label=_("Page to print"), content_type="text/html; charset=utf-8", write=write_html),
}


def write_as(document: Document, ending: str, *, template: bytes | None = None) -> bytes:
    """Return the document in the form of this ending, a key of FORMATS, in the language of documents.

    `template` is the office's, for a form that has `fill_in`.
    """
    chosen = FORMATS[ending]
    with translation.override(LANGUAGE):
        if template is not None and chosen.fill_in is not None:
            return chosen.fill_in(template, document)
        return chosen.write(document)
