"""The verbs of the head and foot that a unit keeps for its papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errors import NotAllowed, StalePlan
from events.models import DocumentForm
from events.planning.form_plans import (
    FormPlan,
    check_form,
    differences,
    plan_of_form,
    plan_of_values,
    values_of_form,
    write_form,
)
from events.planning.turns import in_one_transaction
from units.audit import record_change
from units.models import AuditEntry, Unit
from units.permissions import viewer_of

if TYPE_CHECKING:
    from units.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSeen:
    """Which form somebody looked at: of a unit and a kind of document ("" for all kinds), in which version.

    `version` is 0 where the unit keeps none; `shown` is what stood on the page then if nothing was kept.
    """

    unit_id: int
    kind: str
    version: int
    shown: FormPlan


@in_one_transaction
def save_document_form(*, seen: FormSeen, plan: FormPlan, by: User) -> DocumentForm:
    """Keep a head and foot for a unit's papers; saving what is kept already writes nothing.

    ValidationError with a sentence a field; StalePlan, naming each part that somebody else changed, where the version
    is no longer the one seen; NotAllowed to who does not plan for the unit.
    """
    row = _locked_row(seen, by)
    clean = check_form(plan)
    if not row.is_default and plan_of_form(row) == clean:
        return row
    _check_version(row, seen)
    before = _snapshot(row)
    write_form(row, clean)
    row.is_default = False
    return _stored(row, ("change document form", before), by)


@in_one_transaction
def restore_document_form(*, seen: FormSeen, by: User) -> None:
    """Let the unit's papers look as if nothing had been kept for this kind. Refuses as saving does."""
    row = _locked_row(seen, by)
    if row.is_default:
        return
    _check_version(row, seen)
    before = _snapshot(row)
    row.is_default = True
    _stored(row, ("restore document form", before), by)


def _locked_row(seen: FormSeen, by: User) -> DocumentForm:
    """The row, a new one where none is kept; nobody else writes forms of the unit until the transaction ends."""
    locked: Any = Unit.objects.select_for_update(no_key=True).filter(pk=seen.unit_id)
    unit = locked.first()
    if unit is None:
        raise ValidationError(_("This unit no longer exists."))
    if not viewer_of(by).may_manage(unit.pk):
        raise NotAllowed(_("Only planners of this unit may change the form of its papers."))
    if seen.kind and seen.kind not in settings.PANO_DOCUMENT_KINDS:
        raise ValidationError(_("There is no such kind of document."))
    row = DocumentForm.objects.filter(unit=unit, kind=seen.kind).first()
    return row or DocumentForm(unit=unit, kind=seen.kind, version=0, is_default=True)


def _check_version(row: DocumentForm, seen: FormSeen) -> None:
    if row.version != seen.version:
        raise StalePlan(row.version, _changes_since(row, seen))


def _changes_since(row: DocumentForm, seen: FormSeen) -> list[str]:
    """A line for each part that is no longer as seen; one that says so where the parts are as they were."""
    now = seen.shown if row.is_default else plan_of_form(row)
    changes = [
        _("%(part)s: “%(before)s” became “%(after)s”.")
        % {"part": each.label, "before": each.before or "…", "after": each.after or "…"}
        for each in differences(_plan_seen(row, seen), now)
    ]
    return changes or [_("Somebody saved the same form meanwhile.")]


def _plan_seen(row: DocumentForm, seen: FormSeen) -> FormPlan:
    """The parts as they stood in the version seen, from the trail; a restored form shows what stands below it."""
    trail = AuditEntry.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))
    for entry in trail:
        after = entry.after or {}
        if after.get("version") == seen.version and not after["is_default"]:
            return plan_of_values(after)
    return seen.shown


def _stored(row: DocumentForm, told: tuple[str, dict[str, Any] | None], by: User) -> DocumentForm:
    verb, before = told
    row.version += 1
    row.save()
    record_change(by=by, verb=verb, subject=row, before=before, after=_snapshot(row))
    return row


def _snapshot(row: DocumentForm) -> dict[str, Any] | None:
    if row.version == 0:
        return None
    return {
        "unit": str(row.unit),
        "kind": row.kind,
        **values_of_form(row),
        "is_default": row.is_default,
        "version": row.version,
    }
