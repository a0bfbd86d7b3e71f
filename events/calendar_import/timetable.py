"""When a foreign series takes place, in Vietnam's time: a rule where it means the same here, else its dates.

A weekly meeting at ten in Berlin is at three or four in the afternoon here, as the clock there goes: no rule of ours
says that, so its dates are written out one by one. Where every date agrees, the rule is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, Interval
from core.recurrence import expand, from_rrule, last_instant
from core.vietnamese import format_date
from events.expansion import MAX_OCCURRENCES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.recurrence import Recurrence
    from events.calendar_import.foreign import ForeignEvent
    from events.calendar_import.properties import Moment

_UNTIL: Final = re.compile(r"UNTIL=([0-9TZ]+)")
_SLACK: Final = timedelta(days=2)  # no two clocks of the world are further apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The series as planning has it; `starts` are all its dates, `lengths` those that last otherwise than the first."""

    first: Interval
    all_day: bool
    recurrence: Recurrence | None = None
    extra_dates: tuple[datetime, ...] = ()
    excluded_dates: tuple[datetime, ...] = ()
    starts: tuple[datetime, ...] = ()
    lengths: dict[datetime, timedelta] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What the rules of a series give; `kept` where a rule of ours says the same."""

    starts: tuple[datetime, ...]
    kept: Recurrence | None = None
    notes: tuple[str, ...] = ()


def timetable_of(event: ForeignEvent, *, until: date) -> Timetable:
    """Lay a series out; what never ends goes to the local day `until`.

    ValueError with a sentence where a rule cannot be planned with, gives more than 1,000 dates, or leaves none.
    """
    rule = _rule_of(event, until=until)
    first = rule.starts[0]
    extra = {each.moment.at(): each.duration for each in event.extra}
    by_rule = set(rule.starts)
    added = {start for start in extra if start not in by_rule}
    if rule.kept is None:
        added |= by_rule - {first}
    whole = sorted(by_rule | added)
    excluded = _excluded(event.excluded, whole)
    kept = [start for start in whole if start not in excluded]
    if len(kept) > MAX_OCCURRENCES:
        raise ValueError(_("It takes place more than 1,000 times; end the series earlier."))
    if not kept:
        raise ValueError(_("All its dates are left out (EXDATE)."))
    if rule.kept is None:  # dates one by one: what is left out need not be named
        first, added, excluded = kept[0], set(kept[1:]), set()
    return Timetable(
        first=Interval(first, first + event.length),
        all_day=event.start.is_date,
        recurrence=rule.kept,
        extra_dates=tuple(sorted(added - excluded)),
        excluded_dates=tuple(sorted(excluded)),
        starts=tuple(kept),
        lengths={start: length for start, length in extra.items() if length not in (None, event.length)},
        notes=rule.notes,
    )


def _excluded(moments: Sequence[Moment], starts: Sequence[datetime]) -> set[datetime]:
    """The dates of the series that are left out; a day without time leaves out all of its dates."""
    exact = {moment.at() for moment in moments}
    days = {moment.wall.date() for moment in moments if moment.is_date}
    return {start for start in starts if start in exact or start.date() in days}


def _rule_of(event: ForeignEvent, *, until: date) -> _Rule:
    start = event.start.at()
    if not event.rules:
        return _Rule(starts=(start,))
    last = last_instant(max(until, start.date()))
    if len(event.rules) == 1 and (event.start.is_date or event.start.zone.is_local):
        read = from_rrule(event.rules[0], start, all_day=event.start.is_date)
        end = None if read.is_bounded else last
        return _Rule(starts=expand(read, start, end, limit=MAX_OCCURRENCES), kept=read)
    found = sorted({moment for text in event.rules for moment in _walk(event.start, text, last)})
    if not found or found[0] != start:
        raise ValueError(_("Its first date does not fit the rule by which it repeats."))
    kept = _same_rule(event, tuple(found), last) if len(event.rules) == 1 else None
    return _Rule(starts=tuple(found), kept=kept, notes=() if kept else _notes(event, until))


def _walk(start: Moment, text: str, last: datetime) -> list[datetime]:
    """The dates of one rule by its own clock, as moments: expanded in wall time, then turned."""
    begin = start.wall.replace(tzinfo=LOCAL_ZONE)  # the wall's digits; only days and hours are counted with
    bounded, end = _until(text)
    rule = from_rrule(bounded, begin, all_day=start.is_date)
    found = expand(rule, begin, None if rule.is_bounded else last, limit=MAX_OCCURRENCES)
    if start.is_date:
        return list(found)
    moments = [start.zone.moment(each.replace(tzinfo=None)) for each in found]
    return [each for each in moments if end is None or each <= end]


def _until(text: str) -> tuple[str, datetime | None]:
    """A rule whose UNTIL is certainly late enough by its own clock, and the moment at which it really ends."""
    found = _UNTIL.search(text.upper())
    if found is None or not found[1].endswith("Z"):
        return text, None
    try:
        end = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        later = f"UNTIL={end + _SLACK:%Y%m%d}"
    except (ValueError, OverflowError) as fault:
        raise ValueError(_("The rule by which it repeats ends on a date that cannot be read.")) from fault
    return text.upper().replace(found[0], later), end


def _same_rule(event: ForeignEvent, found: tuple[datetime, ...], last: datetime) -> Recurrence | None:
    """The rule in Vietnam's time, where it gives the very same dates."""
    try:
        rule = from_rrule(event.rules[0], found[0])
        same = expand(rule, found[0], None if rule.is_bounded else last, limit=MAX_OCCURRENCES)
    except ValueError:
        return None
    return rule if same == found else None


def _notes(event: ForeignEvent, until: date) -> tuple[str, ...]:
    notes = [_("Its dates are written out one by one: no single rule says them in Vietnam's time.")]
    if any("COUNT=" not in text.upper() and "UNTIL=" not in text.upper() for text in event.rules):
        told = {"day": format_date(until)}
        notes.append(_("It never ends: dates to %(day)s are taken; import it again later for those after.") % told)
    return tuple(notes)
