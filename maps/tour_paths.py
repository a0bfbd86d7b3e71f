"""A tour's way over the map: from the depot over the road graph's nodes to each stop in order, and home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.outputs.layers import when_text
from maps.outputs.pins import TourPath, TourStop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.geometry import Point
    from mobile_teams.reading import StopReading, TourReading
    from mobile_teams.routing.evaluate import DayPlan
    from mobile_teams.routing.graph import Leg


def tour_path(reading: TourReading, nodes: Mapping[str, Point]) -> TourPath:
    """Return what the map draws of a tour; `nodes` are the road graph's, by name."""
    tour, evaluation = reading.tour, reading.evaluation
    home = _point(tour.depot.lon, tour.depot.lat)
    driven = [point for day in evaluation.days for point in _driven(day, home, nodes)]
    has_legs = any(day.legs for day in evaluation.days)
    return TourPath(
        key=f"tour-{tour.pk}",
        name=tour.name,
        team=tour.team.resource.name,
        depot=tour.depot.name,
        line=tuple(driven),
        stops=tuple(_stop(stop) for stop in reading.stops),
        km=evaluation.km if has_legs else None,
        is_estimate=evaluation.is_estimate or not evaluation.is_complete,
        url=tour.get_absolute_url(),
    )


def _driven(
    day: DayPlan, home: tuple[float, float] | None, nodes: Mapping[str, Point]
) -> Iterator[tuple[float, float]]:
    """Yield the points of a day's legs in order; a stop that is not driven to is passed over."""
    if day.legs and day.origin.point is not None:
        yield day.origin.point.lon, day.origin.point.lat
    for visit in day.visits:
        place = visit.task.place.point
        if visit.leg is not None and place is not None:
            yield from _via(visit.leg, nodes)
            yield place.lon, place.lat
    if day.way_back is not None and home is not None:
        yield from _via(day.way_back, nodes)
        yield home


def _via(leg: Leg, nodes: Mapping[str, Point]) -> Iterator[tuple[float, float]]:
    for name in leg.via:
        yield nodes[name].lon, nodes[name].lat


def _stop(stop: StopReading) -> TourStop:
    place = stop.place
    return TourStop(
        number=stop.number,
        title=stop.entry.title,
        when=when_text(stop.entry),
        place=stop.entry.place_names,
        is_off=stop.entry.is_off,
        point=None if place is None else _point(place.lon, place.lat),
    )


def _point(lon: float | None, lat: float | None) -> tuple[float, float] | None:
    return None if lon is None or lat is None else (lon, lat)
