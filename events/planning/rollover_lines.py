"""What becomes of each activity of a campaign that is rolled over: prepared here, carried out in `rollover`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import NotAllowed
from core.intervals import LOCAL_ZONE, Interval, last_day
from core.lunar_recurrence import LeapPolicy, MissingPolicy
from events.models import Activity, Campaign, DayOff, Status
from events.planning.areas_in_time import AreasInTime, load_areas_in_time
from events.planning.campaigns import LIST_MODELS
from events.planning.checks import check_rights
from events.planning.locks import load_activities
from events.planning.numbering import number_plans
from events.planning.rolling import Roll, RollBy, other_years, roll_plan
from events.planning.states import ActivityState, state_of
from units.permissions import Viewer, viewer_of

if TYPE_CHECKING:
    from events.planning.commands import ActivityPlan
    from units.models import User

MOST_ACTIVITIES: Final = 2000
NAMESPACE: Final = uuid.UUID("5f1c1f52-6d5e-4c0d-9a53-0d3f7f1f4c11")
CAMPAIGN_LISTS: Final = (
    ("theme_ids", "themes"),
    ("form_ids", "forms"),
    ("audience_ids", "audiences"),
    ("funding_source_ids", "funding_sources"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCampaign:
    """The campaign to make for the new year; its lists are copied from the old one."""

    code: str
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloverOrder:
    """Roll `source_id` into `target`, a campaign's key or a new campaign.

    `uids` are the activities wanted, None all whose new days lie within the target's. `missing` and `leap` count for
    lunar dates alone.
    """

    source_id: int
    target: int | NewCampaign
    by: RollBy
    missing: MissingPolicy = MissingPolicy.LAST_DAY
    leap: LeapPolicy = LeapPolicy.REGULAR
    uids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledLine:
    """One activity of last year, and what it becomes; `after` None where `refusal` says why it stays behind.

    `years` are numbers in its title that read as another year: to be checked by hand. `is_wanted` says that the order
    rolls it.
    """

    uid: str
    title: str
    before: ActivityPlan
    after: ActivityPlan | None
    notes: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    refusal: str = ""
    is_outside: bool = False
    is_wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What every line is made from.

    `keys` say, a list each, which item of the target has the code of a source's; `made` which UIDs an earlier rolling
    over has used, and whether the activity is deleted since; `codes` which the target has.
    """

    order: RolloverOrder
    target: Campaign
    roll: Roll
    viewer: Viewer
    areas: AreasInTime
    keys: Mapping[str, Mapping[int, int]]
    made: Mapping[str, bool]
    codes: frozenset[str]


def prepare_lines(order: RolloverOrder, *, target: Campaign, by: User) -> tuple[RolledLine, ...]:
    """Every activity of the source that was not cancelled, and what it becomes; writes nothing.

    ValidationError where the years are the same or there are over 2,000 activities. A constant number of queries.
    """
    source = Campaign.objects.get(pk=order.source_id)
    if source.pk == target.pk or source.starts_on.year == target.starts_on.year:
        raise ValidationError(_("Choose a campaign of another year to roll into."))
    rows = Activity.objects.filter(campaign=source, is_deleted=False).exclude(status=Status.CANCELLED)
    uids = list(rows.order_by("event__start", "code", "id").values_list("uid", flat=True)[: MOST_ACTIVITIES + 1])
    if len(uids) > MOST_ACTIVITIES:
        raise ValidationError(_("At most 2,000 activities can be rolled over at once."))
    if not uids:
        return ()
    found = load_activities(uids)
    stored = [found[uid] for uid in uids]
    ground = _ground(order, target, source=source, viewer=viewer_of(by), stored=stored)
    return _numbered([_line(activity, ground) for activity in stored])


def _roll(order: RolloverOrder, years: int) -> Roll:
    days_off = DayOff.objects.filter(is_working=False).values_list("day", flat=True)
    return Roll(by=order.by, years=years, missing=order.missing, leap=order.leap, days_off=frozenset(days_off))


def _ground(
    order: RolloverOrder, target: Campaign, *, source: Campaign, viewer: Viewer, stored: Sequence[Activity]
) -> _Ground:
    uids = [_rolled_uid(target, activity) for activity in stored]
    return _Ground(
        order=order,
        target=target,
        roll=_roll(order, target.starts_on.year - source.starts_on.year),
        viewer=viewer,
        areas=load_areas_in_time(),
        keys={name: _same_codes(name, order.source_id, target.pk) for _field, name in CAMPAIGN_LISTS},
        made=dict(Activity.objects.filter(uid__in=uids).values_list("uid", "is_deleted")),
        codes=frozenset(Activity.objects.filter(campaign=target).values_list("code", flat=True)),
    )


def _rolled_uid(target: Campaign, activity: Activity) -> str:
    """The same for the same activity and target, so that rolling over twice makes nothing twice."""
    return str(uuid.uuid5(NAMESPACE, f"{target.code}/{activity.uid}"))


def _same_codes(name: str, source_id: int, target_id: int) -> dict[int, int]:
    rows = LIST_MODELS[name]._default_manager
    theirs = dict(rows.filter(campaign=target_id).values_list("code", "pk"))
    ours = rows.filter(campaign=source_id).values_list("pk", "code")
    return {pk: theirs[code] for pk, code in ours if code in theirs}


def _line(activity: Activity, ground: _Ground) -> RolledLine:
    state = state_of(activity)
    before = state.plan
    line = RolledLine(uid=activity.uid, title=before.title, before=before, after=None, is_wanted=False)
    uid = _rolled_uid(ground.target, activity)
    if ground.made.get(uid) is False:
        return replace(line, refusal=_("It was rolled over before."))
    try:
        rolled = roll_plan(before, ground.roll)
        plan, notes = _in_target(rolled.plan, ground)
        check_rights(ground.viewer, plan)
    except (ValueError, NotAllowed) as error:
        return replace(line, refusal=str(error))
    lost = (_exceptions_note(state),) if state.overrides else ()
    is_outside = _is_outside(plan.interval, ground.target)
    uids = ground.order.uids
    return replace(
        line,
        after=replace(plan, uid=str(uuid.uuid4()) if uid in ground.made else uid),
        notes=(*rolled.notes, *notes, *lost),
        years=other_years(before.title, ground.target.starts_on.year),
        is_outside=is_outside,
        is_wanted=not is_outside if uids is None else activity.uid in uids,
    )


def _in_target(plan: ActivityPlan, ground: _Ground) -> tuple[ActivityPlan, tuple[str, ...]]:
    """The plan as a draft of the target campaign, in an area that exists then; what was lost, a sentence each.

    ValueError where the area is no more and its successor is not certain.
    """
    notes = []
    kept = {name: _kept_keys(getattr(plan, name), ground.keys[relation]) for name, relation in CAMPAIGN_LISTS}
    if any(len(kept[name]) < len(getattr(plan, name)) for name in kept):
        notes.append(_("Themes or lists that the new campaign does not have are dropped."))
    area = ground.areas.find(plan, plan.interval.start.astimezone(LOCAL_ZONE).date())
    if area != plan.area_id:
        notes.append(_("The area is now %(area)s.") % {"area": ground.areas.names[area]})
    moved = replace(
        plan,
        campaign_id=ground.target.pk,
        area_id=area,
        code="" if plan.code in ground.codes else plan.code,
        status=Status.DRAFT,
        status_reason="",
        theme_ids=kept["theme_ids"],
        form_ids=kept["form_ids"],
        audience_ids=kept["audience_ids"],
        funding_source_ids=kept["funding_source_ids"],
    )
    return moved, tuple(notes)


def _kept_keys(keys: Sequence[int], same: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(same[key] for key in keys if key in same)


def _exceptions_note(state: ActivityState) -> str:
    count = len(state.overrides)
    return ngettext(
        "%(count)s moved or cancelled occurrence of last year is not carried over.",
        "%(count)s moved or cancelled occurrences of last year are not carried over.",
        count,
    ) % {"count": count}


def _is_outside(interval: Interval, target: Campaign) -> bool:
    first = interval.start.astimezone(LOCAL_ZONE).date()
    return first < target.starts_on or last_day(interval) > target.ends_on


def _numbered(lines: Sequence[RolledLine]) -> tuple[RolledLine, ...]:
    """Codes for those whose own is taken in the target: the next of their kind."""
    codes = iter(number_plans([line.after for line in lines if line.after is not None]))
    return tuple(line if line.after is None else replace(line, after=next(codes)) for line in lines)
