"""The verbs that change teams and vehicles."""

from __future__ import annotations

from dataclasses import asdict
from datetime import time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from mobile_teams.commands import TeamPlan, VehiclePlan
from mobile_teams.models import Team, Vehicle
from units.audit import record_change
from units.permissions import viewer_of
from venues.models import Resource, ResourceKind

if TYPE_CHECKING:
    from units.models import User


@transaction.atomic
def save_team(*, plan: TeamPlan, by: User | None) -> Team:
    """Make the team of this code with its resource, or bring both to the plan; unchanged plans write nothing.

    Administrators only (NotAllowed); ValidationError where a field is wrong. `by` None is the system.
    """
    _check_rights(by)
    team = Team.objects.select_related("resource").filter(resource__code=plan.code).first()
    before = None if team is None else _team_plan_of(team)
    if team is not None and before == plan:
        return team
    resource = _save_resource(team.resource if team else None, plan=plan, kind=ResourceKind.TEAM)
    team = team or Team(resource=resource)
    team.unit_id, team.depot_id, team.size = plan.unit_id, plan.depot_id, plan.size
    team.works_from, team.works_to, team.rest_weekday = plan.works_from, plan.works_to, plan.rest_weekday
    _store(team, plan=plan, before=before, by=by)
    return team


@transaction.atomic
def save_vehicle(*, plan: VehiclePlan, by: User | None) -> Vehicle:
    """Make the vehicle of this code with its resource, or bring both to the plan; as `save_team`."""
    _check_rights(by)
    vehicle = Vehicle.objects.select_related("resource").filter(resource__code=plan.code).first()
    before = None if vehicle is None else _vehicle_plan_of(vehicle)
    if vehicle is not None and before == plan:
        return vehicle
    resource = _save_resource(vehicle.resource if vehicle else None, plan=plan, kind=ResourceKind.VEHICLE)
    vehicle = vehicle or Vehicle(resource=resource)
    vehicle.unit_id, vehicle.plate, vehicle.kind = plan.unit_id, plan.plate, plan.kind
    _store(vehicle, plan=plan, before=before, by=by)
    return vehicle


def _check_rights(by: User | None) -> None:
    if by is not None and not viewer_of(by).is_administrator:
        raise NotAllowed(_("Only an administrator may change teams and vehicles."))


def _save_resource(resource: Resource | None, *, plan: TeamPlan | VehiclePlan, kind: str) -> Resource:
    resource = resource or Resource(code=plan.code, kind=kind)
    resource.name = plan.name
    resource.full_clean()
    resource.save()
    return resource


def _store(
    row: Team | Vehicle, *, plan: TeamPlan | VehiclePlan, before: TeamPlan | VehiclePlan | None, by: User | None
) -> None:
    row.full_clean()
    row.save()
    record_change(
        by=by,
        verb="plan" if before is None else "change",
        subject=row,
        before=None if before is None else _snapshot(before),
        after=_snapshot(plan),
    )


def _snapshot(plan: TeamPlan | VehiclePlan) -> dict[str, Any]:
    """The plan as the audit trail keeps it."""
    return {name: f"{value:%H:%M}" if isinstance(value, time) else value for name, value in asdict(plan).items()}


def _team_plan_of(team: Team) -> TeamPlan:
    return TeamPlan(
        code=team.resource.code,
        name=team.resource.name,
        unit_id=team.unit_id,
        depot_id=team.depot_id,
        size=team.size,
        works_from=team.works_from,
        works_to=team.works_to,
        rest_weekday=team.rest_weekday,
    )


def _vehicle_plan_of(vehicle: Vehicle) -> VehiclePlan:
    return VehiclePlan(
        code=vehicle.resource.code,
        name=vehicle.resource.name,
        unit_id=vehicle.unit_id,
        plate=vehicle.plate,
        kind=vehicle.kind,
    )
