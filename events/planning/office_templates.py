"""The verbs of the Word templates that offices keep."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from events.documents.template_trials import try_template
from events.models import OfficeTemplate
from events.planning.turns import in_one_transaction
from units.audit import record_change
from units.permissions import viewer_of

if TYPE_CHECKING:
    from datetime import datetime

    from units.models import Unit, User

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUpload:
    """A file brought by somebody for a unit and a kind of document ("" for all)."""

    unit: Unit
    kind: str
    name: str
    content: bytes


def save_office_template(*, upload: TemplateUpload, by: User, now: datetime) -> OfficeTemplate:
    """Keep a template in place of the one before.

    BadTemplateError with a sentence where it does not fill in; nothing is kept then. NotAllowed to who does not plan
    for the unit.
    """
    _check(upload.unit, upload.kind, by)
    try_template(upload.content, upload.kind)
    return _store(upload, by=by, now=now)


@in_one_transaction
def _store(upload: TemplateUpload, *, by: User, now: datetime) -> OfficeTemplate:
    before = OfficeTemplate.objects.filter(unit=upload.unit, kind=upload.kind).first()
    told = _snapshot(before)
    row, _is_new = OfficeTemplate.objects.update_or_create(
        unit=upload.unit,
        kind=upload.kind,
        defaults={
            "name": upload.name[-LONGEST_NAME:],
            "content": upload.content,
            "uploaded_by": by,
            "uploaded_at": now,
        },
    )
    record_change(by=by, verb="save office template", subject=row, before=told, after=_snapshot(row))
    return row


@in_one_transaction
def remove_office_template(*, unit: Unit, kind: str, by: User) -> bool:
    """Forget a template, so that ours counts again; False where there was none."""
    _check(unit, kind, by)
    row = OfficeTemplate.objects.select_for_update().filter(unit=unit, kind=kind).first()
    if row is None:
        return False
    record_change(by=by, verb="remove office template", subject=row, before=_snapshot(row), after=None)
    row.delete()
    return True


def _check(unit: Unit, kind: str, by: User) -> None:
    if not viewer_of(by).may_manage(unit.pk):
        raise NotAllowed(_("Only planners of this unit may change its templates."))
    if kind and kind not in settings.PANO_DOCUMENT_KINDS:
        raise ValidationError(_("There is no such kind of document."))


def _snapshot(row: OfficeTemplate | None) -> dict[str, Any] | None:
    if row is None:
        return None
    digest = hashlib.sha256(bytes(row.content)).hexdigest()
    return {"unit": str(row.unit), "kind": row.kind, "name": row.name, "sha256": digest}
