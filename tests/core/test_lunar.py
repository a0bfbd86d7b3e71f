from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lunar import LunarDate, to_lunar, to_solar

REPORTED = [
    (LunarDate(27, 1, 2026), date(2026, 3, 15)),
    (LunarDate(15, 1, 2026), date(2026, 3, 3)),
    (LunarDate(1, 1, 2026), date(2026, 2, 17)),
    (LunarDate(12, 8, 2025), date(2025, 10, 3)),
    (LunarDate(4, 4, 2023), date(2023, 5, 22)),
    (LunarDate(27, 1, 2025), date(2025, 2, 24)),
    (LunarDate(5, 1, 2024), date(2024, 2, 14)),
    (LunarDate(10, 1, 2024), date(2024, 2, 19)),
    (LunarDate(12, 1, 2018), date(2018, 2, 27)),
    (LunarDate(12, 8, 2023), date(2023, 9, 26)),
    (LunarDate(22, 12, 2023), date(2024, 2, 1)),
    (LunarDate(10, 3, 2026), date(2026, 4, 26)),
    (LunarDate(10, 3, 2027), date(2027, 4, 16)),
    (LunarDate(10, 3, 2028), date(2028, 4, 4)),
    (LunarDate(20, 9, 2026), date(2026, 10, 29)),
]
TET = [
    date(1968, 1, 29), date(1969, 2, 16), date(1985, 1, 21), date(2007, 2, 17), date(2023, 1, 22), date(2024, 2, 10),
    date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 2),
    date(2053, 2, 18),
]  # fmt: skip
LEAP_MONTHS = {
    1985: 2, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6,
}  # fmt: skip


@pytest.mark.parametrize(("lunar", "solar"), REPORTED)
def test_dated_reports(lunar: LunarDate, solar: date) -> None:
    assert (to_lunar(solar), to_solar(lunar)) == (lunar, solar)


@pytest.mark.parametrize("day", TET, ids=str)
def test_tet(day: date) -> None:
    assert to_lunar(day) == LunarDate(1, 1, day.year)


def test_leap_months() -> None:
    found = {year: {to_lunar(date(year, 1, 1) + timedelta(days=n)) for n in range(390)} for year in LEAP_MONTHS}
    leap = {year: {each.month for each in days if each.is_leap and each.year == year} for year, days in found.items()}
    assert leap == {year: {month} for year, month in LEAP_MONTHS.items()}


@given(st.dates(date(1968, 1, 1), date(2053, 12, 31)))
def test_a_day_survives_the_round_trip(day: date) -> None:
    assert to_solar(to_lunar(day)) == day


def test_labels() -> None:
    assert to_lunar(date(2026, 3, 15)).label() == "27/1 ÂL"
    assert LunarDate(15, 2, 2023, is_leap=True).label() == "15/2 nhuận ÂL"


@pytest.mark.parametrize(
    ("lunar", "label"),
    [
        (LunarDate(30, 12, 2024), "30/12 ÂL"),
        (LunarDate(1, 3, 2023, is_leap=True), "1/3 nhuận ÂL"),
        (LunarDate(31, 1, 2023), "31/1 ÂL"),
        (LunarDate(1, 13, 2023), "1/13 ÂL"),
    ],
)
def test_a_day_the_lunar_year_lacks_is_refused(lunar: LunarDate, label: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        to_solar(lunar)
    assert str(caught.value) == f"Năm âm lịch {lunar.year} không có ngày {label}; hãy chọn ngày khác."
