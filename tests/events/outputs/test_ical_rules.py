from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from events.outputs.ical_rules import is_read_alike
from events.programme.entries import Series
from tests.events.outputs.programmes import at

START = at()
HOURS = timedelta(hours=2)


def series(rrule: str | None, *, start: datetime = START, length: timedelta = HOURS) -> Series:
    return Series(
        uid="a1@pano",
        start=start,
        end=start + length,
        all_day=False,
        rrule=rrule,
        rule_dates=(start,),
        extra_dates=(),
    )


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;COUNT=999",
        "FREQ=WEEKLY;UNTIL=20231231T165959Z",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYMONTHDAY=28",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=8",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    ],
)
def test_what_outlook_has_a_template_for_is_told_as_a_rule(rrule: str) -> None:
    assert is_read_alike(series(rrule))


@pytest.mark.parametrize(
    "rrule",
    [
        None,
        "FREQ=DAILY;BYMONTH=6",
        "FREQ=DAILY;COUNT=1000",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYDAY=2TU,4TU",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=1MO,2MO;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5",
        "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=YEARLY;BYYEARDAY=100",
    ],
)
def test_what_it_has_none_for_or_reads_otherwise_is_told_date_by_date(rrule: str | None) -> None:
    assert not is_read_alike(series(rrule))


@pytest.mark.parametrize("rrule", ["FREQ=MONTHLY", "FREQ=YEARLY"])
@pytest.mark.parametrize(("day", "alike"), [(28, True), (29, False)])
def test_days_that_short_months_lack_are_told_date_by_date(rrule: str, day: int, *, alike: bool) -> None:
    assert is_read_alike(series(rrule, start=at(month=10, day=day))) is alike


@pytest.mark.parametrize(
    ("rrule", "days"),
    [
        ("FREQ=DAILY", 1),
        ("FREQ=DAILY;INTERVAL=2", 2),
        ("FREQ=WEEKLY", 7),
        ("FREQ=WEEKLY;BYDAY=TU,TH", 2),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", 6),
        ("FREQ=MONTHLY", 26),
    ],
)
def test_occurrences_that_would_overlap_are_told_date_by_date(rrule: str, days: int) -> None:
    step = timedelta(days=days)
    assert is_read_alike(series(rrule, length=step))
    assert not is_read_alike(series(rrule, length=step + timedelta(minutes=1)))


def test_a_rule_that_gives_no_date_is_none() -> None:
    assert not is_read_alike(replace(series("FREQ=DAILY"), rule_dates=()))
