"""From the entries of one activity to the VEVENTs that say exactly those entries and no others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, Interval
from events.outputs.ical_text import Words, words_of
from events.programme.entries import Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.programme.entries import ProgrammeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVevent:
    """One VEVENT before it is written: times local, `end` exclusive.

    A master has `rrule`, `excluded` or `extra`; an override has `recurrence_id`, which is
    written as a DATE where its series counts in days (`has_date_id`).
    """

    uid: str
    words: Words
    url: str
    start: datetime
    end: datetime
    all_day: bool
    sequence: int
    last_modified: datetime
    recurrence_id: datetime | None = None
    has_date_id: bool = False
    rrule: str | None = None
    excluded: tuple[datetime, ...] = ()
    extra: tuple[datetime, ...] = ()


def plan_vevents(entries: Sequence[ProgrammeEntry], series: Series | None) -> Iterator[PlannedVevent]:
    """Yield the VEVENTs of one activity's entries (at least one), the master of a series first.

    Whatever part of a series is given, expanding the result gives that part: EXDATE holds
    the rule's dates that have no entry, RDATE the dates of entries that the rule lacks, and
    RECURRENCE-ID marks what differs from the master (RFC 5545 sections 3.8.4.4, 3.8.5).
    """
    events = [_plain(entry) for entry in entries]
    has_rule = series is not None and series.rrule is not None and bool(series.rule_dates)
    if len(events) == 1 and not has_rule:
        yield events[0]
        return
    starts = [entry.key.recurrence_id.astimezone(LOCAL_ZONE) for entry in entries]
    whole = series if series is not None and has_rule else _dated_series(entries, series, min(starts))
    master = _master(events, starts, whole)
    yield master
    for start, event in zip(starts, events, strict=True):
        regular = (master.words, start, start + (whole.end - whole.start), whole.all_day)
        if (event.words, event.start, event.end, event.all_day) != regular:
            yield replace(event, recurrence_id=start, has_date_id=whole.all_day)


def _plain(entry: ProgrammeEntry) -> PlannedVevent:
    local = entry.interval.local()
    return PlannedVevent(
        uid=entry.key.uid,
        words=words_of(entry),
        url=entry.url,
        start=local.start,
        end=local.end,
        all_day=entry.all_day,
        sequence=entry.sequence,
        last_modified=entry.last_modified,
    )


def _master(events: Sequence[PlannedVevent], starts: Sequence[datetime], series: Series) -> PlannedVevent:
    """Return the series in its most common words, as new as its newest part."""
    planned = [moment.astimezone(LOCAL_ZONE) for moment in series.rule_dates]
    return replace(
        events[0],
        words=Counter(event.words for event in events).most_common(1)[0][0],
        start=planned[0],
        end=planned[0] + (series.end - series.start),
        all_day=series.all_day,
        sequence=max(event.sequence for event in events),
        last_modified=max(event.last_modified for event in events),
        rrule=_bounded_rule(series),
        excluded=tuple(sorted(set(planned) - set(starts))),
        extra=tuple(sorted(set(starts) - set(planned))),
    )


def _dated_series(entries: Sequence[ProgrammeEntry], series: Series | None, first: datetime) -> Series:
    """Return a series of explicit dates on a rule of one date: readers differ on RDATE without RRULE."""
    shape = entries[0].interval if series is None else Interval(series.start, series.end)
    return Series(
        uid=entries[0].key.uid,
        start=first,
        end=first + shape.duration,
        all_day=entries[0].all_day if series is None else series.all_day,
        rrule="FREQ=DAILY;COUNT=1",
        rule_dates=(first,),
        extra_dates=(),
    )


def _bounded_rule(series: Series) -> str:
    """Return the RRULE, ended at its last known date: a reader must not add dates the plan does not have."""
    rule = str(series.rrule)
    if "UNTIL=" in rule or "COUNT=" in rule:
        return rule
    last = max(series.rule_dates)
    until = f"{last.astimezone(LOCAL_ZONE):%Y%m%d}" if series.all_day else f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{rule};UNTIL={until}"
