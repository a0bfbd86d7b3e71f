"""A short hash of what readers compare: the same entries give the same one, on paper and on screen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.intervals import Interval
    from events.programme.entries import EntryFacts, EntryPlace, ProgrammeEntry


def revision_of(entries: Sequence[ProgrammeEntry]) -> str:
    """Return twelve hexadecimal digits; the order of the entries counts.

    Labels are left out, so the revision is the same in every language, and moments count as instants, so it is the
    same in every zone. The facts and intervals that many entries share are told once, found again by identity;
    equal content is told alike, shared or not.
    """
    numbers = _Numbers()
    starts = _Stamps()
    spans = {number: _span(interval) for number, interval in {id(each[1]): each[1] for each in entries}.items()}
    facts = {id(each[5]): each[5] for each in entries}
    where = {id(each.places): each.places for each in facts.values()}
    places = {number: _points(found) for number, found in where.items()}
    told = {number: numbers[_told(each, places[id(each.places)])] for number, each in facts.items()}
    lines = [
        f"{uid} {starts[moment]} {spans[id(interval)]} {status} {numbers[title]} {told[id(shared)]}"
        for (uid, moment), interval, status, _label, title, shared in entries
    ]
    return hashlib.sha256("\x1e".join([*numbers, *lines]).encode()).hexdigest()[:12]


class _Stamps(dict["datetime", str]):
    """Moments as text; all of one zone, since Python compares those of two zones slowly."""

    def __missing__(self, moment: datetime) -> str:
        self[moment] = stamp = str(moment.timestamp())
        return stamp


class _Numbers(dict[str, int]):
    """Texts, each with its number in the order of their first use."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


def _span(interval: Interval) -> str:
    return f"{interval.start.timestamp()} {interval.end.timestamp()}"


def _points(places: tuple[EntryPlace, ...]) -> str:
    return "|".join([f"{place.code},{place.name},{place.lon},{place.lat}" for place in places])


def _told(facts: EntryFacts, places: str) -> str:
    """All that is said of an occurrence besides its title, time and status."""
    resources = "|".join([resource.code for resource in facts.resources]) if facts.resources else ""
    coordinating = "|".join([unit.code for unit in facts.coordinating]) if facts.coordinating else ""
    return (
        f"{facts.kind}\x1f{facts.all_day}\x1f{facts.area.slug}\x1f{facts.unit.code}\x1f{coordinating}"
        f"\x1f{places}\x1f{resources}\x1f{facts.description}\x1f{facts.quantity}"
    )
