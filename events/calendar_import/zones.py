"""The time zones an .ics file names: by the IANA name, by the name Windows gives them, or by its own definition.

A known name is believed before the file's own VTIMEZONE, as most calendar programs do: the tables of the system are
corrected when a country changes its clock, a definition in a file is not. A file's own definition never outlives it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, cast
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from icalendar.prop import vDDDTypes, vUTCOffset
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from core.intervals import LOCAL_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from events.calendar_import.pieces import Line, Piece

FIRST_YEAR, LAST_YEAR = 1972, 2110  # the first is a leap year: every day of the year exists
MOST_PARTS: Final = 100
MOST_DATES: Final = 400
_YEARLY: Final = re.compile(
    r"FREQ=YEARLY(;(BYMONTH=\d{1,2}|BYDAY=[-+]?\d?(MO|TU|WE|TH|FR|SA|SU)|BYMONTHDAY=[-+\d,]{1,40}"
    r"|BYHOUR=\d{1,2}|BYMINUTE=\d{1,2}|BYSECOND=\d{1,2}|UNTIL=\d{8}(T\d{6}Z?)?|INTERVAL=1|WKST=[A-Z]{2}))*;?"
)
_LOCAL_OFFSET: Final = timedelta(hours=7)
_read_offset: Final[Callable[[str], timedelta]] = cast("Any", vUTCOffset).from_ical
_read_moment: Final[Callable[[str], object]] = cast("Any", vDDDTypes).from_ical


class Zone(Protocol):
    """What tells the moment that a clock on the wall shows."""

    def moment(self, wall: datetime) -> datetime:
        """The wall time of this zone as an aware moment."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether its clock always shows Vietnam's time."""
        ...


@dataclass(frozen=True, slots=True)
class NamedZone:
    """A zone of the system's tables; a time that a clock skips or shows twice is read with the offset before."""

    info: ZoneInfo

    def moment(self, wall: datetime) -> datetime:
        """The wall time as an aware moment."""
        return wall.replace(tzinfo=self.info).astimezone(LOCAL_ZONE)

    @property
    def is_local(self) -> bool:
        """True for Vietnam and those who have had its time since 1976."""
        return self.info.key in _LOCAL_NAMES


@dataclass(frozen=True, slots=True)
class DefinedZone:
    """A zone that the file itself defines: wall times at which the offset changes, and the offsets after."""

    onsets: tuple[datetime, ...]
    offsets: tuple[timedelta, ...]  # one more than onsets: the first holds before all

    def moment(self, wall: datetime) -> datetime:
        """The wall time as an aware moment (RFC 5545 section 3.6.5)."""
        offset = self.offsets[bisect_right(self.onsets, wall)]
        return (wall - offset).replace(tzinfo=UTC).astimezone(LOCAL_ZONE)

    @property
    def is_local(self) -> bool:
        """True where every offset is Vietnam's."""
        return set(self.offsets) == {_LOCAL_OFFSET}


_LOCAL_NAMES: Final = frozenset(
    {"Asia/Ho_Chi_Minh", "Asia/Saigon", "Asia/Bangkok", "Asia/Vientiane", "Asia/Phnom_Penh", "Asia/Jakarta"}
    | {"Asia/Pontianak", "Etc/GMT-7", "Indian/Christmas"}
)
LOCAL: Final = NamedZone(LOCAL_ZONE)
UNIVERSAL: Final = NamedZone(ZoneInfo("UTC"))


class Zones:
    """The zones of one calendar, looked up by TZID; each is made once."""

    def __init__(self, definitions: Mapping[str, Piece]) -> None:
        self._definitions = definitions
        self._made: dict[str, Zone | str] = {}

    def find(self, tzid: str) -> Zone:
        """Return the zone; ValueError with a sentence where nobody knows it."""
        found = self._made.get(tzid)
        if found is None:
            found = self._made[tzid] = self._make(tzid)
        if isinstance(found, str):
            raise ValueError(found)  # noqa: TRY004 -- a sentence kept in the place of the zone
        return found

    def _make(self, tzid: str) -> Zone | str:
        name = known_name(tzid)
        if name is not None:
            return NamedZone(ZoneInfo(name))
        piece = self._definitions.get(tzid)
        if piece is None:
            return _("The time zone “%(name)s” is not known and the file does not define it.") % {"name": tzid[:80]}
        try:
            return defined_zone(piece)
        except (ValueError, TypeError, OverflowError, LookupError, ArithmeticError):
            return _("The file defines the time zone “%(name)s” wrongly.") % {"name": tzid[:80]}


def tzid_of(piece: Piece) -> str:
    """The name that a VTIMEZONE gives itself; empty where it has none."""
    found = (line.text.partition(":")[2].strip() for line in piece.lines if line.name == "TZID")
    return next(found, "")


def known_name(tzid: str) -> str | None:
    """The IANA name that a TZID means: itself, Windows' name for it, or the end of a path of names."""
    text = tzid.strip().strip('"')
    names = _names()
    windows = WINDOWS_TO_OLSON.get(text)
    for name in (text, windows or "", *_tails(text)):
        if name.lower() in names:
            return names[name.lower()]
    return None


def _tails(text: str) -> Iterable[str]:
    """The last two or three parts of a path such as /freeassociation.sourceforge.net/Tzfile/Asia/Saigon."""
    parts = text.strip("/").split("/")
    return ["/".join(parts[-size:]) for size in (3, 2) if len(parts) >= size]


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One STANDARD or DAYLIGHT of a definition."""

    start: datetime
    before: timedelta
    after: timedelta
    rules: tuple[str, ...]
    dates: tuple[datetime, ...]


def defined_zone(piece: Piece) -> DefinedZone:
    """Read a VTIMEZONE; ValueError (or another fault of its values) where it is not one.

    Only yearly rules are read, from 1972 to 2110, and at most 100 parts: the work is bounded whatever it says.
    """
    if piece.fault is not None:
        raise ValueError(piece.fault.value)
    parts = [_part(lines) for lines in _blocks(piece.lines)]
    if not parts:
        raise ValueError("neither STANDARD nor DAYLIGHT")
    changes = sorted((onset, part.after) for part in parts for onset in _onsets(part))
    earliest = min(parts, key=lambda part: part.start)
    return DefinedZone(
        onsets=tuple(onset for onset, _offset in changes),
        offsets=(earliest.before, *(offset for _onset, offset in changes)),
    )


def _blocks(lines: list[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    is_open = False
    for line in lines:
        if line.name in {"BEGIN", "END"}:
            is_open = line.name == "BEGIN"
            blocks += [[]] if is_open else []
        elif is_open:
            blocks[-1].append(line)
    if len(blocks) > MOST_PARTS:
        raise ValueError("too many parts")
    return blocks


def _part(lines: list[Line]) -> _Part:
    values = {line.name: line.text.partition(":")[2].strip() for line in lines}
    dates = [text for line in lines if line.name == "RDATE" for text in line.text.partition(":")[2].split(",")]
    if len(dates) > MOST_DATES:
        raise ValueError("too many dates")
    return _Part(
        start=_wall(values["DTSTART"]),
        before=_read_offset(values["TZOFFSETFROM"]),
        after=_read_offset(values["TZOFFSETTO"]),
        rules=tuple(line.text.partition(":")[2].strip().upper() for line in lines if line.name == "RRULE"),
        dates=tuple(map(_wall, dates)),
    )


def _wall(text: str) -> datetime:
    value = _read_moment(text.strip())
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if not isinstance(value, date):
        raise TypeError(text)
    return datetime.combine(value, time.min)


def _onsets(part: _Part) -> set[datetime]:
    """When the part begins to hold, in the wall time before."""
    found = {part.start, *part.dates}
    first, last = datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 1, 1)  # noqa: DTZ001 -- wall times
    for rule in part.rules[:2]:
        if not _YEARLY.fullmatch(rule):
            raise ValueError(rule)
        start = part.start if part.start >= first else part.start.replace(year=FIRST_YEAR)
        found |= set(rrulestr(rule, dtstart=start, ignoretz=True).between(first, last, inc=True))
    return found
