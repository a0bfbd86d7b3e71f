from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import vietnamese as vi
from core.intervals import LOCAL_ZONE, Interval, day_interval

EVENING = datetime(2023, 8, 8, 19, 30, tzinfo=LOCAL_ZONE)
LATE_IN_UTC = datetime(2023, 8, 7, 18, 5, tzinfo=UTC)  # 1h05 of the 8th
NAIVE = datetime(2023, 8, 8, 19, 30)  # noqa: DTZ001 -- as a spreadsheet gives it


@pytest.mark.parametrize("day", [date(2023, 8, 8), EVENING, LATE_IN_UTC, NAIVE])
def test_a_day_in_every_form(day: date) -> None:
    assert vi.format_date(day) == "08/08/2023"
    assert vi.format_long_date(day) == "ngày 08 tháng 8 năm 2023"
    assert (vi.format_weekday(day), vi.format_short_weekday(day)) == ("Thứ Ba", "T3")


@pytest.mark.parametrize(
    ("day", "long"),
    [
        (date(2026, 2, 17), "ngày 17 tháng 02 năm 2026"),
        (date(2026, 1, 1), "ngày 01 tháng 01 năm 2026"),
        (date(2026, 11, 4), "ngày 04 tháng 11 năm 2026"),
    ],
)
def test_long_dates_take_the_decrees_zeros(day: date, long: str) -> None:
    assert vi.format_long_date(day) == long


def test_sunday() -> None:
    sunday = date(2023, 8, 13)
    assert (vi.format_weekday(sunday), vi.format_short_weekday(sunday)) == ("Chủ nhật", "CN")


@pytest.mark.parametrize(
    ("moment", "text"), [(EVENING, "19h30"), (LATE_IN_UTC, "1h05"), (NAIVE, "19h30"), (time(7), "7h00")]
)
def test_format_time(moment: time | datetime, text: str) -> None:
    assert vi.format_time(moment) == text


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (1200000, None, "1.200.000"),
        (8.5, None, "8,5"),
        (8.0, None, "8"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("2.50"), None, "2,5"),
        (1234.565, 2, "1.234,57"),
        (2, 1, "2,0"),
        (-0.001, 2, "0,00"),
        (-1234.5, 0, "-1.235"),
    ],
)
def test_format_number(number: float | Decimal, decimals: int | None, text: str) -> None:
    assert vi.format_number(number, decimals) == text


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_formatted(number: float) -> None:
    with pytest.raises(ValueError, match="không phải là số"):
        vi.format_number(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        (" 1.200.000 ", "1200000"),
        ("1.200", "1200"),
        ("1,200", "1.2"),
        ("1,200,000", "1200000"),
        ("1200.5", "1200.5"),
        ("1.200,5", "1200.5"),
        ("1,200.5", "1200.5"),
        ("1\u00a0200,5", "1200.5"),
        ("0.500", "0.5"),
        ("-3", "-3"),
        ("\u22123,5", "-3.5"),
        (8.125, "8.125"),
        (1200, "1200"),
        (Decimal("2.5"), "2.5"),
    ],
)
def test_parse_number(text: str | float | Decimal, number: str) -> None:
    assert vi.parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "khoảng 5", "1.2.3", "1.200.5", "5 m²", "1,2,3", "1.2,5", "--5", "1.200,", float("nan")]
)
def test_a_wrong_number_is_refused(text: str | float) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        vi.parse_number(text)
    assert str(caught.value) == f"«{text}» không phải là số; hãy nhập như 8,5 hoặc 1.200.000."


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_number_survives_the_round_trip(number: Decimal) -> None:
    assert vi.parse_number(vi.format_number(number)) == number


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (datetime(2023, 8, 8, 21, 30, tzinfo=LOCAL_ZONE), "19h30–21h30, 08/08/2023"),
        (datetime(2023, 8, 8, 17, 0, tzinfo=UTC), "19h30–24h00, 08/08/2023"),
        (datetime(2023, 8, 9, 1, 30, tzinfo=LOCAL_ZONE), "19h30, 08/08/2023 – 1h30, 09/08/2023"),
        (datetime(2023, 8, 11, 0, 0, tzinfo=LOCAL_ZONE), "19h30, 08/08/2023 – 24h00, 10/08/2023"),
    ],
)
def test_a_timed_interval(end: datetime, text: str) -> None:
    assert vi.format_interval(Interval(EVENING.astimezone(UTC), end)) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2023, 8, 8), date(2023, 8, 8), "08/08/2023"),
        (date(2023, 7, 25), date(2023, 7, 31), "25/07–31/07/2023"),
        (date(2023, 12, 25), date(2024, 1, 5), "25/12/2023–05/01/2024"),
    ],
)
def test_whole_days(first: date, last: date, text: str) -> None:
    assert vi.format_interval(day_interval(first, last), all_day=True) == text


@pytest.mark.parametrize(
    "text",
    [
        "08/08/2023",
        "8/8/2023",
        " 08-08-2023",
        "08.08.2023",
        "Ngày 08 tháng 8  năm 2023",
        date(2023, 8, 8),
        EVENING,
        LATE_IN_UTC,
        NAIVE,
    ],
)
def test_parse_date(text: str | date) -> None:
    assert vi.parse_date(text) == date(2023, 8, 8)
    assert type(vi.parse_date(text)) is date


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-08-08", "«2023-08-08» không phải là ngày; hãy nhập theo dạng ngày/tháng/năm, ví dụ 08/08/2023."),
        ("31/02/2023", "Không có ngày 31/02/2023 trong lịch; hãy kiểm tra lại ngày và tháng."),
        ("08/08/0223", "Năm 223 trong «08/08/0223» phải từ 1900 đến 2100."),
    ],
)
def test_a_wrong_date_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        vi.parse_date(text)
    assert str(caught.value) == message


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_survives_both_round_trips(day: date) -> None:
    assert [vi.parse_date(vi.format_date(day)), vi.parse_date(vi.format_long_date(day))] == [day, day]


@pytest.mark.parametrize(
    "text", ["19h30", "19:30", "19:30:00", "19 giờ 30", "19 Giờ 30’", "19h30'", "19 giờ 30 phút", time(19, 30)]
)
def test_parse_time(text: str | time) -> None:
    assert vi.parse_time(text) == time(19, 30)


@pytest.mark.parametrize("text", ["7h", "7 giờ", "07h00", "7h0"])
def test_parse_a_whole_hour(text: str) -> None:
    assert vi.parse_time(text) == time(7)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tối", "«tối» không phải là giờ; hãy nhập như 19h30 hoặc 19:30."),
        ("24h00", "Không có giờ 24h00; giờ từ 0 đến 23, phút từ 0 đến 59."),
        ("7h60", "Không có giờ 7h60; giờ từ 0 đến 23, phút từ 0 đến 59."),
    ],
)
def test_a_wrong_time_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        vi.parse_time(text)
    assert str(caught.value) == message


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_a_time_survives_the_round_trip(moment: time) -> None:
    assert vi.parse_time(vi.format_time(moment)) == moment
