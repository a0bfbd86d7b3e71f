"""The teams and vehicles that ship with the product, brought into the database."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from mobile_teams.commands import TeamPlan, VehiclePlan
from mobile_teams.planning import save_team, save_vehicle
from units.models import Unit
from venues.models import Resource, Venue

if TYPE_CHECKING:
    from units.models import User

FOLDER = Path(__file__).parent / "reference"


def load_teams(*, refresh: bool = False, by: User | None = None) -> dict[str, int]:
    """Make the teams and vehicles that are missing; return the number made. Running it again writes nothing.

    With `refresh`, rows that people changed are set back. Units and venues must be there (KeyError names the code that
    is not).
    """
    kept = set() if refresh else set(Resource.objects.values_list("code", flat=True))
    teams = [row for row in _rows("teams.csv") if row["code"] not in kept]
    vehicles = [row for row in _rows("vehicles.csv") if row["code"] not in kept]
    units = dict(Unit.objects.values_list("code", "pk"))
    venues = dict(Venue.objects.values_list("code", "pk"))
    for row in teams:
        depot = row["depot_venue_code"]
        plan = TeamPlan(
            code=row["code"],
            name=row["name"],
            unit_id=units[row["unit_code"]],
            depot_id=venues[depot] if depot else None,
            size=int(row["size"]) if row["size"] else None,
        )
        save_team(plan=plan, by=by)
    for row in vehicles:
        vehicle = VehiclePlan(
            code=row["code"],
            name=row["name"],
            unit_id=units[row["unit_code"]],
            plate=row["plate"],
            kind=row["kind"],
        )
        save_vehicle(plan=vehicle, by=by)
    return {"đội và xe lưu động": len(teams) + len(vehicles)}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
