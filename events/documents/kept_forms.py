"""The head and foot that count for each kind of a unit's documents, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from events.documents.issuers import authority_of_unit
from events.documents.registry import document_kind, document_kinds
from events.documents.usual_form import UsualForm
from events.models import DocumentForm
from events.planning.form_plans import FormDifference, FormPlan, differences, plan_of_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from units.models import Unit

Source = Literal["own", "general", "usual"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """What counts for a kind of document ("" for all kinds): its own row, the unit's general one, the usual form.

    `below` is what would count without a row of its own, `version` that of its row, 0 where there never was one.
    """

    kind: str
    plan: FormPlan
    below: FormPlan
    source: Source
    version: int = 0

    @property
    def changes(self) -> tuple[FormDifference, ...]:
        """In what its own row differs from what would count without it, as far as the kind prints it."""
        unprinted = usual_form(self.kind).unprinted
        return tuple(each for each in differences(self.below, self.plan) if each.name not in unprinted)


def kept_form(unit: Unit | None, kind: str) -> KeptForm:
    """Return what counts for one kind; one query, none without a unit, besides those that name the unit."""
    if unit is None:
        plan = usual_plan(None, kind)
        return KeptForm(kind=kind, plan=plan, below=plan, source="usual")
    rows = DocumentForm.objects.filter(unit=unit, kind__in={"", kind})
    return _kept(unit, kind, {row.kind: row for row in rows})


def kept_forms(unit: Unit) -> tuple[KeptForm, ...]:
    """Return what counts for all kinds together, then for each kind; one query besides those that name the unit."""
    rows = {row.kind: row for row in DocumentForm.objects.filter(unit=unit)}
    return tuple(_kept(unit, kind, rows) for kind in ("", *document_kinds()))


def usual_plan(unit: Unit | None, kind: str) -> FormPlan:
    """Return the head and foot of a kind of document ("" for all kinds) where its unit keeps nothing."""
    usual = usual_form(kind)
    return FormPlan(
        authority=authority_of_unit(unit),
        has_draft_mark=usual.has_draft_mark,
        has_date_line=usual.has_date_line,
        signatures=usual.signatures,
    )


def usual_form(kind: str) -> UsualForm:
    """Return what the table of kinds says of one ("" for all kinds)."""
    return document_kind(kind).form if kind else UsualForm()


def _kept(unit: Unit, kind: str, rows: Mapping[str, DocumentForm]) -> KeptForm:
    own, general = rows.get(kind), rows.get("") if kind else None
    has_general = general is not None and not general.is_default
    below = plan_of_form(general) if general is not None and has_general else usual_plan(unit, kind)
    if own is None or own.is_default:
        source: Source = "general" if has_general else "usual"
        return KeptForm(kind=kind, plan=below, below=below, source=source, version=own.version if own else 0)
    return KeptForm(kind=kind, plan=plan_of_form(own), below=below, source="own", version=own.version)
