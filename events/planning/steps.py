"""Bringing activities to given states: several at once, back through the steps of a campaign, and to old versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import NotAllowed, StalePlan
from core.intervals import LOCAL_ZONE
from core.text import inner_quotes
from core.vietnamese import format_date, format_time
from events.models import PlanStep, StepChange
from events.planning.activities import check_version
from events.planning.checks import check_fields, check_rights
from events.planning.commands import StepLabel
from events.planning.drafting import Draft, draft
from events.planning.numbering import number_plans
from events.planning.states import ActivityState, Json, from_json, state_of
from events.planning.turns import in_one_transaction
from events.planning.writing import lock_plan, write_drafts
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from events.models import Activity
    from events.planning.commands import ActivityPlan
    from units.models import User
    from units.permissions import Viewer

MOST_STEPS = 100
STATUS_FIELDS = ("status", "status_reason")


@in_one_transaction
def apply_states(
    *,
    wanted: Mapping[str, ActivityState | None],
    expected_versions: Mapping[str, int],
    by: User | None,
    verb: str,
    label: str,
) -> list[Activity]:
    """Bring each activity, by UID, to its state in one transaction and one step; return them in that order.

    None or a deleted state deletes; an unknown UID makes a new activity (an empty code is given the next one). All are
    checked together by the engine. StalePlan where a stored activity has another version than expected,
    ValidationError for faults of the plans themselves, PlanRejected for blocking conflicts, NotAllowed outside the
    areas of the person (whoever approves may change status and reason alone); nothing is written then.
    """
    plans = {uid: state.plan for uid, state in wanted.items() if state is not None}
    stored = lock_plan(uids=wanted, campaign_ids={plan.campaign_id for plan in plans.values()})
    for uid, activity in stored.items():
        if not activity.is_deleted or uid in expected_versions:
            check_version(activity, expected_versions.get(uid, 0))
    return _bring(_numbered(wanted), stored, label=StepLabel(verb=verb, label=label), by=by)


def delete_activities(*, seen: Mapping[str, int], by: User | None) -> list[Activity]:
    """Delete these activities, each seen at that version, in one step.

    Their rows stay, so that undoing gives the same ones back: occurrences are cancelled, what they held is free.
    """
    count = len(seen)
    label = ngettext("%(count)d activity deleted", "%(count)d activities deleted", count) % {"count": count}
    return apply_states(wanted=dict.fromkeys(seen), expected_versions=seen, by=by, verb="delete", label=label)


@in_one_transaction
def restore_version(*, uid: str, version: int, seen: int, by: User | None) -> Activity:
    """Bring an activity back to what it was at `version`; `seen` is the version the person looks at now.

    A step of its own. ValidationError where that version was not kept.
    """
    state = version_of(uid, version)
    told = {"title": inner_quotes(state.plan.title), "version": version}
    label = _("“%(title)s” restored to version %(version)d") % told
    (activity,) = apply_states(
        wanted={uid: state}, expected_versions={uid: seen}, by=by, verb="restore version", label=label
    )
    return activity


def version_of(uid: str, version: int) -> ActivityState:
    """The state of an activity at one of its versions; ValidationError where it was not kept."""
    kept = _kept_state(uid, version)
    if kept is None:
        raise ValidationError(_("Version %(version)d of this activity was not kept.") % {"version": version})
    return from_json(kept)


def _kept_state(uid: str, version: int) -> Json | None:
    """What a step made of the activity at that version, or what the next kept step found."""
    changes = StepChange.objects.filter(activity__uid=uid, version__gte=version).order_by("version")
    first = changes.first()
    if first is None:
        return None
    return first.after if first.version == version else first.before


def steps_of(campaign_id: int) -> list[PlanStep]:
    """The steps of a campaign that can be undone or redone, at most 100, last first; the undone ones are in front."""
    rows = PlanStep.objects.filter(campaign_id=campaign_id, is_dropped=False).order_by("-number")
    return list(rows[:MOST_STEPS])


def next_undo(campaign_id: int) -> PlanStep | None:
    """The step that undoing would take back."""
    key = _next_key(campaign_id, is_back=True)
    return None if key is None else PlanStep.objects.get(pk=key)


def next_redo(campaign_id: int) -> PlanStep | None:
    """The step that redoing would do again."""
    key = _next_key(campaign_id, is_back=False)
    return None if key is None else PlanStep.objects.get(pk=key)


def _next_key(campaign_id: int, *, is_back: bool) -> int | None:
    """The key of the step that undoing (or else redoing) comes to next, among those of `steps_of`."""
    rows = PlanStep.objects.filter(campaign_id=campaign_id, is_dropped=False).order_by("-number")
    steps = list(rows.values_list("pk", "undone_at")[:MOST_STEPS])
    undone = [key for key, undone_at in steps if undone_at is not None]
    if not is_back:
        return undone[-1] if undone else None
    return next((key for key, undone_at in steps if undone_at is None), None)


@in_one_transaction
def undo_step(*, campaign_id: int, expected: int | None = None, by: User | None) -> PlanStep:
    """Take the last step of a campaign back, exactly; return it. `expected` is the number the person saw.

    The sequence of what moved rises once more, see `writing.is_material`. ValidationError where there is nothing to
    undo, StalePlan where another step came in between or an activity was changed elsewhere, NotAllowed unless the
    person may change every activity of the step, PlanRejected where the old place or time is taken now.
    """
    step = next_undo(campaign_id)
    if step is None:
        raise ValidationError(_("There is no step to undo."))
    _go(_Way.back(step), expected=expected, by=by)
    step.undone_at = timezone.now()
    step.save(update_fields=["undone_at"])
    return step


@in_one_transaction
def redo_step(*, campaign_id: int, expected: int | None = None, by: User | None) -> PlanStep:
    """Do the step again that was undone last; the counterpart of `undo_step`."""
    step = next_redo(campaign_id)
    if step is None:
        raise ValidationError(_("There is no step to redo."))
    _go(_Way.forth(step), expected=expected, by=by)
    step.undone_at = None
    step.save(update_fields=["undone_at"])
    return step


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A step in one direction: by UID, the states it starts from and the ones it leads to."""

    step: PlanStep
    is_back: bool
    start: Mapping[str, ActivityState | None]
    end: Mapping[str, ActivityState | None]

    @classmethod
    def back(cls, step: PlanStep) -> _Way:
        before, after = _states(step)
        return cls(step=step, is_back=True, start=after, end=before)

    @classmethod
    def forth(cls, step: PlanStep) -> _Way:
        before, after = _states(step)
        return cls(step=step, is_back=False, start=before, end=after)

    @property
    def campaigns(self) -> set[int]:
        states = (*self.start.values(), *self.end.values())
        return {self.step.campaign_id, *(state.plan.campaign_id for state in states if state is not None)}

    @property
    def label(self) -> StepLabel:
        words = _("Undone: %(label)s") if self.is_back else _("Redone: %(label)s")
        return StepLabel(verb="undo" if self.is_back else "redo", label=words % {"label": self.step.label})

    def is_next(self) -> bool:
        return _next_key(self.step.campaign_id, is_back=self.is_back) == self.step.pk


def _states(step: PlanStep) -> tuple[dict[str, ActivityState | None], dict[str, ActivityState | None]]:
    before, after = {}, {}
    for uid, old, new in step.changes.order_by("id").values_list("activity__uid", "before", "after"):
        before[uid] = None if old is None else from_json(old)
        after[uid] = None if new is None else from_json(new)
    return before, after


def _go(way: _Way, *, expected: int | None, by: User | None) -> None:
    stored = lock_plan(uids=way.end, campaign_ids=way.campaigns)
    if not way.is_next() or expected not in (None, way.step.number):
        _raise_other_step(way)
    wanted = {}
    for uid, state in way.end.items():
        present, start = state_of(stored[uid]), way.start[uid]
        if not _is_same(present, start):
            raise StalePlan(stored[uid].version, (_changed_elsewhere(present.plan),))
        wanted[uid] = None if state is None else _with_later_skips(state, start, present)
    try:
        _bring(wanted, stored, label=way.label, by=by, is_step=False)
    except NotAllowed as refusal:
        raise NotAllowed(_("You may undo or redo only steps whose every activity you may change.")) from refusal


def _raise_other_step(way: _Way) -> NoReturn:
    found = next_undo(way.step.campaign_id) if way.is_back else next_redo(way.step.campaign_id)
    if found is None:
        raise StalePlan(way.step.number, (_("Somebody has undone or redone that step meanwhile."),))
    at = found.at.astimezone(LOCAL_ZONE)
    sentence = _("The next step would now be “%(label)s” (%(who)s, %(when)s).") % {
        "label": inner_quotes(found.label),
        "who": found.by_label,
        "when": f"{format_time(at)} {format_date(at.date())}",
    }
    raise StalePlan(found.number, (sentence,))


def _changed_elsewhere(plan: ActivityPlan) -> str:
    return _("“%(title)s” was changed since by a step of another campaign; undo that one first.") % {
        "title": inner_quotes(plan.title)
    }


def _is_same(present: ActivityState, start: ActivityState | None) -> bool:
    """Whether the activity is as the step left it; dates that only laying out the series skipped do not count."""
    if start is None or start.is_deleted:
        return present.is_deleted
    return _without_skips(present) == _without_skips(start)


def _without_skips(state: ActivityState) -> ActivityState:
    return replace(state, plan=replace(state.plan, skipped_dates=()))


def _with_later_skips(state: ActivityState, start: ActivityState | None, present: ActivityState) -> ActivityState:
    """The state with dates skipped since, when the series was laid out further."""
    known = () if start is None else start.plan.skipped_dates
    later = tuple(skip for skip in present.plan.skipped_dates if skip not in known)
    if not later:
        return state
    return replace(state, plan=replace(state.plan, skipped_dates=(*state.plan.skipped_dates, *later)))


def _numbered(wanted: Mapping[str, ActivityState | None]) -> dict[str, ActivityState | None]:
    living = {uid: replace(state, plan=replace(state.plan, uid=uid)) for uid, state in wanted.items() if state}
    plans = {plan.uid: plan for plan in number_plans([state.plan for state in living.values()])}
    return {uid: replace(living[uid], plan=plans[uid]) if uid in living else None for uid in wanted}


def _bring(
    wanted: Mapping[str, ActivityState | None],
    stored: Mapping[str, Activity],
    *,
    label: StepLabel,
    by: User | None,
    is_step: bool = True,
) -> list[Activity]:
    drafts = [each for uid, state in wanted.items() if (each := _drafted(stored.get(uid), state)) is not None]
    _check_rights(drafts, by)
    check_fields(each.plan for each in drafts if not each.is_deleted)
    return write_drafts(drafts, label=label, by=by, is_step=is_step)[0]


def _drafted(activity: Activity | None, state: ActivityState | None) -> Draft | None:
    """The draft of a state; None where nothing is to be deleted."""
    if activity is None:
        if state is None or state.is_deleted:
            return None
        return draft(state.plan, overrides=state.overrides)
    if state is None:
        state = replace(state_of(activity), is_deleted=True)
    return draft(state.plan, activity=activity, overrides=state.overrides, is_deleted=state.is_deleted)


def _check_rights(drafts: Iterable[Draft], by: User | None) -> None:
    if by is None:
        return
    viewer = viewer_of(by)
    for each in drafts:
        if not _only_status_differs(each) or not viewer.may_approve_in((each.plan.area_id,)):
            _check_may_plan(viewer, each)


def _check_may_plan(viewer: Viewer, each: Draft) -> None:
    plans: Sequence[ActivityPlan] = (each.plan,) if each.before is None else (each.before.plan, each.plan)
    for plan in plans:
        check_rights(viewer, plan)


def _only_status_differs(each: Draft) -> bool:
    if each.before is None:
        return False
    status = {name: getattr(each.plan, name) for name in STATUS_FIELDS}
    return replace(each.before, plan=replace(each.before.plan, **status)) == each.state
