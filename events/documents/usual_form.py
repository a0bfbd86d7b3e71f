"""The head and foot of a kind of document where an office keeps none of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from events.planning.form_plans import SignaturePlan

SIGNATURES: Final = (
    SignaturePlan(who="NGƯỜI LẬP BIỂU", how="Ký, ghi rõ họ tên"),
    SignaturePlan(who="THỦ TRƯỞNG ĐƠN VỊ", how="Ký tên, đóng dấu"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualForm:
    """What stands around a kind of document; `unprinted` names the parts of `FormPlan` that have no place on it."""

    has_draft_mark: bool = True
    has_date_line: bool = True
    signatures: tuple[SignaturePlan, ...] = SIGNATURES
    unprinted: frozenset[str] = frozenset()
