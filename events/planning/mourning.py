"""The one switch of national mourning: what it meets is listed, and postponed in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, StalePlan
from core.intervals import day_interval
from core.vietnamese import format_date
from events.expansion import Override
from events.models import Activity, KindTrait, MourningPeriod, Occurrence, Status
from events.planning.drafting import HOLDING
from events.planning.locks import load_activities
from events.planning.states import ActivityState, state_of
from events.planning.steps import apply_states
from units.permissions import viewer_of
from venues.planning import save_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from units.models import User

LONGEST_NAME = 200
LONGEST_PERIOD = 30  # days; longer is a slip of the pen


@dataclass(frozen=True, slots=True, kw_only=True)
class MourningPlan:
    """Days of mourning, both included, and the announcement they come from."""

    name: str
    first: date
    last: date
    source: str = ""

    @property
    def reason(self) -> str:
        """Why an occurrence is postponed, as readers of the calendar are told."""
        days = f"{format_date(self.first)} – {format_date(self.last)}"
        return _("Postponed for national mourning: %(name)s (%(days)s)") % {"name": self.name, "days": days}


def affected_occurrences(*, first: date, last: date, is_postponed: bool = False) -> QuerySet[Occurrence]:
    """Return the occurrences of entertaining kinds that take place in those days, in order of time.

    With `is_postponed` those that would have taken place but are postponed.
    """
    window = day_interval(first, last)
    kinds = KindTrait.objects.filter(is_entertainment=True).values("kind")
    statuses = (Status.POSTPONED,) if is_postponed else tuple(HOLDING - {Status.DONE})
    rows = Occurrence.objects.filter(
        status__in=statuses, activity__kind__in=kinds, start__lt=window.end, end__gt=window.start
    )
    return rows.select_related("activity__event", "activity__area", "activity__lead_unit").order_by("start", "id")


def check_mourning(plan: MourningPlan) -> None:
    """ValidationError with a sentence where the period is none."""
    if not plan.name.strip() or len(plan.name) > LONGEST_NAME:
        raise ValidationError(_("Name whom or what is mourned (at most 200 characters)."))
    if plan.last < plan.first:
        raise ValidationError(
            _("The last day %(last)s lies before the first day %(first)s; swap them or choose others.")
            % {"first": format_date(plan.first), "last": format_date(plan.last)}
        )
    if (plan.last - plan.first).days >= LONGEST_PERIOD:
        raise ValidationError(_("Mourning lasts at most 30 days; check the days."))


@transaction.atomic
def declare_mourning(*, plan: MourningPlan, seen: Mapping[str, int], by: User | None) -> list[Activity]:
    """Record the period and postpone every entertaining occurrence in it, as one step of each campaign concerned.

    `seen` are the activities and versions that were shown: StalePlan where others are concerned now. A whole activity
    that lies in the period is postponed itself, of a series only the occurrences in it. NotAllowed but for planners of
    the whole province; ValidationError as `check_mourning`.
    """
    if by is not None and not viewer_of(by).plans_everywhere:
        raise NotAllowed(_("Only planners of the whole province may declare days of mourning."))
    check_mourning(plan)
    period = MourningPeriod.objects.filter(name=plan.name, first_day=plan.first, last_day=plan.last).first()
    period = period or MourningPeriod(name=plan.name, first_day=plan.first, last_day=plan.last)
    period.source = plan.source or period.source
    period.is_edited = True
    save_record(instance=period, by=by)
    rows = list(affected_occurrences(first=plan.first, last=plan.last))
    starts: dict[str, list[datetime]] = {}
    for row in rows:
        starts.setdefault(row.activity.uid, []).append(row.recurrence_id)
    if set(starts) != set(seen):
        raise StalePlan(0, [_("The list has changed meanwhile; look at it again.")])
    if not starts:
        return []
    stored = load_activities(starts)
    wanted = {uid: _postponed(state_of(stored[uid]), starts[uid], plan.reason) for uid in starts}
    return apply_states(wanted=wanted, expected_versions=seen, by=by, verb="mourning", label=plan.reason[:300])


def _postponed(state: ActivityState, starts: Sequence[datetime], reason: str) -> ActivityState:
    """The state with these occurrences postponed."""
    plan = state.plan
    if plan.recurrence is None and plan.lunar is None and not plan.extra_dates:
        return replace(state, plan=replace(plan, status=Status.POSTPONED, status_reason=reason))
    overrides = dict(state.overrides)
    for start in starts:
        known = overrides.get(start) or Override(interval=type(plan.interval)(start, start + plan.interval.duration))
        changes = {**known.changes, "status": Status.POSTPONED.value, "status_reason": reason}
        overrides[start] = replace(known, changes=changes)
    return replace(state, overrides=overrides)
