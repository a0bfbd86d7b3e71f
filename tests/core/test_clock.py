from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.clock import (
    day_start,
    is_whole_days,
    last_local_day,
    local_day,
    local_days,
    local_minute,
    to_interval,
    to_moment,
    to_seconds,
    weekday,
)
from core.intervals import LOCAL_ZONE, Interval, day_interval, last_day, local_midnight
from core.intervals import local_days as local_dates

FIRST = int(datetime(1976, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2100, 12, 31, tzinfo=UTC).timestamp())
moments = st.integers(FIRST, LAST)


@given(moments, st.integers(1, 20 * 86_400))
def test_days_and_minutes_are_those_of_the_zone(start: int, length: int) -> None:
    interval = Interval(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(start + length, UTC))
    local = interval.local().start
    assert date.fromordinal(local_day(start)) == local.date()
    assert local_minute(start) == local.hour * 60 + local.minute
    assert date.fromordinal(last_local_day(start + length)) == last_day(interval)
    assert [date.fromordinal(day) for day in local_days(start, start + length)] == list(local_dates(interval))
    assert weekday(local_day(start)) == local.weekday()
    assert to_interval(start, start + length) == interval


@given(st.dates(date(1976, 1, 1), date(2100, 1, 1)))
def test_a_day_starts_at_local_midnight(day: date) -> None:
    assert to_moment(day_start(day.toordinal())) == local_midnight(day)
    assert local_day(day_start(day.toordinal())) == day.toordinal()


@given(moments)
def test_seconds_come_back(moment: int) -> None:
    assert to_seconds(to_moment(moment)) == moment
    assert to_seconds(to_moment(moment).astimezone(LOCAL_ZONE) + timedelta(microseconds=999_999)) == moment


def test_whole_days_run_from_midnight_to_midnight() -> None:
    days = day_interval(date(2026, 3, 14), date(2026, 3, 15))
    start, end = to_seconds(days.start), to_seconds(days.end)
    assert [is_whole_days(*span) for span in ((start, end), (start + 60, end), (start, end - 60))] == [
        True,
        False,
        False,
    ]
