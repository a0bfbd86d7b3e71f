"""Rules as the calendars of the world write them, expanded by Pano, libical and recurring-ical-events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, cast

import icalendar
import pytest
import recurring_ical_events

from core.intervals import LOCAL_ZONE
from core.recurrence import expand, from_rrule
from tests.core.libical import Judge, require_libical
from tests.sources import BASE_DIR

CORPORA = BASE_DIR.parent / "shared" / "corpora" / "ics" / "recurring"
SPAN = timedelta(days=1100)
MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One rule of one event: its text with UNTIL in wall time, and its first start, in wall time of its own zone."""

    name: str
    rrule: str
    start: datetime
    all_day: bool

    @property
    def last(self) -> datetime:
        return self.start + SPAN

    @property
    def dtstart(self) -> str:
        return f"{self.start:%Y%m%d}" if self.all_day else f"{self.start:%Y%m%dT%H%M%S}"


def written_rules(path: Path) -> Iterator[Written]:
    calendars: Any = icalendar.Calendar.from_ical(path.read_bytes(), multiple=True)
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            rules = event.get("RRULE", [])
            for rule in rules if isinstance(rules, list) else [rules]:
                yield written(path.name, event["DTSTART"].dt, rule)


def written(name: str, begin: date, rule: Any) -> Written:
    text = rule.to_ical().decode()
    for until in rule.get("UNTIL", []):
        text = re.sub(r"(?<=UNTIL=)[^;]+", _wall_time(until, begin), text)
    if isinstance(begin, datetime):
        return Written(name=name, rrule=text, start=begin.replace(tzinfo=None), all_day=False)
    return Written(name=name, rrule=text, start=datetime.combine(begin, time.min), all_day=True)


def _wall_time(until: date, begin: date) -> str:
    """UNTIL in the type of the start, in the start's own zone."""
    if not isinstance(until, datetime) or not isinstance(begin, datetime):
        return f"{until:%Y%m%d}"
    wall = until if until.tzinfo is None else until.astimezone(begin.tzinfo or UTC)
    return f"{wall:%Y%m%dT%H%M%S}"


def ours(rule: Written) -> list[str] | str:
    """The starts as iCalendar writes them, or the sentence that refuses the rule."""
    start = rule.start.replace(tzinfo=LOCAL_ZONE)
    try:
        read = from_rrule(rule.rrule, start, all_day=rule.all_day)
        found = expand(read, start, rule.last.replace(tzinfo=LOCAL_ZONE), limit=4000)
    except ValueError as error:
        return str(error)
    return [f"{each:%Y%m%d}" if rule.all_day else f"{each:%Y%m%dT%H%M%S}" for each in found[:MOST]]


def of_the_library(rule: Written) -> list[str]:
    """What recurring-ical-events makes of the same rule in wall time."""
    event: Any = icalendar.Event()
    first = rule.start.date() if rule.all_day else rule.start
    event.add("DTSTART", first)
    event.add("UID", rule.name)
    event["RRULE"] = cast("Any", icalendar.vRecur).from_ical(rule.rrule)
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(rule.start, rule.last + timedelta(seconds=1))
    starts = sorted(each["DTSTART"].dt for each in found)
    return [f"{each:%Y%m%d}" if rule.all_day else f"{each:%Y%m%dT%H%M%S}" for each in islice(starts, MOST)]


def known_rules() -> list[Written]:
    return [rule for path in sorted(CORPORA.glob("*.ics")) for rule in written_rules(path) if rule.rrule]


REFUSED = {
    "bad_rrule_missing_until_event.ics": "Không hỗ trợ phần UNTL của quy tắc lặp.",
    "issue_117_until_before_dtstart.ics": (
        "Cách lặp này không có buổi nào kể từ ngày bắt đầu; hãy đổi ngày bắt đầu hoặc cách lặp."
    ),
    "issue_128_only_first_event.ics": "Số buổi phải từ 1 trở lên.",
    "issue_148_edge_case_1.ics": "Ngày bắt đầu 02/07/2024 không khớp với cách lặp; ngày đầu tiên khớp là 08/07/2024.",
    "issue_148_edge_case_2.ics": "Ngày bắt đầu 02/07/2024 không khớp với cách lặp; ngày đầu tiên khớp là 08/07/2024.",
    "multiple_rrule.ics": "Ngày bắt đầu 12/01/2023 không khớp với cách lặp; ngày đầu tiên khớp là 13/02/2023.",
}


def test_every_rule_that_can_be_stored_is_expanded_as_both_judges_do() -> None:
    require_libical()
    if not CORPORA.is_dir():
        pytest.skip(f"no calendars to judge by: {CORPORA.name} is missing beside the checkout")
    refused: dict[str, str] = {}
    differing: list[Written] = []
    with Judge() as judge:
        for rule in known_rules():
            found = ours(rule)
            if isinstance(found, str):
                refused[rule.name] = found
                continue
            judged = judge.days(rule.rrule, rule.dtstart, last=rule.last.date(), limit=MOST)
            if (found, found) != (judged, of_the_library(rule)):
                differing.append(rule)
    assert (refused, differing) == (REFUSED, [])
