"""What every renderer draws from: a frozen Programme and nothing else.

No Django here: a renderer's test builds these by hand. Labels are already in the
reader's language; times are already in Asia/Ho_Chi_Minh.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.intervals import Interval
    from core.keys import OccurrenceKey

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEntry:
    """One occurrence as every output shows it.

    `interval` is half-open and local; an all-day entry runs from local midnight to
    local midnight. `status_label` and `kind_label` are in the reader's language,
    `colour` is "#rrggbb", `url` a path on this server. `notes` is empty for visitors.
    """

    key: OccurrenceKey
    code: str
    title: str
    kind: str
    kind_label: str
    status: str
    status_label: str
    interval: Interval
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

    @property
    def is_off(self) -> bool:
        """Whether it does not take place at the time given (cancelled or postponed)."""
        return self.status in CANCELLED_STATUSES

    @property
    def place_names(self) -> str:
        """The places on one line."""
        return "; ".join(place.name for place in self.places)


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
    ) -> Programme:
        """Sort the entries, stamp the revision and freeze."""
        ordered = tuple(sorted(entries, key=lambda e: (e.interval.start, e.interval.end, e.key)))
        return cls(
            window=window,
            entries=ordered,
            series=tuple(sorted(series, key=lambda s: s.uid)),
            revision=_revision_of(ordered),
        )


def _revision_of(entries: tuple[ProgrammeEntry, ...]) -> str:
    """A short hash of what readers compare: twelve hexadecimal digits.

    Labels are left out, so the revision is the same in every language.
    """
    digest = hashlib.sha256()
    for entry in entries:
        line = "\x1f".join(
            (
                str(entry.key),
                entry.title,
                entry.kind,
                entry.status,
                entry.interval.start.isoformat(),
                entry.interval.end.isoformat(),
                str(entry.all_day),
                entry.area.slug,
                entry.unit.code,
                "|".join(unit.code for unit in entry.coordinating),
                "|".join(f"{p.code},{p.name},{p.lon},{p.lat}" for p in entry.places),
                "|".join(resource.code for resource in entry.resources),
                entry.description,
                entry.quantity,
            )
        )
        digest.update(line.encode() + b"\x1e")
    return digest.hexdigest()[:12]
