"""The one way in which drafts become rows: locks held, everything checked together, written, and kept as a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import PlanRejected, StalePlan
from events.planning.checking import check_drafts
from events.planning.checks import check_plans
from events.planning.late_changes import near_now, record_late_changes
from events.planning.locks import campaigns_of, load_activities, lock_activities, lock_campaigns, lock_resources
from events.planning.recording import Written, record_step
from events.planning.snapshots import snapshot_of
from events.planning.storing import insert_activities
from events.planning.updating import update_activities
from units.audit import record_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from events.expansion import Override
    from events.models import Activity, PlanStep
    from events.planning.commands import StepLabel
    from events.planning.drafting import Draft
    from events.planning.states import ActivityState
    from units.models import User

MATERIAL_FIELDS = (
    "interval", "all_day", "recurrence", "lunar", "extra_dates", "excluded_dates", "skipped_dates", "status",
    "venue_ids", "site_ids",
)  # fmt: skip
INERT_FIELDS = (
    "title", "description", "notes", "status_reason", "quantity", "quantity_unit", "quantity_source", "budget_vnd",
    "theme_ids", "form_ids", "audience_ids", "funding_source_ids",
)  # fmt: skip
MATERIAL_CHANGES = ("status", "venue_ids", "site_ids")


def lock_plan(*, uids: Iterable[str], campaign_ids: Iterable[int] = ()) -> dict[str, Activity]:
    """Lock the campaigns given and those of the activities, then the activities; return these by UID.

    StalePlan where one of them has just been moved to another campaign.
    """
    uids = list(uids)
    campaigns = campaigns_of(uids)
    locked = {*campaigns.values(), *campaign_ids}
    lock_campaigns(locked)
    stored = lock_activities(uids)
    for activity in stored.values():
        if activity.campaign_id not in locked:
            raise StalePlan(activity.version, (_("It was moved to another campaign."),))
    return stored


def write_drafts(
    drafts: Sequence[Draft], *, label: StepLabel, by: User | None, is_step: bool = True
) -> tuple[list[Activity], list[PlanStep]]:
    """Check all drafts together and store them; return the activities in the drafts' order, and the steps kept.

    The caller holds the locks of campaigns and activities (`lock_plan`) and has checked the rights. A draft that
    changes nothing is not written. With `is_step` False the change is kept for restoring, but it is no step to be
    undone by itself: an undo, a redo. ValidationError or PlanRejected, and nothing is written.
    """
    changing = [each for each in drafts if each.before is None or each.before != each.state or _reaches_further(each)]
    check_plans([each.plan for each in changing if not each.is_deleted], known=_known(changing))
    _reject_clashes(changing)
    befores = {each.uid: snapshot_of(each.activity) for each in changing if each.activity is not None}
    now = timezone.now()
    raises = {each.uid for each in changing if is_material(each)}
    near = near_now(changing, material=raises, now=now)
    stored = _store(changing, raises=raises, by=by, now=now)
    record_changes(
        by=by,
        verb=label.verb,
        changes=[(stored[each.uid], befores.get(each.uid), snapshot_of(stored[each.uid])) for each in changing],
    )
    written = [Written(activity=stored[each.uid], before=each.before, after=each.state) for each in changing]
    steps = record_step(written, label=label, by=by, now=now, is_step=is_step)
    record_late_changes(near, stored=stored, now=now)
    unchanged = {each.uid: each.activity for each in drafts if each.activity is not None}
    return [stored.get(each.uid) or unchanged[each.uid] for each in drafts], steps


def _store(
    changing: Sequence[Draft], *, raises: Collection[str], by: User | None, now: datetime
) -> dict[str, Activity]:
    """Write the rows, stored activities first: they give back what new ones may take."""
    old = [each for each in changing if each.activity is not None]
    stored = {activity.uid: activity for activity in update_activities(old, raises=raises, now=now)}
    made = insert_activities([each for each in changing if each.activity is None], by=by, now=now)
    return stored | load_activities(activity.uid for activity in made)


def is_material(each: Draft) -> bool:
    """Whether date, time, place or status change (RFC 5545 section 3.8.7.4): then the sequence rises.

    Undoing such a change raises it again: subscribers ignore whatever comes with a lower sequence than they have seen.
    """
    before = each.before
    if before is None:
        return False
    if before.is_deleted != each.is_deleted:
        return True
    if any(getattr(before.plan, name) != getattr(each.plan, name) for name in MATERIAL_FIELDS):
        return True
    return _material_part(before) != _material_part(each.state)


def _material_part(state: ActivityState) -> dict[object, object]:
    return {start: _material_override(override, state) for start, override in state.overrides.items()}


def _material_override(override: Override, state: ActivityState) -> tuple[object, ...]:
    return (
        override.interval,
        override.is_cancelled,
        *(override.changes.get(name, getattr(state.plan, name)) for name in MATERIAL_CHANGES),
    )


def _reaches_further(each: Draft) -> bool:
    return each.activity is not None and each.activity.horizon != each.horizon


def _known(drafts: Iterable[Draft]) -> Mapping[str, ActivityState]:
    """What is stored already and need not be looked up again."""
    return {each.uid: each.before for each in drafts if each.before is not None}


def _is_inert(each: Draft) -> bool:
    """Whether only fields differ that no rule looks at."""
    before = each.before
    if before is None or before.is_deleted != each.is_deleted or _reaches_further(each):
        return False
    words = {name: getattr(each.plan, name) for name in INERT_FIELDS}
    return replace(before, plan=replace(before.plan, **words)) == each.state


def _reject_clashes(drafts: Sequence[Draft]) -> None:
    """Lock what the drafts want, then look; PlanRejected with every conflict. No rule asks for words: then no look."""
    if all(_is_inert(each) for each in drafts):
        return
    lock_resources(key for each in drafts for key in each.resource_ids if not each.is_deleted)
    conflicts = check_drafts(drafts)
    if any(conflict.is_blocking for conflict in conflicts):
        raise PlanRejected(conflicts)
