"""A tour as a viewer may see it: its stops through the Programme, its drive through the road graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from core.geometry import Point
from events.programme import Scope, load_programme
from events.programme.entries import Programme
from mobile_teams.models import Tour
from mobile_teams.querysets import with_crew_and_stops
from mobile_teams.routing.evaluate import Evaluation, RouteProblem, StopTask, StopVisit, Waypoint, evaluate
from mobile_teams.routing.graph import Road, RoadGraph, TravelAssumptions
from venues.models import RoadEdge, RoadNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from events.programme.entries import EntryPlace, ProgrammeEntry
    from mobile_teams.models import Stop
    from mobile_teams.routing.evaluate import DayPlan
    from units.permissions import Viewer
    from venues.models import Venue

UNSURE_CONFIDENCE = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewDetails:
    """What only people who work in some unit may see; all empty for a visitor."""

    contact_name: str = ""
    contact_phone: str = ""
    lodging: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReading:
    """One stop: its number, its entry of the Programme, its drive, and what the crew must know."""

    number: int
    entry: ProgrammeEntry
    visit: StopVisit
    place: EntryPlace | None
    problems: tuple[str, ...]
    is_border: bool
    running_order: str
    rain_plan: str
    power: str
    expected_audience: int | None
    quantity_source: str
    details: CrewDetails

    @property
    def commune(self) -> str:
        """The name of the area the place lies in."""
        return self.place.area_name if self.place else self.entry.area.name


@dataclass(frozen=True, slots=True, kw_only=True)
class TourReading:
    """A tour with the stops the viewer may see, in the planner's order, and their evaluation.

    `plate` and `note` are empty for a visitor; `is_internal` says which edition this is. `revision` changes with the
    entries shown and with the tour's own version.
    """

    tour: Tour
    stops: tuple[StopReading, ...]
    evaluation: Evaluation
    assumptions: TravelAssumptions
    revision: str
    is_internal: bool
    plate: str
    note: str

    @property
    def days(self) -> tuple[tuple[DayPlan, tuple[StopReading, ...]], ...]:
        """Each day's drive with the stops of that day, in order."""
        stops = iter(self.stops)
        return tuple((day, tuple(islice(stops, len(day.visits)))) for day in self.evaluation.days)

    @property
    def first_day(self) -> date:
        """The first day of the tour."""
        return min(day.day for day in self.evaluation.days)

    @property
    def last_day(self) -> date:
        """The last day of the tour."""
        return max(day.day for day in self.evaluation.days)

    @property
    def text(self) -> str:
        """What a search looks through."""
        places = (stop.visit.task.place.name for stop in self.stops)
        communes = (stop.commune for stop in self.stops)
        return " ".join((self.tour.code, self.tour.name, str(self.tour.team), *places, *communes))


def load_tour(*, key: int, viewer: Viewer) -> TourReading | None:
    """Return the tour, None when there is none of that key or the viewer may see none of its stops."""
    found = load_tours(tours=Tour.objects.filter(pk=key), viewer=viewer)
    return found[0] if found else None


def load_tours(*, tours: QuerySet[Tour], viewer: Viewer) -> list[TourReading]:
    """Return the tours of which the viewer may see at least one stop; a constant number of queries."""
    rows = list(with_crew_and_stops(tours))
    uids = tuple(stop.activity.uid for tour in rows for stop in tour.stops.all())
    if not uids:
        return []
    entries: dict[str, ProgrammeEntry] = {}
    for entry in load_programme(window=None, scope=Scope(uids=uids), viewer=viewer).entries:
        entries.setdefault(entry.key.uid, entry)
    graph = load_graph()
    readings = [_read(tour, entries=entries, graph=graph, is_internal=viewer.is_staff_member) for tour in rows]
    return [reading for reading in readings if reading.stops]


def load_graph() -> RoadGraph:
    """Return the road graph of the database; two queries. It is made anew only when its rows are others."""
    nodes = RoadNode.objects.order_by("name").values_list("name", "lon", "lat")
    edges = RoadEdge.objects.order_by("id").values_list("start__name", "end__name", "road", "km", "confidence")
    return _graph_of(tuple(nodes), tuple(edges))


@lru_cache(maxsize=2)
def _graph_of(nodes: tuple[tuple[Any, ...], ...], edges: tuple[tuple[Any, ...], ...]) -> RoadGraph:
    roads = (
        Road(start=start, end=end, name=road, km=km, is_sure=confidence != UNSURE_CONFIDENCE)
        for start, end, road, km, confidence in edges
    )
    return RoadGraph.of({name: Point(lon, lat) for name, lon, lat in nodes}, roads)


def _read(tour: Tour, *, entries: Mapping[str, ProgrammeEntry], graph: RoadGraph, is_internal: bool) -> TourReading:
    shown = [(stop, entries[stop.activity.uid]) for stop in tour.stops.all() if stop.activity.uid in entries]
    problem = RouteProblem(
        depot=_depot(tour.depot),
        stops=tuple(_task(stop, entry) for stop, entry in shown),
        graph=graph,
        departs_at=tour.departs_at,
    )
    evaluation = evaluate(problem)
    revision = Programme.of(entry for _stop, entry in shown).revision
    return TourReading(
        tour=tour,
        stops=tuple(
            _stop_reading(stop, entry=entry, evaluation=evaluation, index=index, is_internal=is_internal)
            for index, (stop, entry) in enumerate(shown)
        ),
        evaluation=evaluation,
        assumptions=problem.assumptions,
        revision=f"{revision}-{tour.version}",
        is_internal=is_internal,
        plate=tour.vehicle.plate if is_internal and tour.vehicle else "",
        note=tour.note if is_internal else "",
    )


def _stop_reading(
    stop: Stop, *, entry: ProgrammeEntry, evaluation: Evaluation, index: int, is_internal: bool
) -> StopReading:
    details = CrewDetails(
        contact_name=stop.contact_name,
        contact_phone=stop.contact_phone,
        lodging=stop.lodging,
        note=stop.note,
    )
    return StopReading(
        number=stop.position,
        entry=entry,
        visit=evaluation.visits[index],
        place=_place(entry.places),
        problems=tuple(found.message for found in evaluation.violations if found.stop == entry.key.uid),
        is_border=any(_is_border(place.venue) for place in stop.activity.places.all() if place.venue),
        running_order=stop.running_order,
        rain_plan=stop.rain_plan,
        power=stop.power,
        expected_audience=stop.expected_audience,
        quantity_source=stop.quantity_source,
        details=details if is_internal else CrewDetails(),
    )


def _task(stop: Stop, entry: ProgrammeEntry) -> StopTask:
    place = _place(entry.places)
    return StopTask(
        key=entry.key.uid,
        place=Waypoint(name=place.name if place else entry.area.name, point=_point(place)),
        show=entry.interval,
        setup_minutes=stop.setup_minutes,
        is_off=entry.is_off,
    )


def _place(places: Iterable[EntryPlace]) -> EntryPlace | None:
    """Return the place to drive to: the first with a point, else the first there is."""
    return min(places, key=lambda place: not place.has_point, default=None)


def _is_border(venue: Venue) -> bool:
    """Whether the venue's commune touches the border, or went into one that does; only the edition of 2025 is known."""
    return venue.area.is_border or (venue.successor_area is not None and venue.successor_area.is_border)


def _point(place: EntryPlace | Venue | None) -> Point | None:
    if place is None or place.lon is None or place.lat is None:
        return None
    return Point(place.lon, place.lat)


def _depot(venue: Venue) -> Waypoint:
    return Waypoint(name=venue.name, point=_point(venue))
