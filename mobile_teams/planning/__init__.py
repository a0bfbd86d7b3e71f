"""The only writer of teams, vehicles, tours and stops."""

from mobile_teams.commands import StopPlan, TeamPlan, TourPlan, VehiclePlan
from mobile_teams.planning.crews import save_team, save_vehicle
from mobile_teams.planning.snapshots import tour_plan_of
from mobile_teams.planning.tours import save_tour

__all__ = [
    "StopPlan",
    "TeamPlan",
    "TourPlan",
    "VehiclePlan",
    "save_team",
    "save_tour",
    "save_vehicle",
    "tour_plan_of",
]
