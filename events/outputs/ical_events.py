"""From the entries of one activity to the VEVENTs that say exactly those entries and no others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE
from events.outputs.ical_rules import bounded_rule, is_read_alike
from events.outputs.ical_text import Words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from events.programme.entries import EntryFacts, ProgrammeEntry, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVevent:
    """One VEVENT before it is written: times local, `end` exclusive.

    A master has `rrule` and perhaps `excluded`; an override has `recurrence_id`, which is written as a DATE where its
    series counts in days. `url` is a path on this server. `facts` say when the activity was made and last changed.
    """

    uid: str
    words: Words
    url: str
    start: datetime
    end: datetime
    facts: EntryFacts
    recurrence_id: datetime | None = None
    rrule: str | None = None
    excluded: tuple[datetime, ...] = ()


def plan_vevents(entries: Sequence[ProgrammeEntry], series: Series | None) -> Iterator[PlannedVevent]:
    """Yield the VEVENTs of one activity's entries (at least one), the master of a series first.

    Where every subscriber reads the rule alike, EXDATE holds its dates that have no entry and RECURRENCE-ID marks what
    differs from the master (RFC 5545 sections 3.8.4.4, 3.8.5). Dates beside a rule, and those of any other series, are
    events of their own, since RDATE is lost on Outlook and partly on Google: `docs/decisions/0009-*` has the reasons.
    """
    said = _Words()
    own = _dates_of_uid(series)
    events = [
        _plain(entry, said, is_named=entry.key.recurrence_id in own if series else not entry.is_recurring)
        for entry in sorted(entries, key=lambda entry: entry.key.recurrence_id)
    ]
    if series is None or not is_read_alike(series):
        yield from (replace(event, recurrence_id=None) for event in events)
        return
    planned = [moment.astimezone(LOCAL_ZONE) for moment in series.rule_dates]
    known = set(planned)
    regular = [event for event in events if event.recurrence_id in known]
    if regular:
        master = _master(regular, planned, series)
        yield master
        yield from (event for event in regular if not _is_told_by(master, event))
    yield from (replace(event, recurrence_id=None) for event in events if event.recurrence_id not in known)


class _Words(dict[tuple[int, str, str], Words]):
    """The words of entries, made once for those that share facts, status and title."""

    def of(self, entry: ProgrammeEntry) -> Words:
        key = (id(entry.facts), entry.status, entry.title)
        found = self.get(key)
        if found is None:
            self[key] = found = words_of(entry)
        return found


def _dates_of_uid(series: Series | None) -> frozenset[datetime]:
    """Which dates bear the activity's own UID: those of the rule where all read it alike, else the first.

    Any other date has a UID of its own for good, the occurrence's key: it stays when the occurrence is moved.
    """
    if series is None:
        return frozenset()
    return frozenset(series.rule_dates) if is_read_alike(series) else frozenset({series.start})


def _plain(entry: ProgrammeEntry, said: _Words, *, is_named: bool) -> PlannedVevent:
    """The entry as an event of its own, `recurrence_id` still set; `is_named`: whether it bears the activity's UID."""
    local = entry.interval.local()
    return PlannedVevent(
        uid=entry.key.uid if is_named else str(entry.key),
        words=said.of(entry),
        url=entry.url,
        start=local.start,
        end=local.end,
        facts=entry.facts,
        recurrence_id=entry.key.recurrence_id.astimezone(LOCAL_ZONE),
    )


def _master(regular: Sequence[PlannedVevent], planned: Sequence[datetime], series: Series) -> PlannedVevent:
    """Return the series in its most common words; in those of what is off only where all is off."""
    held = [event.words for event in regular if not event.words.is_off] or [event.words for event in regular]
    missing = set(planned).difference(event.recurrence_id for event in regular if event.recurrence_id)
    return replace(
        regular[0],
        words=Counter(held).most_common(1)[0][0],
        url=regular[0].facts.url,
        start=planned[0],
        end=planned[0] + (series.end - series.start),
        recurrence_id=None,
        rrule=bounded_rule(series),
        excluded=tuple(sorted(missing)),
    )


def _is_told_by(master: PlannedVevent, event: PlannedVevent) -> bool:
    """Whether the master already says all of it."""
    return (
        event.start == event.recurrence_id
        and event.end - event.start == master.end - master.start
        and event.words == master.words
    )
