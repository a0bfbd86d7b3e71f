"""Everything the conflict rules ask for, loaded for the tasks they look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from core.clock import DAY_MINUTES, last_local_day, local_day, to_moment
from events.models import Campaign, Figure, KindTrait, LeadTime
from events.planning.calendar import load_days, load_working_days
from events.planning.epochs import EpochSeconds
from events.planning.fixed_queries import FixedQuery
from events.registries import WorldScope, world_facts
from events.rules.facts import (
    AreaFacts,
    CampaignFacts,
    FigureFacts,
    KindTraits,
    LeadTimeFacts,
    PlaceFacts,
    QuietPlaceFacts,
    ResourceFacts,
    Span,
    UnitFacts,
    WeekHours,
    World,
)
from units.models import Unit
from venues.models import (
    Area,
    AreaLevel,
    Closure,
    OpeningHours,
    PointQuality,
    QuietPlace,
    Resource,
    ResourceKind,
    Venue,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.rules.facts import Task

MANY: Final = 500  # keys; more are not worth naming in a query
Rows = Iterable[tuple[Any, ...]]  # of a query: the type of each column is its field's
SURE_POINTS: Final = (PointQuality.SURVEYED, PointQuality.PUBLISHED)

TRAITS: Final = FixedQuery(
    KindTrait.objects.order_by().values_list("kind", "is_loud", "is_entertainment", "is_gathering", "is_big")
)
FIGURES: Final = FixedQuery(
    Figure.objects.filter(is_active=True).order_by().values_list("code", "value", "unit", "source", "checked_on")
)
LEAD_TIME_FIELDS: Final = (
    "code", "name", "days", "kind", "is_working_days", "warn_days", "receiver", "source", "checked_on",
)  # fmt: skip
LEAD_TIMES: Final = FixedQuery(LeadTime.objects.filter(is_active=True).order_by("code").values_list(*LEAD_TIME_FIELDS))
QUIET_PLACES: Final = FixedQuery(
    QuietPlace.objects.filter(is_active=True, lon__isnull=False)
    .order_by("name", "id")
    .values_list("name", "kind", "lon", "lat")
)


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
    area_ids: frozenset[int]
    kinds: frozenset[str]
    procedures: frozenset[str]

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last local day."""
        return date.fromordinal(local_day(self.first)), date.fromordinal(last_local_day(self.last))

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
            area_ids=frozenset(activity.area_id for activity in found),
            kinds=frozenset(activity.kind for activity in found),
            procedures=frozenset().union(*{activity.procedures for activity in found}),
        )


def load_world(tasks: Sequence[Task], *, today: date) -> World:
    """Return what the rules may ask of these tasks; a constant number of queries, fewer where a table cannot matter."""
    if not tasks:
        return World(today=today)
    reach = Reach.of(tasks)
    resources = _resources(reach.resource_ids)
    venue_ids = reach.place_ids | {facts.venue_id for facts in resources.values() if facts.venue_id is not None}
    places = _places(venue_ids)
    return World(
        today=today,
        resources=resources,
        places=places,
        campaigns=_campaigns(reach.campaign_ids),
        units=_units(reach.unit_ids),
        areas=_areas(reach.area_ids | {place.area_id for place in places.values() if place.area_id is not None}),
        figures=_figures(),
        **_limits(reach, venue_ids),
        **_papers(reach),
        **_public_life(reach, resources),
        **world_facts(WorldScope(ends=reach.ends, resource_ids=reach.resource_ids, places=places)),
    )


def _papers(reach: Reach) -> dict[str, Any]:
    """The papers that these activities need, and the working days by which they are counted."""
    lead_times = tuple(each for each in _lead_times() if each.kind in reach.kinds or each.code in reach.procedures)
    return {"lead_times": lead_times, **(load_working_days(*reach.days) if lead_times else {})}


def _public_life(reach: Reach, resources: Mapping[int, ResourceFacts]) -> dict[str, Any]:
    """What their kinds are, and what that lets them meet: places that ask for quiet, festivals, mourning."""
    traits = {kind: each for kind, each in _traits().items() if kind in reach.kinds}
    gathers = any(each.is_big or each.is_gathering or each.is_entertainment for each in traits.values())
    gathers = gathers or any(each.kind == ResourceKind.TEAM for each in resources.values())
    return {
        "kind_traits": traits,
        "quiet_places": _quiet_places() if any(each.is_loud for each in traits.values()) else (),
        **(load_days(*reach.days) if gathers else {}),
    }


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
    """The venues; each lies in the area of today, for only of that is it known whether it touches the border."""
    if not ids:
        return {}
    columns = ("id", "name", "lon", "lat", "point_quality", "area_id", "successor_area_id")
    return {
        key: PlaceFacts(name=name, lon=lon, lat=lat, is_estimate=quality not in SURE_POINTS, area_id=successor or area)
        for key, name, lon, lat, quality, area, successor in _named(Venue.objects.all(), ids).values_list(*columns)
    }


def _campaigns(ids: frozenset[int]) -> dict[int, CampaignFacts]:
    rows = _named(Campaign.objects.all(), ids).values_list("id", "name", "starts_on", "ends_on")
    return {key: CampaignFacts(name=name, first_day=first, last_day=last) for key, name, first, last in rows}


def _units(ids: frozenset[int]) -> dict[int, UnitFacts]:
    rows = _named(Unit.objects.all(), ids).values_list("id", "name", "valid_from", "valid_to")
    return {key: UnitFacts(name=name, valid_from=first, valid_to=last) for key, name, first, last in rows}


def _areas(ids: frozenset[int]) -> dict[int, AreaFacts]:
    """The areas; a province or district stands for what lies inside it, a zone for its members."""
    columns = ("id", "name", "valid_from", "valid_to", "is_border", "level")
    rows = list(_named(Area.objects.all(), ids).values_list(*columns))
    inside = {} if all(row[5] == AreaLevel.COMMUNE for row in rows) else _inside()
    return {
        row[0]: AreaFacts(
            name=row[1],
            valid_from=row[2],
            valid_to=row[3],
            is_border=row[4],
            level=row[5],
            member_ids=frozenset(_all_inside(row[0], inside)),
        )
        for row in rows
    }


def _inside() -> dict[int, set[int]]:
    """What each area holds, one level down."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for area, parent in Area.objects.filter(parent__isnull=False).order_by().values_list("id", "parent_id"):
        found[parent].add(area)
    links = Area.members.through._default_manager.order_by().values_list("from_area_id", "to_area_id")
    for zone, member in links:
        found[zone].add(member)
    return found


def _all_inside(area: int, inside: Mapping[int, set[int]]) -> set[int]:
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
    return {kind: KindTraits(**dict(zip(flags, values, strict=True))) for kind, *values in TRAITS.read()}


def _figures() -> dict[str, FigureFacts]:
    return {
        code: FigureFacts(value=float(value), unit=unit, source=source, checked_on=checked_on)
        for code, value, unit, source, checked_on in FIGURES.read()
    }


def _lead_times() -> list[LeadTimeFacts]:
    return [LeadTimeFacts(**dict(zip(LEAD_TIME_FIELDS, row, strict=True))) for row in LEAD_TIMES.read()]


def _quiet_places() -> tuple[QuietPlaceFacts, ...]:
    return tuple(
        QuietPlaceFacts(name=name, kind=kind, lon=lon, lat=lat) for name, kind, lon, lat in QUIET_PLACES.read()
    )


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
