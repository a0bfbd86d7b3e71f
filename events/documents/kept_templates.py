"""Which template a document is filled into: the one its unit keeps for its kind, else for all, else ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.documents.issuers import issuer_of
from events.models import OfficeTemplate

if TYPE_CHECKING:
    from events.documents.spec import DocumentSpec


def template_of(spec: DocumentSpec) -> bytes | None:
    """Return the .docx of the unit that issues the document; None where ours counts. At most four queries."""
    unit = issuer_of(spec)
    if unit is None:
        return None
    kept = OfficeTemplate.objects.filter(unit=unit, kind__in=("", spec.kind)).order_by("-kind").first()
    return None if kept is None else bytes(kept.content)
