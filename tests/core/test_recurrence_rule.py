from datetime import date, datetime
from typing import Any

import pytest

from core.recurrence import Frequency, Recurrence, Weekday

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
MONDAYS = (Weekday(0),)
SECOND_MONDAY = (Weekday(0, 2),)

WEEKLY_MONTH_DAY = "Lặp hằng tuần không chọn được ngày trong tháng; hãy lặp hằng tháng vào ngày đó."
DAILY_LAST_DAY = "Lặp hằng ngày không đếm được ngày từ cuối tháng; hãy lặp hằng tháng vào ngày đó."
SHORT_POSITION = "Chỉ lặp theo tháng hoặc năm mới chọn được vị trí trong kỳ; lặp hằng tuần thì hãy chọn chính thứ đó."
COINCIDENCE = "Ngày đếm từ đầu kỳ và ngày đếm từ cuối kỳ có thể là một; chọn vị trí trong kỳ thì hãy đếm từ một phía."
YEAR_DAY_AND_MONTH = (
    "Không chọn ngày thứ mấy trong năm cùng với tháng, ngày trong tháng hoặc tuần trong năm; "
    "hãy ghi ngày và tháng, ví dụ ngày 2 tháng 9."
)
WEEK_NUMBERS = (
    "Tuần trong năm phải từ 1 đến 51: các phần mềm lịch tính tuần 52, 53 và tuần đếm từ cuối năm khác nhau; "
    "hãy ghi ngày và tháng."
)
WEEK_AND_MONTH = "Không chọn cùng lúc tháng và tuần thứ mấy trong năm; hãy chọn một trong hai."
FIRST_WEEK = "Tuần 1 có thể bắt đầu từ năm trước nên không chọn được vị trí trong kỳ; hãy ghi ngày và tháng."
FROM_SUNDAY = "Với các thứ này, hãy chọn ngày đầu tuần là Chủ nhật để mọi phần mềm lịch hiểu như nhau."


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"freq": DAILY, "interval": 0}, "Khoảng cách giữa các lần lặp phải từ 1 trở lên."),
        ({"freq": DAILY, "count": 0}, "Số buổi phải từ 1 trở lên."),
        ({"freq": DAILY, "count": 1, "until": date(2023, 8, 8)}, "Chỉ chọn một trong hai: số buổi hoặc ngày kết thúc."),
        ({"freq": DAILY, "until": datetime(2023, 8, 8)}, "Ngày kết thúc phải là ngày, không kèm giờ."),  # noqa: DTZ001 -- any datetime is refused
        ({"freq": DAILY, "week_start": 7}, "Ngày đầu tuần phải từ 0 (thứ Hai) đến 6 (Chủ nhật)."),
        ({"freq": DAILY, "by_month": (13,)}, "Tháng phải từ 1 đến 12."),
        ({"freq": DAILY, "by_month": (8, 8)}, "Một ngày hoặc tháng được chọn hai lần."),
        ({"freq": WEEKLY, "by_weekday": MONDAYS * 2}, "Một ngày hoặc tháng được chọn hai lần."),
        ({"freq": WEEKLY, "by_weekday": SECOND_MONDAY}, "Chỉ lặp theo tháng hoặc năm mới chọn được tuần thứ mấy."),
        ({"freq": MONTHLY, "by_weekday": (Weekday(0, 6),)}, "Một tháng chỉ có tối đa 5 tuần."),
        ({"freq": YEARLY, "by_month": (2,), "by_weekday": (Weekday(0, -6),)}, "Một tháng chỉ có tối đa 5 tuần."),
        ({"freq": MONTHLY, "by_month_day": (32,)}, "Ngày trong tháng phải từ 1 đến 31, hoặc âm tính từ cuối tháng."),
        ({"freq": MONTHLY, "by_month_day": (0,)}, "Ngày trong tháng phải từ 1 đến 31, hoặc âm tính từ cuối tháng."),
        ({"freq": WEEKLY, "by_month_day": (1,)}, WEEKLY_MONTH_DAY),
        ({"freq": DAILY, "by_month_day": (1, -1)}, DAILY_LAST_DAY),
        ({"freq": YEARLY, "by_month_day": (1,)}, "Lặp hằng năm theo ngày trong tháng phải nêu rõ tháng."),
        ({"freq": YEARLY, "by_month": (2, 4), "by_month_day": (31,)}, "Không tháng nào được chọn có ngày này."),
        ({"freq": MONTHLY, "by_set_position": (0,)}, "Vị trí trong kỳ phải từ 1 đến 366, hoặc âm."),
        ({"freq": WEEKLY, "by_weekday": MONDAYS, "by_set_position": (1,)}, SHORT_POSITION),
        ({"freq": MONTHLY, "by_month_day": (4, -28), "by_set_position": (1,)}, COINCIDENCE),
        ({"freq": YEARLY, "by_year_day": (1, -366), "by_set_position": (1,)}, COINCIDENCE),
        ({"freq": YEARLY, "by_year_day": (0,)}, "Ngày thứ mấy trong năm phải từ 1 đến 366, hoặc âm từ cuối năm."),
        ({"freq": MONTHLY, "by_year_day": (1,)}, "Chỉ lặp hằng năm mới chọn được ngày thứ mấy trong năm."),
        ({"freq": YEARLY, "by_year_day": (1,), "by_month": (1,)}, YEAR_DAY_AND_MONTH),
        ({"freq": YEARLY, "by_year_day": (1,), "by_month": (1,), "by_month_day": (1,)}, YEAR_DAY_AND_MONTH),
        ({"freq": YEARLY, "by_year_day": (1,), "by_week_no": (2,), "by_weekday": MONDAYS}, YEAR_DAY_AND_MONTH),
        ({"freq": YEARLY, "by_week_no": (52,), "by_weekday": MONDAYS}, WEEK_NUMBERS),
        ({"freq": YEARLY, "by_week_no": (-1,), "by_weekday": MONDAYS}, WEEK_NUMBERS),
        (
            {"freq": MONTHLY, "by_week_no": (2,), "by_weekday": MONDAYS},
            "Chỉ lặp hằng năm mới chọn được tuần thứ mấy trong năm.",
        ),
        ({"freq": YEARLY, "by_week_no": (2,)}, "Chọn tuần thứ mấy trong năm thì phải chọn thứ, ví dụ thứ Hai."),
        (
            {"freq": YEARLY, "by_week_no": (2,), "by_weekday": SECOND_MONDAY},
            "Chọn tuần thứ mấy trong năm thì ghi thứ không kèm thứ tự, ví dụ thứ Hai.",
        ),
        (
            {"freq": YEARLY, "by_week_no": (2,), "by_weekday": MONDAYS, "by_month": (1,), "by_month_day": (5,)},
            "Không chọn cùng lúc ngày trong tháng và tuần thứ mấy trong năm; hãy chọn một trong hai.",
        ),
        ({"freq": YEARLY, "by_week_no": (1,), "by_weekday": MONDAYS, "by_month": (2,)}, WEEK_AND_MONTH),
        ({"freq": YEARLY, "by_week_no": (1,), "by_weekday": MONDAYS, "by_set_position": (1,)}, FIRST_WEEK),
        ({"freq": WEEKLY, "interval": 2, "by_weekday": (Weekday(0), Weekday(6)), "week_start": 1}, FROM_SUNDAY),
        ({"freq": MONTHLY, "by_set_position": (1,)}, "Chọn vị trí trong kỳ thì phải chọn thứ hoặc ngày trong tháng."),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        Recurrence(**parts)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("day", "ordinal", "message"),
    [
        (7, None, "Ngày trong tuần phải từ 0 (thứ Hai) đến 6 (Chủ nhật)."),
        (0, 0, "Thứ tự của thứ phải từ 1 đến 53, hoặc âm."),
        (0, -54, "Thứ tự của thứ phải từ 1 đến 53, hoặc âm."),
    ],
)
def test_a_weekday_outside_the_week_is_refused(day: int, ordinal: int | None, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        Weekday(day, ordinal)
    assert str(caught.value) == message


def test_weekdays_are_written_as_in_rfc_5545() -> None:
    assert [str(each) for each in (Weekday(0), Weekday(1, 2), Weekday(6, -1))] == ["MO", "2TU", "-1SU"]


def test_a_rule_is_bounded_by_count_or_last_day() -> None:
    rules = (
        Recurrence(freq=DAILY),
        Recurrence(freq=DAILY, count=3),
        Recurrence(freq=DAILY, until=date(2023, 8, 8)),
    )
    assert [rule.is_bounded for rule in rules] == [False, True, True]


def test_the_29th_of_february_is_allowed() -> None:
    rule = Recurrence(freq=YEARLY, by_month=(2,), by_month_day=(29,))
    assert rule.by_month_day == (29,)


@pytest.mark.parametrize(
    "parts",
    [
        {"freq": MONTHLY, "by_weekday": (Weekday(0, 2), Weekday(1)), "by_month_day": (9,)},
        {"freq": MONTHLY, "by_month_day": (1, -1), "by_set_position": (1,)},
        {"freq": YEARLY, "by_year_day": (-1, -366), "by_set_position": (1,)},
        {"freq": YEARLY, "by_week_no": (1, 20), "by_weekday": MONDAYS},
        {"freq": YEARLY, "by_month": (1,), "by_set_position": (1,)},
        {"freq": WEEKLY, "interval": 2, "by_weekday": (Weekday(0), Weekday(2)), "week_start": 1},
        {"freq": WEEKLY, "interval": 2, "by_weekday": (Weekday(0), Weekday(6))},
        {"freq": WEEKLY, "by_weekday": (Weekday(0), Weekday(6)), "week_start": 1},
    ],
)
def test_sense_is_taken(parts: dict[str, Any]) -> None:
    assert Recurrence(**parts) == Recurrence(**parts)
