"""The preview of an import as JSON, kept between reading and saving and shown page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.recurrence_text import describe
from core.vietnamese import format_interval
from events.planning.state_text import field_changes, read_states

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.conflicts import Conflict
    from events.calendar_import.comparing import Item
    from events.calendar_import.examining import Examination
    from events.planning.states import ActivityState

Report = dict[str, Any]
MOST_CONFLICTS: Final = 200
LONGEST_VALUE: Final = 300
LONGEST_SHOWN_UID: Final = 120


def report_of(found: Examination, conflicts: Sequence[Conflict]) -> Report:
    """What the preview shows: `lines` in order, `counts` by outcome, sentences of conflicts, and the fingerprint that
    saving compares.
    """
    blocking = [conflict.message for conflict in conflicts if conflict.is_blocking]
    return {
        "counts": dict(found.counts),
        "notes": list(found.notes),
        "lines": found.lines,
        "conflicts": blocking[:MOST_CONFLICTS],
        "more_conflicts": max(0, len(blocking) - MOST_CONFLICTS),
        "warnings": len(conflicts) - len(blocking),
        "fingerprint": found.fingerprint,
    }


def lines_of(items: Sequence[Item]) -> list[Report]:
    """A line of the preview for each item; a constant number of queries."""
    changed = [item for item in items if item.before is not None and item.draft is not None]
    befores = read_states([item.before for item in changed if item.before is not None])
    afters = read_states([item.draft.state for item in changed if item.draft is not None])
    texts = {item.foreign_uid: (old, new) for item, old, new in zip(changed, befores, afters, strict=True)}
    return [_line(item) | _changes(*texts.get(item.foreign_uid, ({}, {}))) for item in items]


def _changes(before: dict[str, str], after: dict[str, str]) -> Report:
    found = field_changes(before, after)
    return {
        "changes": [
            {"label": str(each.label), "before": _cut(each.before), "after": _cut(each.after)} for each in found
        ]
    }


def _line(item: Item) -> Report:
    return {
        "outcome": item.outcome.value,
        "number": item.number,
        "uid": item.foreign_uid[:LONGEST_SHOWN_UID],
        "title": item.title,
        "time": "" if item.wanted is None else _time(item.wanted.state),
        "activity": item.uid if item.version is not None else "",
        "notes": list(item.notes),
        "refusal": item.refusal,
    }


def _time(state: ActivityState) -> str:
    plan = state.plan
    told = format_interval(plan.interval, all_day=plan.all_day)
    if plan.recurrence is not None:
        told = f"{told}, {describe(plan.recurrence)}"
    return f"{told} (+{len(plan.extra_dates)})" if plan.extra_dates else told


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
