"""A short hash of what readers compare: the same entries give the same one, on paper and on screen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.intervals import Interval
    from events.programme.entries import EntryFacts, ProgrammeEntry


def revision_of(entries: Iterable[ProgrammeEntry]) -> str:
    """Return twelve hexadecimal digits; the order of the entries counts.

    Labels are left out, so the revision is the same in every language, and moments count as instants, so it is the
    same in every zone. What many entries share (facts, titles, intervals: kept alive by them meanwhile) is looked up
    by identity and told once; equal content is told alike, shared or not.
    """
    numbers = _Numbers()
    starts = _Stamps()
    spans: dict[int, str] = {}
    texts: dict[int, str] = {}
    told: dict[int, int] = {}
    lines = []
    for (uid, moment), interval, status, _label, title, facts in entries:
        number = told.get(id(facts)) if title is facts.title else numbers[_told(facts, title, texts)]
        if number is None:
            number = told[id(facts)] = numbers[_told(facts, title, texts)]
        span = spans.get(id(interval))
        if span is None:
            span = spans[id(interval)] = _span(interval)
        lines.append(f"{uid} {starts[moment]} {span} {status} {number}")
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


def _told(facts: EntryFacts, title: str, texts: dict[int, str]) -> str:
    """All that is said of an occurrence besides its time and status; `texts` keeps what was told of places."""
    places = texts.get(id(facts.places))
    if places is None:
        parts = [f"{place.code},{place.name},{place.lon},{place.lat}" for place in facts.places]
        places = texts[id(facts.places)] = "|".join(parts)
    taken = "|".join([resource.code for resource in facts.resources]) if facts.resources else ""
    helping = "|".join([unit.code for unit in facts.coordinating]) if facts.coordinating else ""
    return (
        f"{title}\x1f{facts.kind}\x1f{facts.all_day}\x1f{facts.area.slug}\x1f{facts.unit.code}"
        f"\x1f{helping}\x1f{places}\x1f{taken}\x1f{facts.description}\x1f{facts.quantity}"
    )
