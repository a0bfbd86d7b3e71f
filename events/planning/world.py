"""Everything the conflict rules ask for, loaded for the tasks they look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from core.clock import DAY, DAY_MINUTES, to_moment
from events.models import Campaign, DayOff, Figure, KindTrait, LeadTime, MourningPeriod
from events.planning.epochs import EpochSeconds
from events.registries import WorldScope, world_facts
from events.rules.facts import (
    AreaFacts,
    CampaignFacts,
    FigureFacts,
    KindTraits,
    LeadTimeFacts,
    Mourning,
    PlaceFacts,
    QuietPlaceFacts,
    ResourceFacts,
    Span,
    UnitFacts,
    WeekHours,
    World,
)
from units.models import Unit
from venues.models import Area, AreaLevel, Closure, OpeningHours, PointQuality, QuietPlace, Resource, Venue

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.rules.facts import Task

MANY: Final = 500  # keys; more are not worth naming in a query
Rows = Iterable[tuple[Any, ...]]  # of a query: the type of each column is its field's
SURE_POINTS: Final = (PointQuality.SURVEYED, PointQuality.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What the tasks touch."""

    ends: dict[str, int]
    first: int
    last: int
    resource_ids: frozenset[int]
    place_ids: frozenset[int]
    unit_ids: frozenset[int]
    campaign_ids: frozenset[int]
    kinds: frozenset[str]

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> Reach:
        """Look through the tasks once; there is at least one."""
        ends: dict[str, int] = {}
        activities = {}
        resources: set[tuple[int, ...]] = set()
        places: set[tuple[int, ...]] = set()
        for uid, _recurrence_id, _start, end, taken, venues, activity, *_rest in tasks:
            activities[uid] = activity
            resources.add(taken)
            places.add(venues)
            if ends.get(uid, 0) < end:
                ends[uid] = end
        found = activities.values()
        return cls(
            ends=ends,
            first=min(task.start for task in tasks),
            last=max(ends.values()),
            resource_ids=frozenset().union(*resources),
            place_ids=frozenset().union(*places),
            unit_ids=frozenset().union(*{activity.unit_ids for activity in found}),
            campaign_ids=frozenset(activity.campaign_id for activity in found),
            kinds=frozenset(activity.kind for activity in found),
        )


def load_world(tasks: Sequence[Task], *, today: date) -> World:
    """Return what the rules may ask of these tasks; a constant number of queries, fewer where a table cannot matter."""
    if not tasks:
        return World(today=today)
    reach = Reach.of(tasks)
    resources = _resources(reach.resource_ids)
    venue_ids = reach.place_ids | {facts.venue_id for facts in resources.values() if facts.venue_id is not None}
    places = _places(venue_ids)
    traits = _traits()
    return World(
        today=today,
        resources=resources,
        places=places,
        campaigns=_campaigns(reach.campaign_ids),
        units=_units(reach.unit_ids),
        areas=_areas(),
        lead_times=_lead_times(),
        kind_traits=traits,
        figures=_figures(),
        quiet_places=_quiet_places() if any(traits[kind].is_loud for kind in reach.kinds & traits.keys()) else (),
        **_limits(reach, venue_ids),
        **_days(reach),
        **world_facts(WorldScope(ends=reach.ends, resource_ids=reach.resource_ids, places=places)),
    )


def _named(rows: QuerySet[Any], ids: frozenset[int], field: str = "id") -> QuerySet[Any]:
    """Only the rows of these keys, unless there are too many to name."""
    return rows.order_by() if len(ids) > MANY else rows.order_by().filter(**{f"{field}__in": ids})


def _resources(ids: frozenset[int]) -> dict[int, ResourceFacts]:
    if not ids:
        return {}
    rows = _named(Resource.objects.all(), ids)
    columns = rows.values_list(
        "id", "name", "kind", "space__venue_id", "space__capacity", "team__unit_id", "vehicle__unit_id"
    )
    return {
        key: ResourceFacts(name=name, kind=kind, venue_id=venue, capacity=capacity, unit_id=team_unit or vehicle_unit)
        for key, name, kind, venue, capacity, team_unit, vehicle_unit in columns
    }


def _places(ids: frozenset[int]) -> dict[int, PlaceFacts]:
    if not ids:
        return {}
    rows = _named(Venue.objects.all(), ids).values_list("id", "name", "lon", "lat", "point_quality", "area_id")
    return {
        key: PlaceFacts(name=name, lon=lon, lat=lat, is_estimate=quality not in SURE_POINTS, area_id=area)
        for key, name, lon, lat, quality, area in rows
    }


def _campaigns(ids: frozenset[int]) -> dict[int, CampaignFacts]:
    rows = _named(Campaign.objects.all(), ids).values_list("id", "name", "starts_on", "ends_on")
    return {key: CampaignFacts(name=name, first_day=first, last_day=last) for key, name, first, last in rows}


def _units(ids: frozenset[int]) -> dict[int, UnitFacts]:
    rows = _named(Unit.objects.all(), ids).values_list("id", "name", "valid_from", "valid_to")
    return {key: UnitFacts(name=name, valid_from=first, valid_to=last) for key, name, first, last in rows}


def _areas() -> dict[int, AreaFacts]:
    """All areas: a province or district stands for what lies inside it, a zone for its members."""
    rows = list(
        Area.objects.order_by().values_list("id", "name", "valid_from", "valid_to", "is_border", "level", "parent_id")
    )
    inside: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row[6] is not None:
            inside[row[6]].add(row[0])
    links = Area.members.through._default_manager.order_by().values_list("from_area_id", "to_area_id")
    for zone, member in links:
        inside[zone].add(member)
    return {
        row[0]: AreaFacts(
            name=row[1],
            valid_from=row[2],
            valid_to=row[3],
            is_border=row[4],
            level=row[5],
            member_ids=frozenset() if row[5] == AreaLevel.COMMUNE else frozenset(_all_inside(row[0], inside)),
        )
        for row in rows
    }


def _all_inside(area: int, inside: defaultdict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = list(inside.get(area, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += inside.get(each, ())
    return found


def _traits() -> dict[str, KindTraits]:
    flags = ("is_loud", "is_entertainment", "is_gathering", "is_big")
    rows = KindTrait.objects.order_by().values_list("kind", *flags)
    return {kind: KindTraits(**dict(zip(flags, values, strict=True))) for kind, *values in rows}


def _figures() -> dict[str, FigureFacts]:
    rows = Figure.objects.filter(is_active=True).order_by()
    return {
        code: FigureFacts(value=float(value), unit=unit, source=source, checked_on=checked_on)
        for code, value, unit, source, checked_on in rows.values_list("code", "value", "unit", "source", "checked_on")
    }


def _lead_times() -> tuple[LeadTimeFacts, ...]:
    names = (
        "code", "name", "days", "kind", "is_working_days", "warn_days", "receiver", "source", "checked_on",
    )  # fmt: skip
    rows = LeadTime.objects.filter(is_active=True).order_by("code").values_list(*names)
    return tuple(LeadTimeFacts(**dict(zip(names, row, strict=True))) for row in rows)


def _quiet_places() -> tuple[QuietPlaceFacts, ...]:
    places = QuietPlace.objects.filter(is_active=True, lon__isnull=False).order_by("name", "id")
    rows: Rows = places.values_list("name", "kind", "lon", "lat")
    return tuple(QuietPlaceFacts(name=name, kind=kind, lon=lon, lat=lat) for name, kind, lon, lat in rows)


def _limits(reach: Reach, venue_ids: frozenset[int]) -> dict[str, Any]:
    """Closures within the tasks' time and opening hours, of venues and of resources."""
    ours = Q()
    if len(venue_ids) + len(reach.resource_ids) <= MANY:
        ours = Q(venue__in=venue_ids) | Q(resource__in=reach.resource_ids)
    closed = Closure.objects.filter(ours, start__lt=to_moment(reach.last), end__gt=to_moment(reach.first))
    shut: dict[str, defaultdict[int, tuple[Span, ...]]] = {
        "resource_closures": defaultdict(tuple),
        "place_closures": defaultdict(tuple),
    }
    rows: Rows = closed.order_by("start", "id").values_list(
        "venue_id", "resource_id", EpochSeconds("start"), EpochSeconds("end"), "reason"
    )
    for venue, resource, start, end, reason in rows:
        if venue is None:
            shut["resource_closures"][resource] += ((start, end, reason),)
        else:
            shut["place_closures"][venue] += ((start, end, reason),)
    return {**{name: dict(table) for name, table in shut.items()}, **_opening(ours)}


def _opening(ours: Q) -> dict[str, dict[int, WeekHours]]:
    resources: defaultdict[int, dict[int, tuple[tuple[int, int], ...]]] = defaultdict(dict)
    places: defaultdict[int, dict[int, tuple[tuple[int, int], ...]]] = defaultdict(dict)
    found = OpeningHours.objects.filter(ours).order_by("weekday", "opens")
    rows: Rows = found.values_list("venue_id", "resource_id", "weekday", "opens", "closes")
    for venue, resource, weekday, opens, closes in rows:
        hours = resources[resource] if venue is None else places[venue]
        stretch = (opens.hour * 60 + opens.minute, _closing(closes))
        hours[weekday] = (*hours.get(weekday, ()), stretch)
    return {"resource_opening": dict(resources), "place_opening": dict(places)}


def _closing(clock: time) -> int:
    """The minute of the day; 23:59, the last a form takes, stands for midnight."""
    minute = clock.hour * 60 + clock.minute
    return DAY_MINUTES if minute == DAY_MINUTES - 1 else minute


def _days(reach: Reach) -> dict[str, Any]:
    """Days off, mourning, festivals and observances around the tasks' time."""
    first, last = (to_moment(moment).date() for moment in (reach.first - DAY, reach.last + DAY))
    off: set[date] = set()
    worked: set[date] = set()
    for day, is_working in DayOff.objects.order_by().values_list("day", "is_working"):
        (worked if is_working else off).add(day)
    mourning = MourningPeriod.objects.filter(first_day__lte=last, last_day__gte=first).order_by("first_day", "id")
    return {
        "days_off": frozenset(off),
        "working_weekends": frozenset(worked),
        "mourning": tuple(Mourning(*row) for row in mourning.values_list("first_day", "last_day", "name")),
    }
