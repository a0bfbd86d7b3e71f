"""Postings as plans, and as the readable snapshots the audit trail keeps."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.vietnamese import format_date
from visuals.commands import PostingPlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visuals.models import Posting

COLUMNS = tuple(field.name for field in fields(PostingPlan) if field.name != "slogan")


def plan_of(posting: Posting) -> PostingPlan:
    """The posting as stored: saving it again changes nothing."""
    values = {name: getattr(posting, name) for name in COLUMNS}
    return PostingPlan(slogan=posting.slogan.text, **values)


def normalise(plans: Iterable[PostingPlan]) -> tuple[PostingPlan, ...]:
    """The same plans in the order of their codes, so that equal sets compare equal."""
    return tuple(sorted(plans, key=lambda plan: plan.code))


def snapshot_of(plans: Sequence[PostingPlan]) -> dict[str, Any]:
    """What the audit trail keeps: every posting by its code, JSON-ready."""
    return {plan.code: {name: _readable(value) for name, value in asdict(plan).items()} for plan in plans}


def _readable(value: object) -> object:
    if isinstance(value, date):
        return format_date(value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
