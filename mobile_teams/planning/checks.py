"""What must hold before a tour is stored: rights, fields, and the rules of its stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errors import NotAllowed, PlanRejected
from core.intervals import Interval
from events.models import Activity, SeriesDate
from mobile_teams.models import Stop
from mobile_teams.planning.snapshots import STOP_COLUMNS
from mobile_teams.rules.stop_activity import Crew, StopActivity, check_stop_activity
from mobile_teams.rules.stop_order import check_stop_order
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mobile_teams.commands import StopPlan, TourPlan
    from mobile_teams.models import Tour
    from units.models import User


def load_activities(plan: TourPlan) -> dict[int, Activity]:
    """The activities of the plan's stops by id, with all the rules ask for; ValidationError if one is gone."""
    wanted = {stop.activity_id for stop in plan.stops}
    rows = Activity.objects.select_related("event", "stop__tour")
    found = rows.prefetch_related("resources", "occurrences", "series_dates").in_bulk(list(wanted))
    if not wanted:
        raise ValidationError(_("Tour %(code)s needs at least one stop.") % {"code": plan.code})
    if wanted - set(found):
        raise ValidationError(_("An activity of tour %(code)s no longer exists; choose again.") % {"code": plan.code})
    return found


def check_rights(by: User | None, activities: Iterable[Activity], tour: Tour | None) -> None:
    """NotAllowed unless the user plans in the areas of all stops, those that leave the tour included."""
    if by is None:
        return
    areas = {activity.area_id for activity in activities}
    if tour is not None:
        areas |= set(tour.stops.values_list("activity__area_id", flat=True))
    if not viewer_of(by).may_plan_in(areas):
        raise NotAllowed(_("You may plan tours only in the areas of your own unit; ask the Department's planner."))


def check_stops(plan: TourPlan, *, tour: Tour, activities: Mapping[int, Activity]) -> None:
    """ValidationError for faulty fields of stops, PlanRejected with every conflict of the rules."""
    _check_fields(plan.stops, activities)
    taken = [tour.team.resource, *([tour.vehicle.resource] if tour.vehicle else [])]
    crew = Crew(
        campaign_id=plan.campaign_id,
        resources=tuple((resource.pk, resource.name) for resource in taken),
    )
    stops = [_facts(activities[stop.activity_id], tour=tour) for stop in plan.stops]
    conflicts = [conflict for stop in stops for conflict in check_stop_activity(stop, crew=crew)]
    conflicts += check_stop_order(stops)
    if conflicts:
        raise PlanRejected(conflicts)


def _check_fields(stops: Sequence[StopPlan], activities: Mapping[int, Activity]) -> None:
    faults = []
    for stop in stops:
        row = Stop(**{name: getattr(stop, name) for name in STOP_COLUMNS})
        try:
            row.clean_fields(exclude={"tour", "position", "activity"})
        except ValidationError as error:
            named = {"code": activities[stop.activity_id].code, "faults": " ".join(error.messages)}
            faults.append(_("Stop %(code)s: %(faults)s") % named)
    if faults:
        raise ValidationError(faults)


def _facts(activity: Activity, *, tour: Tour) -> StopActivity:
    stop = getattr(activity, "stop", None)
    is_elsewhere = stop is not None and stop.tour_id != tour.pk
    extra = any(date.kind == SeriesDate.Kind.EXTRA for date in activity.series_dates.all())
    return StopActivity(
        uid=activity.uid,
        code=activity.code,
        title=activity.event.title,
        kind=activity.kind,
        campaign_id=activity.campaign_id,
        show=_show_of(activity),
        is_recurring=activity.event.rule_id is not None or extra,
        is_all_day=activity.all_day,
        resource_ids=frozenset(resource.pk for resource in activity.resources.all()),
        other_tour=stop.tour.name if stop is not None and is_elsewhere else "",
    )


def _show_of(activity: Activity) -> Interval | None:
    shows = [Interval(occurrence.start, occurrence.end) for occurrence in activity.occurrences.all()]
    return min(shows).local() if shows else None
