from datetime import date, datetime
from typing import Any

import pytest

from core.recurrence import Frequency, Recurrence, Weekday

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
MONDAYS = (Weekday(0),)
SECOND_MONDAY = (Weekday(0, 2),)


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
        (
            {"freq": MONTHLY, "by_weekday": SECOND_MONDAY, "by_month_day": (1,)},
            "Không chọn cùng lúc ngày trong tháng và tuần thứ mấy.",
        ),
        (
            {"freq": MONTHLY, "by_weekday": (Weekday(0, 2), Weekday(1))},
            "Hãy chọn tuần thứ mấy cho mọi thứ, hoặc không thứ nào.",
        ),
        ({"freq": MONTHLY, "by_month_day": (32,)}, "Ngày trong tháng phải từ 1 đến 31, hoặc âm tính từ cuối tháng."),
        ({"freq": MONTHLY, "by_month_day": (0,)}, "Ngày trong tháng phải từ 1 đến 31, hoặc âm tính từ cuối tháng."),
        ({"freq": WEEKLY, "by_month_day": (1,)}, "Lặp hằng tuần không chọn được ngày trong tháng."),
        ({"freq": YEARLY, "by_month_day": (1,)}, "Lặp hằng năm theo ngày trong tháng phải nêu rõ tháng."),
        ({"freq": YEARLY, "by_month": (2, 4), "by_month_day": (31,)}, "Không tháng nào được chọn có ngày này."),
        ({"freq": MONTHLY, "by_set_position": (0,)}, "Vị trí trong kỳ phải từ 1 đến 366, hoặc âm."),
        (
            {"freq": WEEKLY, "by_weekday": MONDAYS, "by_set_position": (1,)},
            "Chỉ lặp theo tháng hoặc năm mới chọn được vị trí trong kỳ.",
        ),
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
