"""The frame of a document: the issuing body of what it is about, and what an office keeps for its papers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from events.documents.issuers import issuer_of
from events.documents.kept_forms import kept_form, usual_form
from events.outputs.documents.model import Appendix, DocumentFrame, Signature
from events.planning.form_plans import FormPlan

if TYPE_CHECKING:
    from events.documents.spec import DocumentSpec
    from units.models import Unit

DRAFT_MARK: Final = "DỰ THẢO"
BLANK_PLACE: Final = "…………………"
BLANK_DATE: Final = "ngày …… tháng …… năm ………"
BLANK_NUMBER: Final = "Số: ……"
NOTHING: Final = FormPlan(has_draft_mark=False, has_date_line=False)


def frame_for(spec: DocumentSpec) -> DocumentFrame:
    """Return the frame of the unit that issues the document; at most six queries."""
    return frame_of(issuer_of(spec), spec.kind)


def frame_of(unit: Unit | None, kind: str) -> DocumentFrame:
    """Return the frame that counts for a kind of a unit's documents."""
    return draw_frame(kept_form(unit, kind).plan, kind)


def draw_frame(plan: FormPlan, kind: str) -> DocumentFrame:
    """Return a plan as it stands on a document; the parts that its kind does not print are left out.

    Number, date and signature stay blank, to be filled in by hand.
    """
    plan = replace(plan, **{name: getattr(NOTHING, name) for name in usual_form(kind).unprinted})
    number = f"Phụ lục {plan.appendix_number}".strip()
    return DocumentFrame(
        authority=plan.authority,
        has_national_title=plan.has_national_title,
        draft_mark=DRAFT_MARK if plan.has_draft_mark else "",
        number_line=f"{BLANK_NUMBER}/{plan.number_symbol}" if plan.number_symbol else "",
        date_line=f"{plan.date_place or BLANK_PLACE}, {BLANK_DATE}" if plan.has_date_line else "",
        recipients=plan.recipients,
        signatures=tuple(Signature(who=block.who, how=block.how, name=block.name) for block in plan.signatures),
        appendix=Appendix(number=number, attached_to=plan.attached_to) if plan.is_appendix else None,
    )
