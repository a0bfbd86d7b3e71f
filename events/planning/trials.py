"""Trying changes of an activity on the conflict engine: everything is loaded once, however many are tried."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE
from core.keys import OccurrenceKey
from events.expansion import expand_series
from events.models import Status
from events.planning.drafting import Draft, draft
from events.planning.facts import rival_tasks, tasks_of_drafts
from events.planning.horizon import bounds_for
from events.planning.states import tidy_state
from events.planning.world import load_world
from events.registries import conflict_rules
from events.rules.engine import RULES, find_conflicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, timedelta

    from core.conflicts import Conflict
    from events.expansion import Bounds, Slot
    from events.models import Activity
    from events.planning.commands import ActivityPlan
    from events.planning.states import ActivityState
    from events.rules.facts import ActivityFacts, Task, World

DATED_CODES: Final = frozenset({"festival_clash", "mourning", "closure"})  # on another day it is another conflict
Identity = tuple[str, ...]
Tasks = tuple["Task", ...]


def held(plan: ActivityPlan) -> ActivityPlan:
    """The plan as it would take its resources: a draft takes none, yet its planner asks whether it could."""
    return replace(plan, status=Status.TENTATIVE) if plan.status == Status.DRAFT else plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The activity whose changes are tried, as it would be stored, and what the rules see of it."""

    base: Draft
    bounds: Bounds
    tasks: Tasks
    facts: ActivityFacts | None

    @classmethod
    def of(cls, state: ActivityState, *, uid: str, activity: Activity | None) -> Subject:
        """Expand the state; `facts` is None where nothing of it takes place."""
        plan = held(replace(state.plan, uid=uid))
        base = draft(plan, activity=activity, overrides=state.overrides)
        tasks = tuple(tasks_of_drafts([base]))
        return cls(
            base=base,
            bounds=bounds_for(plan, activity),
            tasks=tasks,
            facts=tasks[0].activity if tasks else None,
        )

    def tasks_with(self, state: ActivityState) -> Tasks:
        """The tasks of the activity in another state; empty where that does not expand."""
        plan = held(replace(state.plan, uid=self.base.uid))
        try:
            changed = replace(self.base, plan=plan, slots=self._slots(state), activity=None)
        except ValueError:
            return ()
        return tuple(task._replace(activity=self.facts) for task in tasks_of_drafts([changed]))  # type: ignore[arg-type]

    def _slots(self, state: ActivityState) -> tuple[Slot, ...]:
        """Only what differs is expanded again, unless the series itself starts at another time."""
        if state.plan.interval == self.base.plan.interval:
            return tuple(self._kept_slots(tidy_state(state)))
        plan = state.plan
        return expand_series(
            first=plan.interval,
            rule=plan.recurrence or plan.lunar,
            extra_dates=plan.extra_dates,
            excluded_dates=(*plan.excluded_dates, *(skip.start for skip in plan.skipped_dates)),
            overrides=state.overrides,
            bounds=self.bounds,
        )

    def _kept_slots(self, state: ActivityState) -> Iterable[Slot]:
        skipped = {skip.start for skip in state.plan.skipped_dates}
        for slot in self.base.slots:
            start = slot.recurrence_id
            if start in skipped:
                continue
            override = state.overrides.get(start.astimezone(LOCAL_ZONE))
            if override == self.base.overrides.get(start):
                yield slot
            else:
                own = {} if override is None else {start: override}
                first = replace(state.plan.interval, start=start, end=start + state.plan.interval.duration)
                yield from expand_series(first=first, rule=None, overrides=own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What the engine needs to try any of a number of changes."""

    subject: Subject
    world: World
    rivals: Sequence[Task]
    before: Counter[Identity]

    @classmethod
    def load(cls, subject: Subject, trials: Iterable[Tasks], *, today: date) -> Bench:
        """Load the rivals and the tables of the activity as it is and as each trial would have it."""
        known = {_where(task) for task in subject.tasks}
        new = [task for tasks in trials for task in tasks if _where(task) not in known]
        rivals = rival_tasks([*subject.tasks, *new])
        world = load_world([*subject.tasks, *new, *rivals], today=today)
        uid = subject.base.uid
        before = Counter(identity_of(each, uid) for each in _find((*subject.tasks, *rivals), world))
        return cls(subject=subject, world=world, rivals=rivals, before=before)

    def mends(self, conflict: Conflict, tasks: Tasks, *, by: timedelta) -> bool:
        """Whether with these tasks the conflict is gone and nothing has come up; `by` is how far the series moves."""
        uid = self.subject.base.uid
        found = _find((*tasks, *self.rivals), self.world)
        after = Counter(identity_of(each, uid, by=by) for each in found)
        return after[identity_of(conflict, uid)] == 0 and not after - self.before


def identity_of(conflict: Conflict, uid: str, *, by: timedelta | None = None) -> Identity:
    """What makes a conflict the same after a change of the activity `uid`, whose series moves by `by`.

    Its rule, what it turns on, and its subjects under their former names; the days only where they are the point.
    """
    subjects = sorted(_former(subject, uid, by) for subject in conflict.subjects)
    dated = conflict.code in DATED_CODES and conflict.interval is not None
    days = [conflict.interval.local().start.date().isoformat()] if dated and conflict.interval else []
    return (conflict.code, conflict.about, *subjects, *days)


def _former(subject: str, uid: str, by: timedelta | None) -> str:
    if not by or not subject.startswith(f"{uid}~"):
        return subject
    return str(OccurrenceKey(uid, OccurrenceKey.parse(subject).recurrence_id - by))


def _find(tasks: Tasks, world: World) -> list[Conflict]:
    return find_conflicts(tasks, world, rules=(*RULES, *conflict_rules()))


def _where(task: Task) -> tuple[object, ...]:
    return task.start, task.end, task.resource_ids, task.place_ids
