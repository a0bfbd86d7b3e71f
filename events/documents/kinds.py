"""The kinds of document that need the Programme alone; named in `settings.PANO_DOCUMENT_KINDS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from events.documents.registry import DocumentKind
from events.documents.spec import GROUPINGS
from events.documents.surroundings import facts_for
from events.outputs.documents.pdf import write_document_pdf
from events.outputs.documents.schedule import build_schedule
from events.programme import load_programme

if TYPE_CHECKING:
    from events.documents.registry import DocumentRequest
    from events.outputs.documents.model import Document
    from events.programme.entries import Programme


def _programme(request: DocumentRequest) -> Programme:
    return load_programme(window=request.spec.window, scope=request.spec.scope, viewer=request.viewer)


def _schedule(request: DocumentRequest) -> Document:
    facts = facts_for(request, has_map=True)
    return build_schedule(_programme(request), facts, group_by=request.spec.group_by)


SCHEDULE: Final = DocumentKind(
    label=_("Schedule"),
    summary=_("Every occurrence by month or week, with a small map and totals, A4 landscape."),
    build=_schedule,
    write_pdf=write_document_pdf,
    groupings=GROUPINGS,
    has_map=True,
)
