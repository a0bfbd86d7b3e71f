"""The only writer of teams, vehicles, tours and stops."""

from mobile_teams.commands import StopPlan, TeamPlan, TourPlan, VehiclePlan

__all__ = ["StopPlan", "TeamPlan", "TourPlan", "VehiclePlan"]
