from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.intervals import LOCAL_ZONE
from core.recurrence import Frequency, Recurrence, Weekday, check_start, expand, first_match, from_rrule, to_rrule
from core.recurrence.rule import Parts
from tests.core.libical import Judge, require_libical
from tests.core.rules import expected_days, parts, written_rrule

EXAMPLES = 300 * int(os.environ.get("PANO_EXAMPLES", "1"))
MOST = 40
SPAN = timedelta(days=3000)
DAILY, WEEKLY, MONTHLY, YEARLY = Frequency


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """Ask the system's libical."""
    require_libical()
    with Judge() as opened:
        yield opened


def morning(day: date) -> datetime:
    return datetime.combine(day, time(6, 0), LOCAL_ZONE)


def read(text: str, day: date) -> tuple[Recurrence, datetime] | None:
    """The rule and its first start from that day; None for what is refused, with a sentence."""
    refusal = ""
    try:
        rule = from_rrule(text, morning(day), all_day=True)
        start = first_match(rule, morning(day))
        check_start(rule, start)
    except ValueError as error:
        refusal = str(error)
    else:
        return rule, start
    assert refusal.endswith("."), text
    return None


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(parts(), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
@example(Parts(freq=WEEKLY, by_weekday=(Weekday(2), Weekday(5)), by_set_position=(2,)), date(2026, 1, 1))
@example(Parts(freq=WEEKLY, interval=2, by_weekday=(Weekday(0), Weekday(6)), week_start=1), date(2026, 1, 1))
@example(Parts(freq=YEARLY, by_month_day=(4, -1)), date(2026, 6, 20))
@example(Parts(freq=YEARLY, by_week_no=(20,)), date(2026, 6, 20))
@example(Parts(freq=DAILY, by_month_day=(-1,)), date(2026, 6, 20))
@example(Parts(freq=DAILY, by_month=(6,), by_set_position=(1,)), date(2026, 6, 20))
@example(Parts(freq=DAILY, interval=1000, by_month=(2,), by_month_day=(29,)), date(2026, 6, 20))
def test_what_is_accepted_expands_as_libical_and_as_a_slow_reading_of_the_rfc(
    judge: Judge, written: Parts, day: date
) -> None:
    accepted = read(written_rrule(written), day)
    if accepted is None:
        return
    rule, start = accepted
    last = start.date() + SPAN
    ours = [each.date() for each in islice(expand(rule, start, morning(last), limit=4000), MOST)]
    text = to_rrule(rule, start, all_day=True)
    assert judge.days(text, f"{start:%Y%m%d}", last=last, limit=MOST) == [f"{each:%Y%m%d}" for each in ours], text
    near = start.date() + SPAN / 3
    assert expected_days(written, start.date(), near)[:MOST] == [each for each in ours if each <= near], text


def test_the_judge_keeps_the_time_of_day(judge: Judge) -> None:
    found = judge.days("FREQ=DAILY;COUNT=2", "20260105T060000", last=date(2026, 12, 31), limit=MOST)
    assert found == ["20260105T060000", "20260106T060000"]
