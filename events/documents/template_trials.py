"""Trying an office's template before it is kept: on an example of each kind of document it is meant for.

What reads and writes Word files is imported where it is used: only a process that does so shall pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from events.documents.registry import document_kind
from events.outputs.documents.docx_faults import BadTemplateError
from events.outputs.documents.example import empty_example, example_document

if TYPE_CHECKING:
    from events.outputs.documents.model import Document


def try_template(content: bytes, kind: str) -> None:
    """Fill in an example with rows and one without, of this kind or, for "", of every kind.

    BadTemplateError with a sentence that names the kind, the tag and the place.
    """
    from events.documents.docx_examining import examine_template  # noqa: PLC0415 -- see the module docstring
    from events.outputs.documents.docx_template import fill_in  # noqa: PLC0415 -- see the module docstring

    examine_template(content)
    for code in (kind,) if kind else tuple(settings.PANO_DOCUMENT_KINDS):
        for example in examples_of(code):
            try:
                fill_in(content, example)
            except BadTemplateError as error:
                label = document_kind(code).label
                raise BadTemplateError(_("“%(kind)s”: %(fault)s") % {"kind": label, "fault": error}) from error


def examples_of(kind: str) -> tuple[Document, Document]:
    """Return an example of a kind of document with rows, and one without."""
    columns = document_kind(kind).columns
    return example_document(kind, columns), empty_example(kind, columns)
