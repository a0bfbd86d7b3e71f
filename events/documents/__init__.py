"""Documents for paper, the reader's side: what is asked for, read from the Programme, ready for any format."""

from events.documents.registry import (
    DocumentKind,
    DocumentRequest,
    build_document,
    document_kind,
    document_kinds,
    render_document,
    render_slices,
)
from events.documents.spec import DocumentSpec, parse_spec, spec_query

__all__ = [
    "DocumentKind",
    "DocumentRequest",
    "DocumentSpec",
    "build_document",
    "document_kind",
    "document_kinds",
    "parse_spec",
    "render_document",
    "render_slices",
    "spec_query",
]
