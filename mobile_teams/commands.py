"""The frozen commands that forms and spreadsheets turn into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPlan:
    """A mobile information team; `code` is its resource's and says which one is meant.

    `size` is the number of people, the driver included. Hours that end before they begin reach past midnight;
    `rest_weekday` counts from Monday 0.
    """

    code: str
    name: str
    unit_id: int
    depot_id: int | None = None
    size: int | None = None
    works_from: time | None = None
    works_to: time | None = None
    rest_weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VehiclePlan:
    """A vehicle of a unit; `code` is its resource's and says which one is meant."""

    code: str
    name: str
    unit_id: int
    plate: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPlan:
    """One stop: the mobile-team activity that happens there, and what the crew must know.

    `running_order` holds one item a line or between semicolons, with its minutes ("Múa 10 phút; Kịch 20 phút").
    `expected_audience` that the letter does not give says so in `quantity_source`.
    """

    activity_id: int
    setup_minutes: int = 60
    running_order: str = ""
    rain_plan: str = ""
    power: str = ""
    lodging: str = ""
    expected_audience: int | None = None
    quantity_source: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPlan:
    """A whole tour with its stops in the order they are driven.

    (`campaign_id`, `code`) says which tour is meant; one that does not exist is made.
    `depot_id` None means the team's own depot. `version` is the one the editor last saw,
    None where there was no editor (an import).
    """

    campaign_id: int
    code: str
    name: str
    team_id: int
    vehicle_id: int | None = None
    depot_id: int | None = None
    departs_at: time | None = None
    note: str = ""
    stops: tuple[StopPlan, ...] = ()
    version: int | None = None
