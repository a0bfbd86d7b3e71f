"""What the conflict rules see of teams and roads; named in `PANO_WORLD_SOURCES`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.geometry import Point
from events.planning.world import SURE_POINTS
from events.rules.facts import PlaceFacts, TeamFacts, Travel
from mobile_teams.models import Team
from mobile_teams.reading import load_graph
from mobile_teams.routing.graph import TravelAssumptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import time

    from events.registries import WorldScope
    from mobile_teams.routing.graph import RoadGraph

MANY = 500  # keys; more are not worth naming in a query


@dataclass(eq=False)
class Drives:
    """How long it takes from venue to venue, asked by their keys; each pair is worked out once.

    The road graph is read when first asked for: most checks ask for no drive. A drive is an estimate where its road is
    one, or where nobody measured or published one of its ends.
    """

    places: Mapping[int, PlaceFacts]
    assumptions: TravelAssumptions = field(default_factory=TravelAssumptions)
    known: dict[tuple[int, int], Travel | None] = field(default_factory=dict)

    @cached_property
    def graph(self) -> RoadGraph:
        """The roads of the database."""
        return load_graph()

    def __call__(self, from_place: int, to_place: int) -> Travel | None:
        """Return the drive, None where an end has no point."""
        pair = (from_place, to_place)
        if pair not in self.known:
            self.known[pair] = self._drive(from_place, to_place)
        return self.known[pair]

    def _drive(self, from_place: int, to_place: int) -> Travel | None:
        start, end = self.places.get(from_place), self.places.get(to_place)
        if start is None or end is None:
            return None
        here, there = _point(start), _point(end)
        if here is None or there is None:
            return None
        leg = self.graph.leg(here, there, assumptions=self.assumptions)
        is_estimate = leg.km > 0 and (leg.is_estimate or start.is_estimate or end.is_estimate)
        return Travel(minutes=leg.minutes, km=leg.km, is_estimate=is_estimate)


def team_facts(scope: WorldScope) -> dict[str, Any]:
    """Return the teams among the resources with their hours, and the drives between the places and their depots.

    One query; the roads are read when first asked for.
    """
    teams: dict[int, TeamFacts] = {}
    places = dict(scope.places)
    for row in _rows(scope):
        key, name, works_from, works_to, rest, depot = row[:6]
        teams[key] = TeamFacts(
            name=name,
            works_from_min=_minutes(works_from),
            works_to_min=_minutes(works_to),
            rest_weekday=rest,
            depot_place_id=depot,
        )
        if depot is not None and depot not in places:
            depot_name, lon, lat, quality = row[6:]
            places[depot] = PlaceFacts(name=depot_name, lon=lon, lat=lat, is_estimate=quality not in SURE_POINTS)
    return {"teams": teams, "travel": Drives(places)}


def _rows(scope: WorldScope) -> Iterable[tuple[Any, ...]]:
    if not scope.resource_ids:
        return ()
    rows = Team.objects.order_by()
    if len(scope.resource_ids) <= MANY:
        rows = rows.filter(resource__in=scope.resource_ids)
    return rows.values_list(
        "resource_id", "resource__name", "works_from", "works_to", "rest_weekday", "depot_id",
        "depot__name", "depot__lon", "depot__lat", "depot__point_quality",
    )  # fmt: skip


def _minutes(clock: time | None) -> int | None:
    return None if clock is None else clock.hour * 60 + clock.minute


def _point(place: PlaceFacts) -> Point | None:
    return None if place.lon is None or place.lat is None else Point(place.lon, place.lat)
