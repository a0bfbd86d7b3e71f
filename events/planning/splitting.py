"""A series in two: what comes before one of its occurrences, and what begins with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.intervals import Interval
from core.lunar_recurrence import LunarRecurrence
from events.planning.rekeying import local_day
from events.planning.snapshots import normalise
from events.planning.states import ActivityState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.recurrence import Recurrence
    from events.planning.commands import ActivityPlan


def split_series(
    state: ActivityState, at: datetime, *, by_rule: Sequence[datetime], new_uid: str
) -> tuple[ActivityState, ActivityState]:
    """The series up to the occurrence that starts `at`, and the rest under a new UID and without a code.

    `by_rule` are the starts the rule gives. Together the two have the occurrences, dates and exceptions of the whole;
    a rule by count keeps the number of what is left, one by last day ends the day before. `at` is not the first start.
    """
    before = [start for start in by_rule if start < at]
    after = [start for start in by_rule if start >= at]
    head = _part(state, lambda start: start < at, before)
    tail = _part(state, lambda start: start >= at, after)
    head_plan = _ended(head.plan, before, at)
    tail_plan = replace(_continued(tail.plan, after), uid=new_uid, code="")
    return replace(head, plan=normalise(head_plan)), replace(tail, plan=normalise(tail_plan))


def _part(state: ActivityState, belongs: Callable[[datetime], bool], by_rule: Sequence[datetime]) -> ActivityState:
    """One of the two, still with the whole rule: its own dates and exceptions, its first instance where it begins."""
    plan = state.plan
    extra = tuple(start for start in plan.extra_dates if belongs(start))
    first = by_rule[0] if by_rule else min(extra)
    plan = replace(
        plan,
        interval=Interval(first, first + plan.interval.duration),
        extra_dates=tuple(start for start in extra if start != first),
        excluded_dates=tuple(start for start in plan.excluded_dates if belongs(start)),
        skipped_dates=tuple(each for each in plan.skipped_dates if belongs(each.start)),
    )
    return ActivityState(plan=plan, overrides={at: each for at, each in state.overrides.items() if belongs(at)})


def _ended(plan: ActivityPlan, starts: Sequence[datetime], at: datetime) -> ActivityPlan:
    """The first part with a rule that gives just its starts; none where one is left."""
    rule = plan.recurrence or plan.lunar
    if rule is None or len(starts) <= 1:
        return _with_rule(plan, None)
    if rule.count is not None:
        return _with_rule(plan, replace(rule, count=len(starts)))
    return _with_rule(plan, replace(rule, until=local_day(at) - timedelta(days=1)))


def _continued(plan: ActivityPlan, starts: Sequence[datetime]) -> ActivityPlan:
    """The second part with the rule as it is; a count is what is left of it."""
    rule = plan.recurrence or plan.lunar
    if rule is None or not starts or (rule.is_bounded and len(starts) == 1):
        return _with_rule(plan, None)
    return plan if rule.count is None else _with_rule(plan, replace(rule, count=len(starts)))


def _with_rule(plan: ActivityPlan, rule: Recurrence | LunarRecurrence | None) -> ActivityPlan:
    if isinstance(rule, LunarRecurrence):
        return replace(plan, lunar=rule)
    return replace(plan, recurrence=rule, lunar=None)
