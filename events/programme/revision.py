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
    starts = _Stamps(numbers)
    spans = {key: numbers[_span(each)] for key, each in {id(entry[1]): entry[1] for entry in entries}.items()}
    facts = {id(entry[5]): entry[5] for entry in entries}
    where = {id(each.places): each.places for each in facts.values()}
    places = {key: _points(found) for key, found in where.items()}
    told = {key: numbers[_told(each, places[id(each.places)])] for key, each in facts.items()}
    lines = [
        f"{numbers[uid]} {starts[moment]} {spans[id(interval)]} {status} {numbers[title]} {told[id(shared)]}"
        for (uid, moment), interval, status, _label, title, shared in entries
    ]
    return hashlib.sha256("\x1e".join([*numbers, *lines]).encode()).hexdigest()[:12]


class _Numbers(dict[str, str]):
    """Texts, each with its number in the order of their first use."""

    def __missing__(self, text: str) -> str:
        self[text] = number = str(len(self))
        return number


class _Stamps(dict["datetime", str]):
    """Moments with the number of what they say; all of one zone, since Python compares those of two zones slowly."""

    def __init__(self, numbers: _Numbers) -> None:
        super().__init__()
        self.numbers = numbers

    def __missing__(self, moment: datetime) -> str:
        self[moment] = stamp = self.numbers[str(moment.timestamp())]
        return stamp


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
