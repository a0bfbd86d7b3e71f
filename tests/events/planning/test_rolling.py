"""Days of one year and the days that answer to them in another; the rest of a plan stays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from core.intervals import LOCAL_ZONE, Interval
from core.lunar import to_lunar
from core.lunar_recurrence import LeapPolicy, LunarFrequency, LunarRecurrence, MissingPolicy
from core.recurrence import Frequency, Recurrence, Weekday
from core.vietnamese import format_date
from events.planning import ActivityPlan
from events.planning.commands import SkippedDate
from events.planning.rolling import Roll, RollBy, other_years, roll_day, roll_plan
from tests.factories import at


def moment(day: date, hour: int = 19, minute: int = 30) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL_ZONE)


def plan(interval: Interval, **fields: Any) -> ActivityPlan:
    keys: dict[str, Any] = {
        "campaign_id": 1,
        "area_id": 1,
        "lead_unit_id": 1,
        "kind": "mobile_team",
        "status": "confirmed",
    }
    return ActivityPlan(code="HD-1", title="Đêm văn nghệ", interval=interval, **keys, **fields)


@pytest.mark.parametrize(
    ("day", "roll", "expected"),
    [
        (date(2023, 8, 8), Roll(by=RollBy.DATE, years=1), date(2024, 8, 8)),
        (date(2024, 2, 29), Roll(by=RollBy.DATE, years=1), date(2025, 2, 28)),
        (date(2024, 2, 29), Roll(by=RollBy.DATE, years=4), date(2028, 2, 29)),
        (date(2023, 8, 8), Roll(by=RollBy.WEEKDAY, years=1), date(2024, 8, 6)),  # 364 days
        (date(2026, 3, 10), Roll(by=RollBy.WEEKDAY, years=1), date(2027, 3, 16)),  # 2026 has 53 weeks: 371 days
        (date(2026, 12, 31), Roll(by=RollBy.WEEKDAY, years=1), date(2027, 12, 30)),  # 2027 has no week 53
        (date(2026, 2, 17), Roll(by=RollBy.LUNAR, years=1), date(2027, 2, 6)),  # Tết
        (date(2025, 9, 30), Roll(by=RollBy.LUNAR, years=1), date(2026, 9, 19)),  # 9/8
    ],
)
def test_each_way_keeps_what_it_says(day: date, roll: Roll, expected: date) -> None:
    assert roll_day(day, roll) == expected


def test_the_weekday_is_kept_through_thirty_years() -> None:
    days = [date(1996 + year, month, 14) for year in range(30) for month in range(1, 13)]
    rolled = [roll_day(day, Roll(by=RollBy.WEEKDAY, years=1)) for day in days]
    assert [day.weekday() for day in rolled] == [day.weekday() for day in days]
    assert {(after - before).days for before, after in zip(days, rolled, strict=True)} == {364, 371}


def thirtieth(year: int, following: int) -> date:
    """A 30th of a lunar year whose month has 29 days `following` years on."""
    day = date(year, 3, 1)
    while True:
        lunar = to_lunar(day)
        if lunar.day == 30 and not lunar.is_leap:
            try:
                roll_day(day, Roll(by=RollBy.LUNAR, years=following, missing=MissingPolicy.SKIP))
            except ValueError:
                return day
        day = date.fromordinal(day.toordinal() + 1)


def test_a_thirtieth_that_is_missing_goes_as_the_policy_says() -> None:
    day = thirtieth(2025, 1)
    last = roll_day(day, Roll(by=RollBy.LUNAR, years=1, missing=MissingPolicy.LAST_DAY))
    after = roll_day(day, Roll(by=RollBy.LUNAR, years=1, missing=MissingPolicy.NEXT_DAY))
    assert (to_lunar(last).day, to_lunar(last).month, to_lunar(last).year) == (29, to_lunar(day).month, 2026)
    assert (after - last).days == 1
    assert to_lunar(after).day == 1
    with pytest.raises(ValueError, match="30"):
        roll_day(day, Roll(by=RollBy.LUNAR, years=1, missing=MissingPolicy.SKIP))


def test_a_leap_month_gives_way_to_the_ordinary_one_or_to_nothing() -> None:
    day = date(2025, 8, 10)  # 17/6 of the leap month
    assert (to_lunar(day).month, to_lunar(day).is_leap) == (6, True)
    moved = to_lunar(roll_day(day, Roll(by=RollBy.LUNAR, years=1)))
    assert (moved.day, moved.month, moved.year, moved.is_leap) == (17, 6, 2026, False)
    with pytest.raises(ValueError, match="2026"):
        roll_day(day, Roll(by=RollBy.LUNAR, years=1, leap=LeapPolicy.LEAP))


def test_a_day_beyond_the_lunar_calendar_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"2100|2300"):
        roll_day(date(2025, 9, 30), Roll(by=RollBy.LUNAR, years=275))


def test_one_evening_keeps_its_clock_and_length() -> None:
    rolled = roll_plan(plan(at(date(2023, 8, 8), hours=2.5)), Roll(by=RollBy.DATE, years=1))
    assert (rolled.plan.interval, rolled.notes) == (at(date(2024, 8, 8), hours=2.5), ())


def test_a_weekly_series_begins_on_its_weekday_and_ends_on_the_answering_day() -> None:
    rule = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 11, 28))
    before = plan(
        at(date(2023, 8, 8)),
        recurrence=rule,
        excluded_dates=(moment(date(2023, 9, 5)), moment(date(2023, 9, 12))),
        extra_dates=(moment(date(2023, 9, 2)),),
        skipped_dates=(SkippedDate(start=moment(date(2023, 9, 19)), reason="bận"),),
    )
    by_date = roll_plan(before, Roll(by=RollBy.DATE, years=1))
    assert by_date.plan.interval == at(date(2024, 8, 13))
    assert by_date.plan.recurrence == Recurrence(
        freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2024, 11, 28)
    )
    assert (by_date.plan.excluded_dates, by_date.plan.skipped_dates) == ((), ())
    assert by_date.plan.extra_dates == (moment(date(2024, 9, 2)),)
    assert [format_date(date(2024, 8, 13)) in by_date.notes[0], "05/09/2024, 12/09/2024" in by_date.notes[1]] == [
        True,
        True,
    ]
    by_weekday = roll_plan(before, Roll(by=RollBy.WEEKDAY, years=1))
    assert by_weekday.notes == ()
    assert by_weekday.plan.interval == at(date(2024, 8, 6))
    assert by_weekday.plan.excluded_dates == (moment(date(2024, 9, 3)), moment(date(2024, 9, 10)))


def test_a_lunar_rule_stays_and_begins_on_its_first_day() -> None:
    rule = LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(15,), until=date(2026, 12, 31))
    before = plan(at(date(2026, 3, 3)), lunar=rule, excluded_dates=(moment(date(2026, 5, 1)),))
    rolled = roll_plan(before, Roll(by=RollBy.LUNAR, years=1)).plan
    assert (rolled.interval.start.date(), to_lunar(rolled.interval.start.date()).day) == (date(2027, 2, 20), 15)
    assert rolled.lunar == LunarRecurrence(
        freq=LunarFrequency.MONTHLY, days=(15,), until=roll_day(date(2026, 12, 31), Roll(by=RollBy.LUNAR, years=1))
    )
    assert [to_lunar(each.date()).day for each in rolled.excluded_dates] == [15]
    endless = plan(at(date(2026, 3, 3)), lunar=LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(15,)))
    assert roll_plan(endless, Roll(by=RollBy.LUNAR, years=1)).plan.lunar == endless.lunar


def test_a_series_without_end_stays_without_end() -> None:
    endless = plan(at(date(2023, 8, 8)), recurrence=Recurrence(freq=Frequency.DAILY))
    assert roll_plan(endless, Roll(by=RollBy.DATE, years=1)).plan.recurrence == endless.recurrence


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Chào năm 2023 và Tết 2024", ("2023",)),
        ("Kỷ niệm 30/4/1975, năm 2023, 2023", ("1975", "2023")),
        ("Đội số 12023", ()),
        ("Ngày ASEAN", ()),
    ],
)
def test_numbers_that_read_as_another_year_are_found(title: str, expected: tuple[str, ...]) -> None:
    assert other_years(title, 2024) == expected
