from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intervals import LOCAL_ZONE
from core.lunar import to_lunar
from core.lunar_recurrence import (
    LeapPolicy,
    LunarFrequency,
    LunarRecurrence,
    ShiftPolicy,
    check_lunar_start,
    expand_lunar,
    first_lunar_match,
    parse_lunar,
)
from tests.core.lunar_rules import expected_days, lunar_rules

YEAR_OF_THE_HORSE = (date(2026, 2, 17), date(2027, 2, 5))
TET_OFF = frozenset(date(2026, 2, 14) + timedelta(days=n) for n in range(9))
MARKET_DAYS = "2,7,12,17,22,27"


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=LOCAL_ZONE)


def days(text: str, start: date, last: date | None = None, **options: frozenset[date]) -> list[str]:
    found = expand_lunar(parse_lunar(text), at(start), last, **options)  # type: ignore[arg-type]
    return [f"{each:%Y-%m-%d}" for each in found]


def test_a_festival_comes_once_a_lunar_year_at_its_own_hour() -> None:
    rule = parse_lunar("27/1")
    found = expand_lunar(rule, at(date(2025, 2, 24), 19), date(2027, 12, 31))
    assert found == (at(date(2025, 2, 24), 19), at(date(2026, 3, 15), 19), at(date(2027, 3, 4), 19))
    assert {each.tzinfo for each in found} == {LOCAL_ZONE}


def test_a_start_in_another_zone_is_taken_at_its_local_day() -> None:
    start = datetime(2026, 3, 14, 17, 30, tzinfo=UTC)
    assert expand_lunar(parse_lunar("27/1"), start, date(2026, 12, 31)) == (start,)


def test_every_second_year_counts_from_the_start_or_from_its_base() -> None:
    assert days("10/1;INTERVAL=2", date(2024, 2, 19), date(2030, 12, 31)) == [
        "2024-02-19", "2026-02-26", "2028-02-04", "2030-02-11",
    ]  # fmt: skip
    assert days("10/1;INTERVAL=2;BASE=2024", date(2026, 2, 26), date(2029, 12, 31)) == ["2026-02-26", "2028-02-04"]
    with pytest.raises(ValueError, match=r"ngày đầu tiên khớp là 04/02/2028 \(10/1 ÂL\)"):
        days("10/1;INTERVAL=2;BASE=2024", date(2027, 2, 15), date(2029, 12, 31))


def test_market_days_of_a_year_with_months_of_29_days() -> None:
    found = days(MARKET_DAYS, date(2026, 2, 18), YEAR_OF_THE_HORSE[1])
    assert len(found) == 72
    assert found[:7] == [
        "2026-02-18", "2026-02-23", "2026-02-28", "2026-03-05", "2026-03-10", "2026-03-15", "2026-03-20",
    ]  # fmt: skip
    gaps = {(date.fromisoformat(b) - date.fromisoformat(a)).days for a, b in pairwise(found)}
    assert gaps == {4, 5}


def test_market_days_come_in_a_leap_month_too_unless_it_is_left_out() -> None:
    start, last = date(2025, 1, 30), date(2026, 2, 16)
    assert len(days(MARKET_DAYS, start, last)) == 13 * 6
    assert len(days(f"{MARKET_DAYS};LEAP=REGULAR", start, last)) == 12 * 6
    assert days("5;LEAP=LEAP", date(2025, 7, 29), date(2029, 1, 1)) == ["2025-07-29", "2028-06-27"]


def test_leap_policies_of_a_yearly_day() -> None:
    last = date(2028, 12, 31)
    assert days("15/6", date(2025, 7, 9), last) == ["2025-07-09", "2026-07-28", "2027-07-18", "2028-08-05"]
    assert days("15/6 nhuận", date(2025, 8, 8), last) == ["2025-08-08"]
    assert days("15/6;LEAP=PREFER_LEAP", date(2025, 8, 8), date(2027, 12, 31)) == [
        "2025-08-08", "2026-07-28", "2027-07-18",
    ]  # fmt: skip
    assert days("15/6;LEAP=BOTH", date(2025, 7, 9), date(2026, 12, 31)) == ["2025-07-09", "2025-08-08", "2026-07-28"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30/12;SKIP=OMIT", ["2024-02-09"]),
        ("30/12;MISSING=LAST", ["2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05", "2028-01-25", "2029-02-12"]),
        ("30/12;MISSING=NEXT", ["2024-02-09", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13"]),
        ("giao thừa", ["2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05", "2028-01-25", "2029-02-12"]),
        ("ngày cuối tháng Chạp", ["2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05", "2028-01-25", "2029-02-12"]),
    ],
)
def test_the_last_day_of_the_year_has_29_or_30_days(text: str, expected: list[str]) -> None:
    assert days(text, date(2024, 2, 9), date(2029, 12, 31)) == expected


def test_from_2025_to_2032_no_twelfth_month_has_30_days() -> None:
    assert days("30/12", date(2024, 2, 9), date(2033, 12, 31)) == ["2024-02-09", "2033-01-30"]


def test_days_that_a_policy_makes_coincide_come_once() -> None:
    assert days("29,30,-1;MISSING=LAST", date(2026, 3, 18), date(2026, 5, 16)) == [
        "2026-03-18", "2026-04-16", "2026-05-15", "2026-05-16",
    ]  # fmt: skip
    assert days("1,30;MISSING=NEXT;INTERVAL=2", date(2026, 3, 19), date(2026, 6, 30)) == [
        "2026-03-19", "2026-04-17", "2026-05-17", "2026-06-15",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "day"), [("NEXT", "2026-02-23"), ("PREVIOUS", "2026-02-13"), ("NEAREST", "2026-02-13")]
)
def test_a_day_of_rest_moves_to_a_working_day(policy: str, day: str) -> None:
    assert days(f"1/1;SHIFT={policy};COUNT=1", date.fromisoformat(day), days_off=TET_OFF) == [day]


def test_of_two_working_days_equally_near_the_later_is_taken() -> None:
    off = frozenset({date(2026, 4, 8)})
    assert days("21/2;SHIFT=NEAREST;COUNT=1", date(2026, 4, 9), days_off=off) == ["2026-04-09"]
    assert days("19/2;SHIFT=NEAREST;COUNT=1", date(2026, 4, 6), days_off=off) == ["2026-04-06"]


def test_the_last_day_binds_what_was_moved() -> None:
    sunday = date(2026, 4, 26)
    assert days("10/3;UNTIL=20260426", sunday) == ["2026-04-26"]
    with pytest.raises(ValueError, match="không có buổi nào"):
        days("10/3;SHIFT=NEXT;UNTIL=20260426", sunday)


def test_count_and_last_day_end_the_rule() -> None:
    assert days("15/1;COUNT=2", date(2026, 3, 3)) == ["2026-03-03", "2027-02-20"]
    assert days("15/1;COUNT=2", date(2026, 3, 3), date(2026, 12, 31)) == ["2026-03-03"]
    assert days("15/1;UNTIL=20270220", date(2026, 3, 3)) == ["2026-03-03", "2027-02-20"]


def test_an_endless_rule_stops_at_the_limit_and_an_ended_one_loses_nothing() -> None:
    rule, start = parse_lunar(MARKET_DAYS), at(date(2026, 2, 18))
    assert len(expand_lunar(rule, start, limit=10)) == 10
    assert len(expand_lunar(rule, start, date(2026, 3, 18), limit=6)) == 6
    with pytest.raises(ValueError, match="hơn 5 buổi"):
        expand_lunar(rule, start, date(2026, 3, 18), limit=5)
    with pytest.raises(ValueError, match="chỉ đủ 75 buổi, không đủ 76 buổi"):
        days("15/1;COUNT=76", date(2026, 3, 3))


def test_the_first_match_is_named_in_both_calendars() -> None:
    rule = parse_lunar("15/1")
    assert first_lunar_match(rule, at(date(2026, 3, 4))) == at(date(2027, 2, 20))
    check_lunar_start(rule, at(date(2026, 3, 3)))
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        expand_lunar(rule, at(date(2026, 1, 1)))
    assert str(caught.value) == (
        "Ngày bắt đầu 01/01/2026 (13/11 ÂL) không khớp với cách lặp âm lịch; "
        "ngày đầu tiên khớp là 03/03/2026 (15/1 ÂL)."
    )


def test_the_calendar_ends_in_2100() -> None:
    rule = parse_lunar("1")
    assert [f"{each:%Y-%m-%d}" for each in expand_lunar(rule, at(date(2100, 11, 2)), date(2200, 1, 1))] == [
        "2100-11-02", "2100-12-01",
    ]  # fmt: skip
    for day in (date(1900, 1, 30), date(2100, 12, 31)):
        with pytest.raises(ValueError, match=r"từ 31/01/1900 đến 30/12/2100"):
            expand_lunar(rule, at(day))
    with pytest.raises(ValueError, match="không có buổi nào"):
        first_lunar_match(parse_lunar("5/1 nhuận"), at(date(2026, 1, 1)))


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(ValueError, match="múi giờ"):
        expand_lunar(parse_lunar("1"), datetime(2026, 2, 17, 8))  # noqa: DTZ001 -- what is refused
    with pytest.raises(ValueError, match="tròn giây"):
        expand_lunar(parse_lunar("1"), at(date(2026, 2, 17)).replace(microsecond=1))


@given(
    lunar_rules(),
    st.dates(date(2022, 1, 1), date(2034, 12, 31)),
    st.sets(st.dates(date(2022, 1, 1), date(2036, 12, 31)), max_size=40).map(lambda off: frozenset(off) | TET_OFF),
)
def test_it_equals_asking_every_day(rule: LunarRecurrence, after: date, off: frozenset[date]) -> None:
    first = first_match_or_none(rule, after, off)
    last = after + timedelta(days=500)
    if first is None or first > last:
        assert expected_days(rule, after, last, days_off=off) == []
        return
    assert expected_days(rule, after, last, days_off=off)[0] == first
    found = [each.date() for each in expand_lunar(rule, at(first), last, days_off=off)]
    assert found == expected_days(rule, first, last, days_off=off)
    for ended in (replace(rule, count=3), replace(rule, until=found[-1])):
        again = [each.date() for each in expand_lunar(ended, at(first), last, days_off=off)]
        assert again == expected_days(ended, first, last, days_off=off)


def first_match_or_none(rule: LunarRecurrence, after: date, off: frozenset[date]) -> date | None:
    try:
        return first_lunar_match(rule, at(after), days_off=off).date()
    except ValueError:
        return None


def test_expanding_again_converts_no_day() -> None:
    rule, start = parse_lunar(MARKET_DAYS), at(date(2026, 2, 18))
    expand_lunar(rule, start, YEAR_OF_THE_HORSE[1])
    before = to_lunar.cache_info()
    assert len(expand_lunar(rule, start, YEAR_OF_THE_HORSE[1])) == 72
    assert to_lunar.cache_info() == before


def test_what_a_policy_cannot_change_is_forgotten() -> None:
    plain = LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(7, 2), shift=ShiftPolicy.NONE)
    assert plain == parse_lunar("2,7;MISSING=LAST;LEAP=BOTH")
    assert (plain.leap, plain.is_bounded, replace(plain, count=3).is_bounded) == (LeapPolicy.BOTH, False, True)
