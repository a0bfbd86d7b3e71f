"""The verb that changes a tour and its stops; one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import StalePlan
from mobile_teams.models import Stop, Tour
from mobile_teams.planning.checks import check_rights, check_stops, load_activities
from mobile_teams.planning.snapshots import STOP_COLUMNS, snapshot_of, tour_plan_of
from units.audit import record_change

if TYPE_CHECKING:
    from mobile_teams.commands import TourPlan
    from units.models import User

COLUMNS = ("name", "team_id", "vehicle_id", "depot_id", "departs_at", "note")
ASIDE = 10_000  # positions are parked here while their order changes


@transaction.atomic
def save_tour(*, plan: TourPlan, by: User | None) -> Tour:
    """Make the tour of this campaign and code, or bring it to the plan; an unchanged plan writes nothing.

    Stops are stored in the plan's order. Raises NotAllowed (a stop outside the user's areas), StalePlan (someone
    saved after `plan.version`), ValidationError (faulty fields) or PlanRejected (every conflict of the stops).
    `by` None is the system.
    """
    stored = Tour.objects.select_for_update().filter(campaign_id=plan.campaign_id, code=plan.code).first()
    if stored is not None and plan.version not in {None, stored.version}:
        raise StalePlan(stored.version)
    activities = load_activities(plan)
    check_rights(by, activities.values(), stored)
    tour = stored or Tour(campaign_id=plan.campaign_id, code=plan.code)
    before = None if stored is None else (tour_plan_of(stored), snapshot_of(stored))
    _fill(tour, plan)
    check_stops(plan, tour=tour, activities=activities)
    wanted = replace(plan, depot_id=tour.depot_id, version=None)
    if before is not None and before[0] == wanted:
        return tour
    tour.version += 0 if before is None else 1
    tour.full_clean()
    tour.save()
    _store_stops(tour, plan)
    record_change(
        by=by,
        verb="plan" if before is None else "change",
        subject=tour,
        before=None if before is None else before[1],
        after=snapshot_of(tour),
    )
    return tour


def _fill(tour: Tour, plan: TourPlan) -> None:
    """Put the plan's columns into the row; the depot falls back to the team's own."""
    for name in COLUMNS:
        setattr(tour, name, getattr(plan, name))
    tour.clean_fields(exclude={"depot"})
    if plan.depot_id is None:
        if tour.team.depot_id is None:
            raise ValidationError(
                _("Tour %(code)s has no depot and neither has its team; choose one.") % {"code": plan.code}
            )
        tour.depot_id = tour.team.depot_id


def _store_stops(tour: Tour, plan: TourPlan) -> None:
    """Keep the rows of stops that stay, in their new order; drop those that left."""
    tour.stops.exclude(activity_id__in=[stop.activity_id for stop in plan.stops]).delete()
    tour.stops.update(position=F("position") + ASIDE)
    Stop.objects.bulk_create(
        [
            Stop(tour=tour, position=position, **{name: getattr(stop, name) for name in STOP_COLUMNS})
            for position, stop in enumerate(plan.stops, start=1)
        ],
        update_conflicts=True,
        unique_fields=["activity"],
        update_fields=["position", *(name for name in STOP_COLUMNS if name != "activity_id")],
    )
