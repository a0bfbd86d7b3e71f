from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from core.recurrence import Frequency, Recurrence, Weekday
from core.recurrence_text import WORKING_DAYS, describe, parse_description, to_labels
from tests.core.rules import recurrences

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
MON, TUE, WED, FRI, SUN = (Weekday(day) for day in (0, 1, 2, 4, 6))


@pytest.mark.parametrize(
    ("rule", "phrase", "labels"),
    [
        (Recurrence(freq=DAILY), "hằng ngày", ("hằng ngày", "")),
        (Recurrence(freq=DAILY, interval=3, count=4), "3 ngày một lần, gồm 4 buổi", ("3 ngày một lần", "")),
        (
            Recurrence(freq=WEEKLY, by_weekday=(MON, WED), until=date(2023, 11, 30)),
            "hằng tuần vào thứ Hai, thứ Tư, đến 30/11/2023",
            ("hằng tuần", "T2, T4"),
        ),
        (
            Recurrence(freq=WEEKLY, interval=2, by_weekday=(SUN,), week_start=6),
            "2 tuần một lần vào Chủ nhật, tuần bắt đầu từ Chủ nhật",
            ("2 tuần một lần", "CN; tuần từ CN"),
        ),
        (
            Recurrence(freq=MONTHLY, by_weekday=(Weekday(1, 2),)),
            "thứ Ba tuần thứ hai hằng tháng",
            ("hằng tháng", "T3 tuần 2"),
        ),
        (
            Recurrence(freq=MONTHLY, interval=2, by_weekday=(Weekday(4, -1), Weekday(0, -2))),
            "2 tháng một lần vào thứ Sáu tuần cuối, thứ Hai tuần thứ 2 từ cuối",
            ("2 tháng một lần", "T6 tuần cuối, T2 tuần -2"),
        ),
        (
            Recurrence(freq=MONTHLY, by_month_day=(1, 15, -1, -3)),
            "ngày 1, 15, cuối, thứ 3 từ cuối hằng tháng",
            ("hằng tháng", "ngày 1, 15, cuối, -3"),
        ),
        (
            Recurrence(freq=YEARLY, by_month=(8,), by_month_day=(8,)),
            "ngày 8 tháng 8 hằng năm",
            ("hằng năm", "ngày 8; tháng 8"),
        ),
        (
            Recurrence(freq=YEARLY, by_weekday=(Weekday(0, 20),)),
            "thứ Hai tuần thứ 20 hằng năm",
            ("hằng năm", "T2 tuần 20"),
        ),
        (
            Recurrence(freq=MONTHLY, by_weekday=(MON, TUE), by_set_position=(1, -1)),
            "thứ Hai, thứ Ba hằng tháng, chọn lần đầu, cuối trong kỳ",
            ("hằng tháng", "T2, T3; lần 1, cuối"),
        ),
        (
            Recurrence(freq=MONTHLY, by_weekday=WORKING_DAYS, by_set_position=(-1,)),
            "ngày làm việc cuối hằng tháng",
            ("hằng tháng", "T2, T3, T4, T5, T6; lần cuối"),
        ),
        (
            Recurrence(freq=YEARLY, by_year_day=(100, -2)),
            "ngày thứ 100, 2 từ cuối trong năm hằng năm",
            ("hằng năm", "ngày trong năm 100, -2"),
        ),
        (
            Recurrence(freq=YEARLY, interval=2, by_week_no=(1, 20), by_weekday=(MON,), week_start=6),
            "2 năm một lần vào thứ Hai tuần số 1, 20 trong năm, tuần bắt đầu từ Chủ nhật",
            ("2 năm một lần", "T2; tuần trong năm 1, 20; tuần từ CN"),
        ),
    ],
)
def test_a_rule_in_words(rule: Recurrence, phrase: str, labels: tuple[str, str]) -> None:
    assert (describe(rule), to_labels(rule)) == (phrase, labels)


@settings(deadline=None)
@given(recurrences())
def test_labels_read_back(rule: Recurrence) -> None:
    assert parse_description(*to_labels(rule)) == replace(rule, count=None, until=None)


@pytest.mark.parametrize(
    ("label", "freq", "interval"),
    [
        ("hằng ngày", DAILY, 1),
        (" Hàng  tuần ", WEEKLY, 1),
        ("mỗi tháng", MONTHLY, 1),
        ("HẰNG NĂM", YEARLY, 1),
        ("2 tuần một lần", WEEKLY, 2),
        ("3 tháng 1 lần", MONTHLY, 3),
        ("2 tuần/lần", WEEKLY, 2),
        ("mỗi 2 ngày", DAILY, 2),
        ("một tuần một lần", WEEKLY, 1),
        ("hai tuần một lần", WEEKLY, 2),
    ],
)
def test_frequency_labels(label: str, freq: Frequency, interval: int) -> None:
    assert parse_description(label, "") == Recurrence(freq=freq, interval=interval)


@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("T2, T4", (MON, WED)),
        ("cn", (SUN,)),
        ("Thứ Hai và Thứ 4", (MON, WED)),
        ("vào t2;t4", (MON, WED)),
        ("Chủ nhật", (SUN,)),
    ],
)
def test_weekday_labels(label: str, days: tuple[Weekday, ...]) -> None:
    assert parse_description("hằng tuần", label) == Recurrence(freq=WEEKLY, by_weekday=days)


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("ngày 1, 15", Recurrence(freq=MONTHLY, by_month_day=(1, 15))),
        ("ngày 1 và 15", Recurrence(freq=MONTHLY, by_month_day=(1, 15))),
        ("ngày 1, ngày 15", Recurrence(freq=MONTHLY, by_month_day=(1, 15))),
        ("Ngày cuối", Recurrence(freq=MONTHLY, by_month_day=(-1,))),
        ("ngày cuối tháng", Recurrence(freq=MONTHLY, by_month_day=(-1,))),
        ("ngày cuối tháng 2", Recurrence(freq=MONTHLY, by_month_day=(-1,), by_month=(2,))),
        ("T3 tuần 2", Recurrence(freq=MONTHLY, by_weekday=(Weekday(1, 2),))),
        ("Thứ Ba tuần thứ hai", Recurrence(freq=MONTHLY, by_weekday=(Weekday(1, 2),))),
        ("T2 tuần đầu, T6 tuần cuối", Recurrence(freq=MONTHLY, by_weekday=(Weekday(0, 1), Weekday(4, -1)))),
    ],
)
def test_monthly_labels(label: str, rule: Recurrence) -> None:
    assert parse_description("hằng tháng", label) == rule


@pytest.mark.parametrize("label", ["", "tuần", "thỉnh thoảng", "0x tuần", "tuần một lần rưỡi"])
def test_an_unknown_frequency_is_refused(label: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        parse_description(label, "")
    assert str(caught.value) == f"Không hiểu cách lặp «{label}»; hãy ghi như «hằng tuần» hoặc «2 tuần một lần»."


@pytest.mark.parametrize("label", ["T8", "rằm", "T2 T3x", "T22", "ngày", "ngày 1, 15x", "T3 tuần", "cnx"])
def test_unknown_days_are_refused(label: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        parse_description("hằng tháng", label)
    message = f"Không hiểu ngày lặp «{label}»; hãy ghi như «T2, T4», «ngày 1, 15» hoặc «T3 tuần 2»."
    assert str(caught.value) == message


def test_days_that_do_not_suit_the_frequency_are_refused() -> None:
    with pytest.raises(ValueError, match="Lặp hằng tuần không chọn được ngày trong tháng"):
        parse_description("hằng tuần", "ngày 1")
