"""Lines of an event as values: moments with their zone, periods, durations and plain text (RFC 5545 section 3.3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils.translation import gettext as _
from icalendar.parser import Contentline, unescape_backslash
from icalendar.prop import vDDDTypes, vDuration, vPeriod

from core.intervals import local_midnight
from events.calendar_import.zones import LOCAL, UNIVERSAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from events.calendar_import.pieces import Line
    from events.calendar_import.zones import Zone, Zones

FIRST_YEAR, LAST_YEAR = 1976, 2100  # Vietnam has kept one clock since 1975; the rules count no further
MOST_DATES: Final = 2_000  # of one list
LONGEST_SHOWN: Final = 60
FAULTS: Final = (ValueError, TypeError, OverflowError, LookupError, AssertionError, AttributeError)
_VALUES: Final = cast("dict[str, Any]", {"moment": vDDDTypes, "period": vPeriod, "duration": vDuration})  # untyped
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One line with its parameters in upper case and its value as written."""

    number: int
    name: str
    parameters: Mapping[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time with the zone it is told in; a day without time is its midnight in Vietnam (`is_date`)."""

    wall: datetime
    zone: Zone = LOCAL
    is_date: bool = False

    def at(self) -> datetime:
        """The moment, aware, in Vietnam's zone. A day is kept as that day, wherever it was written."""
        return local_midnight(self.wall.date()) if self.is_date else self.zone.moment(self.wall)


@dataclass(frozen=True, slots=True)
class Extra:
    """A date of its own in a series, and how long that occurrence lasts where it says so."""

    moment: Moment
    duration: timedelta | None = None


def read_line(line: Line) -> Property:
    """Part a line; ValueError with a sentence where it is none."""
    try:
        name, parameters, value = cast("Any", Contentline)(line.text.replace("\n", " ")).raw_parts()
    except FAULTS as fault:
        raise ValueError(_("The line cannot be read: “%(line)s”.") % {"line": shown(line.text)}) from fault
    read = {str(key).upper(): _single(text) for key, text in parameters.items()}
    return Property(number=line.number, name=str(name).upper(), parameters=read, value=str(value).strip())


def _single(value: object) -> str:
    return str(value[0] if isinstance(value, list) and value else value)


def text_of(found: Property | None) -> str:
    """Text without its escapes, in NFC, without control characters, the line feed as its only line end."""
    if found is None:
        return ""
    return tidy(str(unescape_backslash(found.value)))


def tidy(text: str) -> str:
    """As `text_of`, of text that is not escaped."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))).strip()


def shown(text: str) -> str:
    """The beginning of what a file says, for a sentence."""
    clean = " ".join(tidy(text).split())
    return clean if len(clean) <= LONGEST_SHOWN else f"{clean[:LONGEST_SHOWN]}…"


def moment_of(found: Property, zones: Zones) -> Moment:
    """A date or a date with time; ValueError with a sentence for anything else and for years no plan speaks of."""
    return _moment(found.value, found, zones)


def moments_of(found: Property, zones: Zones) -> Iterator[Extra]:
    """The dates of an RDATE or EXDATE, periods with their duration; ValueError with a sentence as above."""
    texts = found.value.split(",", MOST_DATES)
    if len(texts) > MOST_DATES:
        raise ValueError(_("%(name)s lists more than 2,000 dates.") % {"name": found.name})
    for text in texts:
        if "/" in text:
            yield _period(text, found, zones)
        elif text.strip():
            yield Extra(_moment(text.strip(), found, zones))


def duration_of(found: Property) -> timedelta:
    """A DURATION; ValueError with a sentence where it is none."""
    try:
        length: timedelta = _VALUES["duration"].from_ical(found.value.upper())
    except FAULTS as fault:
        raise _not_readable(found, found.value) from fault
    return length


def _period(text: str, found: Property, zones: Zones) -> Extra:
    begin, _slash, _end = text.partition("/")
    moment = _moment(begin.strip(), found, zones)
    try:
        start, end = _VALUES["period"].from_ical(text.strip().upper())
        length = end if isinstance(end, timedelta) else end.replace(tzinfo=None) - start.replace(tzinfo=None)
    except FAULTS as fault:
        raise _not_readable(found, text) from fault
    if length <= timedelta(0):
        raise _not_readable(found, text)
    return Extra(moment, length)


def _moment(text: str, found: Property, zones: Zones) -> Moment:
    try:
        value = _VALUES["moment"].from_ical(text.upper())
    except FAULTS as fault:
        raise _not_readable(found, text) from fault
    if not isinstance(value, date):
        raise _not_readable(found, text)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(
            _("%(name)s: the year %(year)s lies outside 1976 to 2100.") % {"name": found.name, "year": value.year}
        )
    if not isinstance(value, datetime):
        return Moment(datetime.combine(value, time.min), is_date=True)
    wall = value.replace(tzinfo=None)
    if value.tzinfo is not None:
        return Moment(wall, UNIVERSAL)
    tzid = found.parameters.get("TZID", "")
    return Moment(wall, zones.find(tzid) if tzid else LOCAL)


def _not_readable(found: Property, text: str) -> ValueError:
    told = {"name": found.name, "value": shown(text)}
    return ValueError(_("%(name)s has the value “%(value)s”, which is no date or time.") % told)
