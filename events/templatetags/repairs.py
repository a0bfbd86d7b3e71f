"""What a template needs to show the repairs of a conflict beside it."""

from __future__ import annotations

from django import template
from django.template.context import Context

from core.conflicts import Conflict
from events.planning.remedies import WAYS
from events.planning.repairs import Repair

register = template.Library()


@register.filter
def is_mendable(code: str) -> bool:
    """Whether changing the plan can mend a conflict of that rule."""
    return code in WAYS


@register.simple_tag(takes_context=True)
def repairs_of(context: Context, conflict: Conflict) -> tuple[Repair, ...]:
    """The repairs of the conflict among the page's `repairs`, or among those of its `attempt`."""
    attempt = context.get("attempt")
    known = context.get("repairs") or getattr(attempt, "repairs", {})
    found: tuple[Repair, ...] = known.get(conflict.fingerprint, ())
    return found
