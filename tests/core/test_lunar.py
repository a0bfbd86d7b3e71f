from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lunar import (
    FIRST_DAY,
    FIRST_YEAR,
    LAST_DAY,
    LAST_YEAR,
    LunarDate,
    leap_month,
    month_length,
    month_start,
    months_of,
    to_lunar,
    to_solar,
)
from tests.core.astronomy import lunar_months, tet

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
TET_FROM_1968 = (  # day/month, a year after another
    "29/1 16/2 06/2 27/1 15/2 03/2 23/1 11/2 31/1 18/2 "  # 1968-1977
    "07/2 28/1 16/2 05/2 25/1 13/2 02/2 21/1 09/2 29/1 "  # 1978-1987
    "17/2 06/2 27/1 15/2 04/2 23/1 10/2 31/1 19/2 07/2 "  # 1988-1997
    "28/1 16/2 05/2 24/1 12/2 01/2 22/1 09/2 29/1 17/2 "  # 1998-2007
    "07/2 26/1 14/2 03/2 23/1 10/2 31/1 19/2 08/2 28/1 "  # 2008-2017
    "16/2 05/2 25/1 12/2 01/2 22/1 10/2 29/1 17/2 06/2 "  # 2018-2027
    "26/1 13/2 02/2 23/1 11/2 31/1 19/2 08/2 28/1 15/2 "  # 2028-2037
    "04/2 24/1 12/2 01/2 22/1 10/2 30/1 17/2 06/2 26/1 "  # 2038-2047
    "14/2 02/2 23/1 11/2 01/2 18/2 "  # 2048-2053
)  # fmt: skip
LEAP_MONTHS = {
    1985: 2, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6,
}  # fmt: skip


@pytest.mark.parametrize(("lunar", "solar"), REPORTED)
def test_dated_reports(lunar: LunarDate, solar: date) -> None:
    assert (to_lunar(solar), to_solar(lunar)) == (lunar, solar)


def test_tet_from_1968_to_2053() -> None:
    written = [(int(d), int(m)) for d, m in (each.split("/") for each in TET_FROM_1968.split())]
    expected = [date(1968 + n, month, day) for n, (day, month) in enumerate(written)]
    assert expected[-1] == date(2053, 2, 18)
    assert [to_solar(LunarDate(1, 1, day.year)) for day in expected] == expected
    assert [to_lunar(day) for day in expected] == [LunarDate(1, 1, day.year) for day in expected]
    assert [tet(day.year) for day in expected] == expected


def test_every_month_from_1968_to_2053_begins_where_the_sky_says() -> None:
    sky = [each for year in range(1968, 2055) for each in lunar_months(year)]
    ours = [(each.month, each.is_leap, each.start) for year in range(1967, 2055) for each in months_of(year)]
    assert [each for each in ours if sky[0][2] <= each[2] <= sky[-1][2]] == sky
    assert len(sky) == 1076


def test_leap_months() -> None:
    assert {year: leap_month(year) for year in LEAP_MONTHS} == LEAP_MONTHS
    assert [year for year in range(2021, 2032) if leap_month(year)] == [2023, 2025, 2028, 2031]


def test_months_follow_each_other_to_the_end_of_the_calendar() -> None:
    months = [each for year in range(FIRST_YEAR, LAST_YEAR + 1) for each in months_of(year)]
    assert (months[0].start, months[-1].start + timedelta(days=months[-1].length - 1)) == (FIRST_DAY, LAST_DAY)
    assert [each.start + timedelta(days=each.length) for each in months[:-1]] == [each.start for each in months[1:]]
    assert {each.length for each in months} == {29, 30}


def test_a_month_by_its_number() -> None:
    assert (month_start(2026, 1), month_length(2026, 1)) == (date(2026, 2, 17), 30)
    assert (month_start(2025, 6, is_leap=True), month_length(2025, 6, is_leap=True)) == (date(2025, 7, 25), 29)
    with pytest.raises(ValueError, match="Năm âm lịch 2026 không có tháng 6 nhuận; hãy chọn tháng khác"):
        month_start(2026, 6, is_leap=True)
    with pytest.raises(ValueError, match="không có tháng 12;"):
        month_length(2100, 12)


def test_outside_the_calendar_is_said_in_words() -> None:
    sentence = "Lịch âm chỉ tính được từ năm 1900 đến năm 2100, không có năm"
    for ask in (lambda: to_lunar(date(2101, 1, 1)), lambda: months_of(1899), lambda: leap_month(2101)):
        with pytest.raises(ValueError, match=sentence):
            ask()


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
