"""A tour as a plan, and as the readable snapshot the audit trail keeps."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from core.vietnamese import format_time
from mobile_teams.commands import StopPlan, TourPlan

if TYPE_CHECKING:
    from mobile_teams.models import Stop, Tour

STOP_COLUMNS = tuple(field.name for field in fields(StopPlan))


def tour_plan_of(tour: Tour) -> TourPlan:
    """The tour as stored: saving it again changes nothing. `version` stays None; it is the editor's to give."""
    return TourPlan(
        campaign_id=tour.campaign_id,
        code=tour.code,
        name=tour.name,
        team_id=tour.team_id,
        vehicle_id=tour.vehicle_id,
        depot_id=tour.depot_id,
        departs_at=tour.departs_at,
        note=tour.note,
        stops=tuple(_stop_plan_of(stop) for stop in tour.stops.order_by("position")),
    )


def snapshot_of(tour: Tour) -> dict[str, Any]:
    """What the audit trail keeps: every field as people read it, JSON-ready, plus the version."""
    stops = tour.stops.select_related("activity__event").order_by("position")
    return {
        "version": tour.version,
        "code": tour.code,
        "name": tour.name,
        "team": str(tour.team),
        "vehicle": str(tour.vehicle or ""),
        "depot": str(tour.depot),
        "departs_at": format_time(tour.departs_at) if tour.departs_at else "",
        "note": tour.note,
        "stops": [_stop_snapshot(stop) for stop in stops],
    }


def _stop_plan_of(stop: Stop) -> StopPlan:
    return StopPlan(**{name: getattr(stop, name) for name in STOP_COLUMNS})


def _stop_snapshot(stop: Stop) -> dict[str, Any]:
    return {**asdict(_stop_plan_of(stop)), "activity": str(stop.activity)}
