from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import WorkingDays

DAY = timedelta(days=1)
TET_OFF = frozenset(date(2026, 2, 14) + timedelta(days=n) for n in range(9))
TET = WorkingDays(days_off=TET_OFF)
NEAR = st.dates(date(2026, 1, 1), date(2026, 12, 31))
TABLES = st.builds(
    WorkingDays,
    days_off=st.frozensets(NEAR, max_size=40),
    working_weekends=st.frozensets(NEAR.filter(lambda day: day.weekday() >= 5), max_size=10),
)


def test_a_show_after_tet_was_to_be_notified_before_it() -> None:
    assert TET.latest_send_day(date(2026, 2, 24), working_days=5) == date(2026, 2, 9)
    assert TET.count_between(date(2026, 2, 9), date(2026, 2, 24)) == 5


def test_calendar_days_count_rest_too_but_the_office_must_be_open() -> None:
    assert TET.latest_send_day_calendar(date(2026, 3, 15), 20) == date(2026, 2, 13)
    assert TET.latest_send_day_calendar(date(2026, 3, 20), 20) == date(2026, 2, 27)


def test_weekends_days_off_and_days_worked_in_exchange() -> None:
    table = WorkingDays(days_off=frozenset({date(2026, 8, 31)}), working_weekends=frozenset({date(2026, 8, 22)}))
    assert [table.is_working(date(2026, 8, day)) for day in (21, 22, 23, 31)] == [True, True, False, False]
    both = WorkingDays(days_off=frozenset({date(2026, 8, 22)}), working_weekends=frozenset({date(2026, 8, 22)}))
    assert not both.is_working(date(2026, 8, 22))


def test_negative_lead_times_are_refused() -> None:
    for ask in (TET.latest_send_day, TET.latest_send_day_calendar):
        with pytest.raises(ValueError, match="không được âm: -1"):
            ask(date(2026, 2, 24), -1)


@given(TABLES, NEAR, st.integers(-30, 30))
def test_adding_walks_day_by_day(table: WorkingDays, day: date, n: int) -> None:
    step = DAY if n > 0 else -DAY
    around = [day + step * k for k in range(1, 200)]
    expected = [each for each in around if table.is_working(each)][abs(n) - 1] if n else day
    assert table.add(day, n) == expected


@given(TABLES, NEAR, st.integers(0, 30))
def test_the_latest_day_leaves_that_many_whole_days(table: WorkingDays, day: date, n: int) -> None:
    earlier = [day - DAY * k for k in range(1, 200)]
    open_days = [each for each in earlier if table.is_working(each)]

    def between(sent: date) -> list[date]:
        return [sent + DAY * k for k in range(1, (day - sent).days)]

    def working(sent: date) -> int:
        return sum(table.is_working(each) for each in between(sent))

    assert table.latest_send_day(day, n) == next(each for each in open_days if working(each) >= n)
    assert table.latest_send_day_calendar(day, n) == next(each for each in open_days if len(between(each)) >= n)
    assert table.count_between(open_days[3], day) == working(open_days[3])
