"""Kinds of document: a readable table of dotted paths, `settings.PANO_DOCUMENT_KINDS`; rooms above add theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from events.documents.archive import with_calendar
from events.documents.usual_form import UsualForm

if TYPE_CHECKING:
    from datetime import date

    from events.documents.spec import DocumentSpec
    from events.outputs.documents.model import Column, Document
    from units.permissions import Viewer

LANGUAGE: Final = "vi"  # documents are in Vietnamese, whoever asks


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """A spec, who asks, and the day printed on the paper."""

    spec: DocumentSpec
    viewer: Viewer
    printed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """One kind: `build` reads and arranges, `write_pdf` draws what `build` made; both as `LANGUAGE` has them.

    `write_slices` draws a very long one as PDFs of consecutive pages, None where the kind is not of tables alone.
    `columns` are those of its tables, `groupings` the words of `DocumentSpec.group_by` it knows; `has_map` says whether
    it draws the small map, `needs_tour` whether it is of one tour alone. `form` is its head and foot where an office
    keeps none.
    """

    label: str | Promise
    summary: str | Promise
    build: Callable[[DocumentRequest], Document]
    write_pdf: Callable[[Document], bytes]
    write_slices: Callable[[Document, Callable[[int], None]], list[bytes]] | None = None
    columns: tuple[Column, ...]
    groupings: tuple[str, ...] = ()
    has_map: bool = False
    needs_tour: bool = False
    form: UsualForm = field(default_factory=UsualForm)


def document_kinds() -> dict[str, DocumentKind]:
    """Return the kinds by code, in the order of the table."""
    return {code: document_kind(code) for code in settings.PANO_DOCUMENT_KINDS}


def document_kind(code: str) -> DocumentKind:
    """Return one kind; KeyError for an unknown code."""
    return cast("DocumentKind", import_string(settings.PANO_DOCUMENT_KINDS[code]))


def build_document(spec: DocumentSpec, *, viewer: Viewer, printed_on: date) -> Document:
    """Return the document as this viewer may see it, in Vietnamese; a constant number of queries.

    Http404 with a sentence for a tour that is not there or not theirs.
    """
    with translation.override(LANGUAGE):
        document = document_kind(spec.kind).build(DocumentRequest(spec=spec, viewer=viewer, printed_on=printed_on))
        return with_calendar(document, viewer=viewer) if spec.is_archive else document


def render_document(document: Document) -> bytes:
    """Return the document as PDF; equal documents give equal bytes."""
    with translation.override(LANGUAGE):
        return document_kind(document.kind).write_pdf(document)


def render_slices(document: Document, tell: Callable[[int], None]) -> list[bytes]:
    """Return a very long document as PDFs of consecutive pages, so that it takes no more memory than a slice.

    `tell` is told now and then how many pages there are. One PDF of all pages where the kind knows no slices, or the
    document carries a calendar, which slices cannot.
    """
    write_slices = document_kind(document.kind).write_slices
    if write_slices is None or document.calendar is not None:
        return [render_document(document)]
    with translation.override(LANGUAGE):
        return write_slices(document, tell)
