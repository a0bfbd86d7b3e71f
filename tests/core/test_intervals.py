from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intervals import LOCAL_ZONE, Interval, day_interval, last_day, local_days, local_midnight, overlapping_pairs

NOON = datetime(2023, 8, 8, 12, tzinfo=LOCAL_ZONE)
HOUR = timedelta(hours=1)


def hours(first: int, last: int) -> Interval:
    return Interval(NOON + first * HOUR, NOON + last * HOUR)


intervals = st.builds(lambda first, length: hours(first, first + length), st.integers(0, 40), st.integers(1, 12))


def test_an_interval_knows_its_length_and_moves() -> None:
    assert hours(0, 3).duration == 3 * HOUR
    assert hours(0, 3).shifted(2 * HOUR) == hours(2, 5)


def test_touching_intervals_do_not_overlap() -> None:
    assert [hours(0, 2).overlaps(hours(*other)) for other in ((2, 3), (1, 3), (-1, 0))] == [False, True, False]


def test_the_end_is_outside() -> None:
    assert [hours(0, 2).contains(NOON + each * HOUR) for each in (-1, 0, 1, 2)] == [False, True, True, False]


def test_local_shows_the_same_instants_on_the_local_clock() -> None:
    local = Interval(datetime(2023, 8, 8, 17, tzinfo=UTC), datetime(2023, 8, 8, 18, tzinfo=UTC)).local()
    assert (local.start.isoformat(), local.end.isoformat()) == (
        "2023-08-09T00:00:00+07:00",
        "2023-08-09T01:00:00+07:00",
    )


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (NOON, NOON, "phải sau"),
        (NOON, NOON - HOUR, "phải sau"),
        (NOON.replace(tzinfo=None), NOON, "múi giờ"),
        (NOON, (NOON + HOUR).replace(tzinfo=None), "múi giờ"),
    ],
)
def test_a_wrong_interval_is_refused(start: datetime, end: datetime, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Interval(start, end)


def test_whole_days_run_from_midnight_to_midnight() -> None:
    week = day_interval(date(2023, 7, 25), date(2023, 7, 31))
    assert week == Interval(local_midnight(date(2023, 7, 25)), local_midnight(date(2023, 8, 1)))
    assert local_midnight(date(2023, 8, 1)) == datetime(2023, 7, 31, 17, tzinfo=UTC)
    assert last_day(week) == date(2023, 7, 31)


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="Ngày cuối"):
        day_interval(date(2023, 8, 2), date(2023, 8, 1))


def test_an_evening_past_midnight_touches_two_days() -> None:
    assert list(local_days(hours(9, 14))) == [date(2023, 8, 8), date(2023, 8, 9)]
    assert list(local_days(hours(9, 12))) == [date(2023, 8, 8)]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 40))
def test_day_interval_and_local_days_agree(first: date, extra: int) -> None:
    days = [first + timedelta(days=each) for each in range(extra + 1)]
    assert list(local_days(day_interval(days[0], days[-1]))) == days


@given(st.lists(intervals, max_size=25))
def test_overlapping_pairs_are_those_a_double_loop_finds(found: list[Interval]) -> None:
    items = list(enumerate(found))
    pairs = list(overlapping_pairs(items))
    expected = [{a, b} for (a, left), (b, right) in combinations(items, 2) if left.overlaps(right)]
    assert sorted(sorted(pair) for pair in pairs) == sorted(sorted(pair) for pair in expected)


def test_the_earlier_of_a_pair_comes_first_and_keys_need_no_order() -> None:
    show, rehearsal = object(), object()
    assert list(overlapping_pairs([(show, hours(1, 3)), (rehearsal, hours(0, 3))])) == [(rehearsal, show)]
