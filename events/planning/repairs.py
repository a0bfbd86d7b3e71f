"""Repairs of a conflict: up to three changes of the plan, each tried on the engine before it is proposed.

A repair is proposed only if the conflict is gone with it and no other comes up that was not there before. Conflicts
that the plan itself cannot mend (a paper to be sent, a notice to the border post, a removal date) have none.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.keys import OccurrenceKey
from events.planning.checking import check_drafts
from events.planning.checks import check_plans
from events.planning.drafting import draft
from events.planning.numbering import number_plans
from events.planning.remedies import Candidate, candidates_for
from events.planning.states import ActivityState, state_of, to_json
from events.planning.steps import apply_states
from events.planning.trials import Bench, Subject, held
from events.planning.troubles import Trouble, local_day
from events.planning.writing import lock_plan
from venues.models import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.conflicts import Conflict
    from events.expansion import Slot
    from events.models import Activity
    from events.planning.commands import ActivityPlan
    from events.planning.trials import Tasks
    from units.models import User

MOST_REPAIRS: Final = 3
MOST_CLASHING: Final = 5  # occurrences of one finding to try
MOST_CONFLICTS: Final = 6  # whose repairs are looked for together: a page must not take seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A change that mends a conflict: the whole activity after it, and the sentence on its button."""

    label: str
    state: ActivityState
    cost: int

    @property
    def key(self) -> str:
        """16 hexadecimal digits: another state has others, whatever UID a new activity is given."""
        state = replace(self.state, plan=replace(self.state.plan, uid=None))
        return hashlib.sha256(json.dumps(to_json(state), sort_keys=True).encode()).hexdigest()[:16]


Repairs = dict[str, tuple[Repair, ...]]  # by the conflict's fingerprint


def propose_repairs(
    conflict: Conflict, *, state: ActivityState, uid: str, today: date, activity: Activity | None = None
) -> tuple[Repair, ...]:
    """At most three repairs of one conflict of the activity `uid`, the smallest change first; see `propose_all`."""
    return propose_all((conflict,), state=state, uid=uid, today=today, activity=activity)[conflict.fingerprint]


def propose_all(
    conflicts: Sequence[Conflict], *, state: ActivityState, uid: str, today: date, activity: Activity | None = None
) -> Repairs:
    """At most three repairs of each of the first six conflicts of the activity `uid`, by fingerprint.

    `state` is the activity as planned, `activity` its row where it is stored. Each repair was tried on the engine: with
    it the conflict is gone and no other comes up, as if the activity were held. At most one of each remedy.
    ValidationError where the plan does not expand.
    """
    subject = Subject.of(state, uid=uid, activity=activity)
    conflicts = conflicts[:MOST_CONFLICTS]
    if not subject.tasks:
        return {each.fingerprint: () for each in conflicts}
    names = dict(Resource.objects.filter(pk__in=subject.base.resource_ids).values_list("id", "name"))
    trials: dict[str, list[tuple[Candidate, Tasks]]] = {}
    for conflict in conflicts:
        trouble = Trouble(
            conflict=conflict,
            state=replace(state, plan=replace(state.plan, uid=uid)),
            slots=subject.base.slots,
            clashing=_clashing(conflict, subject),
            earliest=min([today, *(local_day(slot.interval.start) for slot in subject.base.slots)]),
            names=names,
        )
        trials[conflict.fingerprint] = [(each, subject.tasks_with(each.state)) for each in candidates_for(trouble)]
    bench = Bench.load(subject, (tasks for found in trials.values() for _each, tasks in found), today=today)
    return {each.fingerprint: _best(each, trials[each.fingerprint], bench) for each in conflicts}


def check_with_repairs(
    plan: ActivityPlan, *, uid: str | None, activity: Activity | None = None, today: date | None = None
) -> tuple[list[Conflict], Repairs]:
    """What would stand in the plan's way were it held, and what would mend it; writes nothing.

    `uid` and `activity` are those of the stored activity that the plan would replace. ValidationError as on saving.
    """
    uid = uid or str(uuid.uuid4())
    (numbered,) = number_plans([replace(plan, uid=uid)])
    check_plans([numbered])
    base = draft(held(numbered), activity=activity)
    conflicts = check_drafts([base], today=today)
    state = ActivityState(plan=replace(plan, uid=uid), overrides=base.overrides)
    day = today or timezone.localdate()
    return conflicts, propose_all(conflicts, state=state, uid=uid, today=day, activity=activity)


def find_repair(repairs: Mapping[str, Sequence[Repair]], key: str) -> Repair:
    """The repair of that key; ValidationError where it is not, or no longer, among them."""
    found = next((each for group in repairs.values() for each in group if each.key == key), None)
    if found is None:
        raise ValidationError(_("This repair no longer fits: the plan has changed meanwhile. Look at the list again."))
    return found


@transaction.atomic
def apply_repair(*, uid: str, seen: int, key: str, by: User | None, today: date | None = None) -> Activity:
    """Carry out a repair of the stored activity as one step that can be undone.

    It is found and tried again within the transaction. StalePlan unless the activity is at version `seen`,
    ValidationError where the repair no longer fits, PlanRejected and NotAllowed as on every change.
    """
    stored = lock_plan(uids=(uid,)).get(uid)
    if stored is None or stored.is_deleted:
        raise ValidationError(_("This activity no longer exists."))
    state = state_of(stored)
    base = draft(held(state.plan), activity=stored, overrides=state.overrides)
    day = today or timezone.localdate()
    conflicts = check_drafts([base], today=day)
    repair = find_repair(propose_all(conflicts, state=state, uid=uid, today=day, activity=stored), key)
    label = _("%(code)s: %(change)s") % {"code": state.plan.code, "change": repair.label}
    return apply_states(
        wanted={uid: repair.state}, expected_versions={uid: seen}, by=by, verb="repair", label=label[:300]
    )[0]


def _clashing(conflict: Conflict, subject: Subject) -> tuple[Slot, ...]:
    """The activity's occurrences that the conflict names; of a finding for all of them, the one it is told of."""
    own = {
        OccurrenceKey.parse(each).recurrence_id for each in conflict.subjects if each.startswith(f"{subject.base.uid}~")
    }
    if own:
        found = [slot for slot in subject.base.slots if slot.recurrence_id in own]
    else:
        start = None if conflict.interval is None else conflict.interval.start
        found = [slot for slot in subject.base.slots if slot.interval.start == start]
    return tuple(found[:MOST_CLASHING])


def _best(conflict: Conflict, trials: Sequence[tuple[Candidate, Tasks]], bench: Bench) -> tuple[Repair, ...]:
    """The first of each remedy that mends the conflict, as the trials come by cost."""
    found: dict[int, Repair] = {}
    usual = bench.subject.base.plan.interval.start
    for candidate, tasks in trials:
        if len(found) == MOST_REPAIRS:
            break
        by = candidate.state.plan.interval.start - usual
        if candidate.remedy not in found and tasks and bench.mends(conflict, tasks, by=by):
            found[candidate.remedy] = Repair(label=candidate.label, state=candidate.state, cost=candidate.cost)
    return tuple(found.values())


@transaction.atomic
def save_repaired(
    *, plan: ActivityPlan, uid: str | None, seen: int, key: str, by: User | None, today: date | None = None
) -> Activity:
    """Store a plan as one of its repairs has it, in one step: a new activity where `uid` is None.

    Raises as `apply_repair` does.
    """
    stored = None if uid is None else lock_plan(uids=(uid,), campaign_ids={plan.campaign_id}).get(uid)
    if uid is not None and (stored is None or stored.is_deleted):
        raise ValidationError(_("This activity no longer exists."))
    _conflicts, repairs = check_with_repairs(plan, uid=uid, activity=stored, today=today)
    repair = find_repair(repairs, key)
    name = repair.state.plan.uid or ""
    versions = {} if uid is None else {name: seen}
    label = _("%(code)s: %(change)s") % {"code": plan.code or plan.title, "change": repair.label}
    return apply_states(
        wanted={name: repair.state}, expected_versions=versions, by=by, verb="repair", label=label[:300]
    )[0]
