"""What every renderer draws from: a frozen Programme and nothing else.

No Django here: a renderer's test builds these by hand. Labels are already in the
reader's language; times are already in Asia/Ho_Chi_Minh.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from events.programme.revision import revision_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.intervals import Interval
    from core.keys import OccurrenceKey

PLACE_IN_TIME = attrgetter("interval.start", "interval.end", "key")
CANCELLED_STATUSES = frozenset({"cancelled", "postponed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A thing by its stable code and the name people read."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLabel:
    """An area as shown: `slug` is the one used in addresses."""

    code: str
    slug: str
    name: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlace:
    """Where an entry happens; `lon` and `lat` are WGS 84 degrees or both None."""

    code: str
    name: str
    lon: float | None
    lat: float | None
    quality: str
    area_name: str

    @property
    def has_point(self) -> bool:
        """Whether it can be drawn on a map."""
        return self.lon is not None and self.lat is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResource:
    """What an entry takes: `kind` is a value of `venues.ResourceKind`."""

    code: str
    kind: str
    name: str


class EntryFacts(NamedTuple):
    """What the entries of one activity share; as a rule they hold one and the same object.

    `kind_label` is in the reader's language, `colour` is "#rrggbb", `url` the path of the activity on this server.
    `title` is the series' own. `notes` is empty for visitors. `contact` is the lead unit's office and its telephone,
    which are public; empty where the office has none.
    """

    code: str
    title: str
    kind: str
    kind_label: str
    all_day: bool
    places: tuple[EntryPlace, ...]
    area: AreaLabel
    unit: Label
    coordinating: tuple[Label, ...]
    resources: tuple[EntryResource, ...]
    campaign: Label
    themes: tuple[Label, ...]
    audiences: tuple[Label, ...]
    colour: str
    description: str
    notes: str
    quantity: str
    is_public: bool
    is_recurring: bool
    sequence: int
    last_modified: datetime
    url: str
    contact: str = ""


class ProgrammeEntry(NamedTuple):
    """One occurrence as every output shows it: five values of its own, and what it shares with its activity's others.

    `interval` is half-open and local; an all-day entry runs from local midnight to
    local midnight. `status_label` is in the reader's language. A tuple, because a province's month holds
    twenty thousand of them; read it by its names.
    """

    key: OccurrenceKey
    interval: Interval
    status: str
    status_label: str
    title: str
    facts: EntryFacts

    @property
    def code(self) -> str:
        """The activity's code in its campaign."""
        return self.facts.code

    @property
    def kind(self) -> str:
        """A value of `ActivityKind`."""
        return self.facts.kind

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language."""
        return self.facts.kind_label

    @property
    def all_day(self) -> bool:
        """Whether it counts in whole days."""
        return self.facts.all_day

    @property
    def places(self) -> tuple[EntryPlace, ...]:
        """Where it happens, in the planner's order."""
        return self.facts.places

    @property
    def area(self) -> AreaLabel:
        """The area it belongs to."""
        return self.facts.area

    @property
    def unit(self) -> Label:
        """The lead unit."""
        return self.facts.unit

    @property
    def coordinating(self) -> tuple[Label, ...]:
        """The coordinating units."""
        return self.facts.coordinating

    @property
    def resources(self) -> tuple[EntryResource, ...]:
        """What it takes."""
        return self.facts.resources

    @property
    def campaign(self) -> Label:
        """The campaign it belongs to."""
        return self.facts.campaign

    @property
    def themes(self) -> tuple[Label, ...]:
        """What it speaks of."""
        return self.facts.themes

    @property
    def audiences(self) -> tuple[Label, ...]:
        """Whom it speaks to."""
        return self.facts.audiences

    @property
    def colour(self) -> str:
        """The colour of its kind, "#rrggbb"."""
        return self.facts.colour

    @property
    def description(self) -> str:
        """What is said about it."""
        return self.facts.description

    @property
    def notes(self) -> str:
        """Internal notes; empty for visitors."""
        return self.facts.notes

    @property
    def quantity(self) -> str:
        """How much of what, as people read it."""
        return self.facts.quantity

    @property
    def is_public(self) -> bool:
        """Whether visitors may see it."""
        return self.facts.is_public

    @property
    def is_recurring(self) -> bool:
        """Whether its activity has other dates."""
        return self.facts.is_recurring

    @property
    def sequence(self) -> int:
        """How often date, place or status changed (RFC 5545 section 3.8.7.4)."""
        return self.facts.sequence

    @property
    def last_modified(self) -> datetime:
        """When its activity was last changed."""
        return self.facts.last_modified

    @property
    def contact(self) -> str:
        """The lead unit's office with its telephone; empty where it has none."""
        return self.facts.contact

    @property
    def url(self) -> str:
        """The path of its page on this server; of a series it names the occurrence."""
        if not self.facts.is_recurring:
            return self.facts.url
        return f"{self.facts.url}?occurrence={str(self.key).rpartition('~')[2]}"

    @property
    def is_off(self) -> bool:
        """Whether it does not take place at the time given (cancelled or postponed)."""
        return self.status in CANCELLED_STATUSES

    @property
    def place_names(self) -> str:
        """The places on one line."""
        places = self.facts.places
        return places[0].name if len(places) == 1 else "; ".join([place.name for place in places])

    def changed(self, **fields: Any) -> ProgrammeEntry:  # noqa: ANN401 -- any field of the entry or of its facts
        """Return the entry with other values of its own fields or of those it shares."""
        own = {name: fields.pop(name) for name in self._fields if name in fields}
        return self._replace(**own)._replace(facts=own.get("facts", self.facts)._replace(**fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The rule of a recurring activity, for renderers that speak of rules.

    `rrule` is RFC 5545 text without the property name, or None where only explicit
    dates exist. `start` and `end` are those of the series' first instance. `rule_dates`
    are all starts the rule itself gives (excluded ones too), `extra_dates` the added
    ones. The entries remain the truth about what takes place.
    """

    uid: str
    start: datetime
    end: datetime
    all_day: bool
    rrule: str | None
    rule_dates: tuple[datetime, ...]
    extra_dates: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All that happens in a window and a scope, as one viewer may see it, in time order.

    `window` None means: from the first to the last occurrence there is.
    """

    window: Interval | None
    entries: tuple[ProgrammeEntry, ...]
    series: tuple[Series, ...] = ()
    revision: str = field(default="")

    @classmethod
    def of(
        cls,
        entries: Iterable[ProgrammeEntry],
        *,
        window: Interval | None = None,
        series: Iterable[Series] = (),
        is_sorted: bool = False,
    ) -> Programme:
        """Sort the entries by PLACE_IN_TIME, unless they are, stamp the revision and freeze."""
        ordered = tuple(entries if is_sorted else sorted(entries, key=PLACE_IN_TIME))
        return cls(
            window=window,
            entries=ordered,
            series=tuple(sorted(series, key=lambda s: s.uid)),
            revision=revision_of(ordered),
        )
