"""What the rules see: plain values, keyed by database id, each table empty unless given.

Moments are whole seconds since 1970 in UTC (`core.clock`), minutes count from local midnight, days are dates, and every
"last" or "to" day is included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from core.clock import to_moment
from core.keys import OccurrenceKey

Span = tuple[int, int, str]  # start, end, reason
WeekHours = Mapping[int, tuple[tuple[int, int], ...]]  # weekday (Monday 0) -> stretches (from minute, to minute)


class ActivityFacts(NamedTuple):
    """One activity, as quick to make as a task.

    `notices` says on which day a paper was sent, by code of its lead time (or "border").
    """

    uid: str
    code: str = ""
    title: str = ""
    kind: str = ""
    campaign_id: int = 0
    area_id: int = 0
    unit_ids: tuple[int, ...] = ()  # the lead unit first
    all_day: bool = False
    expected_audience: int | None = None
    procedures: tuple[str, ...] = ()
    status: str = "confirmed"
    notices: Mapping[str, date] = MappingProxyType({})


class Task(NamedTuple):
    """One occurrence that takes place, positional for speed. Draft, postponed and cancelled ones are not given.

    `is_held` says that it takes its resources; `is_new` marks what is being planned, all tasks of an activity alike:
    only findings that involve a new task are yielded. The whole-plan check marks all as new. `place_ids` are venues in
    the order of the visit; `title` is the occurrence's own or its activity's. Rules are given tasks by start, then end.
    """

    uid: str
    recurrence_id: int
    start: int
    end: int
    resource_ids: tuple[int, ...]
    place_ids: tuple[int, ...]
    activity: ActivityFacts
    is_new: bool
    is_held: bool
    title: str

    @property
    def key(self) -> str:
        """The occurrence's key as written everywhere."""
        return str(OccurrenceKey(self.uid, to_moment(self.recurrence_id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceFacts:
    """What can be taken; `venue_id` and `capacity` (people) where it is a space."""

    name: str
    kind: str = "space"
    venue_id: int | None = None
    capacity: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """A venue; `is_estimate` marks a point that nobody measured or published."""

    name: str
    lon: float | None = None
    lat: float | None = None
    is_estimate: bool = False
    area_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFacts:
    """A campaign's window, both days included."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """A unit and the days on which it exists; None is open."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts:
    """An area and the days on which it exists; `member_ids` are the areas inside a province, district or zone."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    is_border: bool = False
    level: str = "commune"
    member_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTimeFacts:
    """A paper to be sent `days` before; `warn_days` (same unit as `days`) before the last day one is reminded."""

    code: str
    name: str
    days: int
    kind: str = ""
    is_working_days: bool = True
    warn_days: int = 3
    receiver: str = ""
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTraits:
    """What a kind of activity is to the rules."""

    is_loud: bool = False
    is_entertainment: bool = False
    is_gathering: bool = False
    is_big: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFacts:
    """One figure of the law or of the office.

    The rules ask for quiet.night_start and quiet.night_end (hours of the day), quiet.distance_m (metres),
    team.max_evenings, team.max_shows_per_day, team.setup_minutes and team.packing_minutes. Without a figure its check
    is silent; the last two count as 0.
    """

    value: float
    unit: str = ""
    source: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietPlaceFacts:
    """A hospital, school, place of worship or library."""

    name: str
    kind: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """A festival or an observance in one year; no `area_ids`: the whole province. `state` as in `FestivalState`."""

    name: str
    main_day: date
    first_day: date
    last_day: date
    area_ids: frozenset[int] = frozenset()
    is_big: bool = False
    state: str = "computed"


class Mourning(NamedTuple):
    """Days of national mourning, both included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """A mobile team's hours (minutes; a `works_to_min` not after `works_from_min` is past midnight) and day of rest."""

    name: str
    works_from_min: int | None = None
    works_to_min: int | None = None
    rest_weekday: int | None = None
    depot_place_id: int | None = None


class Travel(NamedTuple):
    """A drive; `is_estimate` where road or points are not known for sure."""

    minutes: float
    km: float
    is_estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalFacts:
    """A visual item still planned up: its code, until when it must be down, and the last day it hangs."""

    code: str
    remove_by: date | None
    last_day: date


def no_travel(from_place: int, to_place: int) -> Travel | None:  # noqa: ARG001 - the signature of every travel function
    """Know no road."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Every table a rule asks for. A test gives only what its rule needs.

    `travel` takes two place ids and returns None where it knows no way; closures are sorted by start.
    """

    today: date
    resources: Mapping[int, ResourceFacts] = field(default_factory=dict)
    places: Mapping[int, PlaceFacts] = field(default_factory=dict)
    resource_closures: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    place_closures: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    resource_opening: Mapping[int, WeekHours] = field(default_factory=dict)
    place_opening: Mapping[int, WeekHours] = field(default_factory=dict)
    campaigns: Mapping[int, CampaignFacts] = field(default_factory=dict)
    units: Mapping[int, UnitFacts] = field(default_factory=dict)
    areas: Mapping[int, AreaFacts] = field(default_factory=dict)
    lead_times: tuple[LeadTimeFacts, ...] = ()
    days_off: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()
    kind_traits: Mapping[str, KindTraits] = field(default_factory=dict)
    figures: Mapping[str, FigureFacts] = field(default_factory=dict)
    quiet_places: tuple[QuietPlaceFacts, ...] = ()
    festivals: tuple[DayFacts, ...] = ()
    observances: tuple[DayFacts, ...] = ()
    mourning: tuple[Mourning, ...] = ()
    teams: Mapping[int, TeamFacts] = field(default_factory=dict)
    travel: Callable[[int, int], Travel | None] = no_travel
    removals: Mapping[str, tuple[RemovalFacts, ...]] = field(default_factory=dict)

    def kinds_that(self, trait: str) -> frozenset[str]:
        """Return the kinds that have a trait, named as in `KindTraits`; a kind nobody described has none."""
        return frozenset(kind for kind, traits in self.kind_traits.items() if getattr(traits, trait))
