from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.intervals import LOCAL_ZONE
from core.recurrence import Frequency, Recurrence, Weekday, expand, first_match, last_instant
from tests.core.rules import expected_days, recurrences

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
DAWN = time(6, 0)  # still the day before in UTC


def at(year: int, month: int, day: int, *, hour: int = 6) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LOCAL_ZONE)


def days(found: tuple[datetime, ...]) -> list[date]:
    assert {moment.timetz() for moment in found} <= {DAWN.replace(tzinfo=LOCAL_ZONE)}
    return [moment.date() for moment in found]


@settings(deadline=None, max_examples=300)
@given(recurrences(), st.dates(date(2023, 1, 1), date(2025, 12, 31)))
def test_expansion_is_what_the_rfc_says(rule: Recurrence, first: date) -> None:
    try:
        start = first_match(rule, datetime.combine(first, DAWN, LOCAL_ZONE))
    except ValueError:
        assume(False)
    last = start + timedelta(days=1200)
    assert days(expand(rule, start, last)) == expected_days(rule, start.date(), last.date())


def test_dawn_weekdays_do_not_slip_a_day_in_utc() -> None:
    rule = Recurrence(freq=WEEKLY, by_weekday=(Weekday(0), Weekday(2), Weekday(4)), count=4)
    start = at(2023, 8, 7).astimezone(UTC)
    assert days(expand(rule, start)) == [date(2023, 8, 7), date(2023, 8, 9), date(2023, 8, 11), date(2023, 8, 14)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Recurrence(freq=MONTHLY, by_month_day=(1, 15)), [(8, 15), (9, 1), (9, 15)]),
        (Recurrence(freq=MONTHLY, by_month_day=(-1,)), [(8, 31), (9, 30), (10, 31)]),
        (Recurrence(freq=MONTHLY, by_weekday=(Weekday(4, -1),)), [(8, 25), (9, 29), (10, 27)]),
        (Recurrence(freq=MONTHLY, by_weekday=(Weekday(1, 2),)), [(8, 8), (9, 12), (10, 10)]),
        (Recurrence(freq=WEEKLY, interval=2, by_weekday=(Weekday(6),)), [(8, 13), (8, 27), (9, 10)]),
    ],
)
def test_the_first_three(rule: Recurrence, expected: list[tuple[int, int]]) -> None:
    start = first_match(rule, at(2023, 8, 8))
    assert days(expand(rule, start, limit=3)) == [date(2023, month, day) for month, day in expected]


def test_the_last_day_is_included() -> None:
    rule = Recurrence(freq=DAILY, until=date(2023, 8, 10))
    assert len(expand(rule, at(2023, 8, 8, hour=23))) == 3
    assert len(expand(Recurrence(freq=DAILY), at(2023, 8, 8), at(2023, 8, 10))) == 3


def test_the_same_day_next_month_skips_short_months() -> None:
    assert days(expand(Recurrence(freq=MONTHLY, count=3), at(2024, 1, 31))) == [
        date(2024, 1, 31), date(2024, 3, 31), date(2024, 5, 31),
    ]  # fmt: skip


def test_an_endless_rule_gives_its_first_two_thousand() -> None:
    assert len(expand(Recurrence(freq=DAILY), at(2023, 8, 8))) == 2000


def test_a_rule_too_long_is_refused_not_cut() -> None:
    rule = Recurrence(freq=DAILY, count=4)
    assert len(expand(rule, at(2023, 8, 8), limit=4)) == 4
    with pytest.raises(ValueError, match=r"^Lặp lại tạo ra hơn 3 buổi; hãy chọn ngày kết thúc sớm hơn\.$"):
        expand(rule, at(2023, 8, 8), limit=3)


def test_a_start_that_does_not_fit_is_refused() -> None:
    rule = Recurrence(freq=WEEKLY, by_weekday=(Weekday(0),))
    with pytest.raises(
        ValueError, match=r"^Ngày bắt đầu 08/08/2023 không khớp với cách lặp; ngày đầu tiên khớp là 14/08/2023\.$"
    ):
        expand(rule, at(2023, 8, 8))


def test_the_first_match_ignores_interval_and_count() -> None:
    rule = Recurrence(freq=MONTHLY, interval=2, count=1, by_month_day=(31,))
    assert first_match(rule, at(2023, 4, 1)) == at(2023, 5, 31)


def test_a_rule_over_before_it_starts_has_no_match() -> None:
    with pytest.raises(ValueError, match="không có buổi nào kể từ ngày bắt đầu"):
        first_match(Recurrence(freq=DAILY, until=date(2023, 8, 7)), at(2023, 8, 8))


def test_a_rule_that_never_comes_is_given_up_after_a_century() -> None:
    rule = Recurrence(freq=MONTHLY, by_month_day=(1,), by_set_position=(2,))
    with pytest.raises(ValueError, match="không có buổi nào"):
        first_match(rule, at(2023, 8, 8))


@pytest.mark.parametrize(
    ("start", "message"),
    [
        (datetime(2023, 8, 8), "phải kèm múi giờ và tròn giây"),  # noqa: DTZ001 -- naive is the point
        (datetime(2023, 8, 8, microsecond=1, tzinfo=UTC), "phải kèm múi giờ và tròn giây"),
        (datetime(223, 8, 8, tzinfo=UTC), "Năm bắt đầu 223 phải từ 1900 đến 2100"),
    ],
)
def test_a_wrong_start_is_refused(start: datetime, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        expand(Recurrence(freq=DAILY), start)


def test_the_last_instant_of_a_local_day() -> None:
    assert last_instant(date(2023, 11, 30)) == datetime(2023, 11, 30, 16, 59, 59, tzinfo=UTC)


def test_a_rule_of_more_than_a_century_is_refused_not_cut() -> None:
    rule = Recurrence(freq=YEARLY, by_month=(2,), by_month_day=(29,), count=25)
    assert len(expand(rule, at(2024, 2, 29))) == 25
    with pytest.raises(ValueError, match=r"^26 buổi kéo dài quá 100 năm; hãy chọn ít buổi hơn\.$"):
        expand(replace(rule, count=26), at(2024, 2, 29))


def test_a_week_that_begins_in_december_is_no_start() -> None:
    rule = Recurrence(freq=YEARLY, by_week_no=(1,), by_weekday=(Weekday(0),))
    assert days(expand(rule, at(2024, 1, 1), limit=3)) == [date(2024, 1, 1), date(2024, 12, 30), date(2025, 12, 29)]
    with pytest.raises(ValueError, match="Tuần 1 của năm 2026 bắt đầu từ tháng 12 năm trước"):
        expand(replace(rule, by_weekday=(Weekday(0), Weekday(4))), at(2026, 1, 2))


def test_a_start_in_a_week_that_next_year_counts_waits_for_its_year() -> None:
    rule = Recurrence(freq=YEARLY, interval=2, by_week_no=(1,), by_weekday=(Weekday(0),))
    assert first_match(rule, at(2024, 12, 1)) == at(2027, 1, 4)
