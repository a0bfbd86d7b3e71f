from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from core.intervals import LOCAL_ZONE
from core.lunar_recurrence import LunarFrequency, LunarRecurrence, describe_lunar
from core.recurrence import Frequency, Recurrence, Weekday, first_match
from core.recurrence_reading import ReadRepetition
from events.forms.repetition import read_repetition, write_repetition

EXAMPLE = "thứ Ba tuần thứ hai hằng tháng, đến 30/11/2026, trừ 02/9"
START = datetime(2023, 8, 8, 19, 30, tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (None, "none"),
        (Recurrence(freq=Frequency.DAILY, interval=2, count=5), "daily"),
        (Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1), Weekday(3)), until=date(2023, 9, 30)), "weekly"),
        (Recurrence(freq=Frequency.MONTHLY, by_month_day=(1, 15), count=4), "month_day"),
        (Recurrence(freq=Frequency.MONTHLY, by_month_day=(-1,), count=4), "month_day"),
        (Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(5, -1),), count=4), "month_weekday"),
        (Recurrence(freq=Frequency.YEARLY, count=3), "words"),
        (Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(5, 1), Weekday(6, 1)), count=4), "words"),
        (Recurrence(freq=Frequency.WEEKLY), "words"),
    ],
)
def test_a_rule_survives_the_form(rule: Recurrence | None, kind: str) -> None:
    start = START if rule is None else first_match(rule, START)
    values = write_repetition(rule, start)
    assert values["repeat"] == kind
    assert read_repetition(values, start=start, stored=rule) == ReadRepetition(rule=rule)


@pytest.mark.django_db
def test_a_lunar_rule_survives_the_form() -> None:
    rule = LunarRecurrence(freq=LunarFrequency.YEARLY, months=(1,), days=(15,), count=3)
    start = datetime(2026, 3, 3, 8, tzinfo=LOCAL_ZONE)
    values = write_repetition(rule, start)
    assert values == {"repeat": "words", "repeat_words": describe_lunar(rule)}
    assert read_repetition(values, start=start, stored=None) == ReadRepetition(lunar=rule)
    assert read_repetition({"repeat": "keep"}, start=start, stored=rule) == ReadRepetition(lunar=rule)


def test_words_may_add_and_leave_out_days() -> None:
    said = read_repetition(
        {"repeat": "words", "repeat_words": "thứ Ba hằng tuần, 4 buổi, trừ 15/8, thêm 20/8"}, start=START, stored=None
    )
    assert said == ReadRepetition(
        rule=Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), count=4),
        extra_days=(date(2023, 8, 20),),
        excluded_days=(date(2023, 8, 15),),
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("  ", "Hãy ghi cách lặp bằng lời, ví dụ «thứ Ba tuần thứ hai hằng tháng, đến 30/11/2026»."),
        (
            "khi nào rảnh",
            f"Không hiểu «khi nào rảnh» trong cách lặp; hãy ghi như «{EXAMPLE}».",
        ),
    ],
)
def test_words_that_say_nothing_are_refused(words: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read_repetition({"repeat": "words", "repeat_words": words}, start=START, stored=None)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"repeat": "weekly", "repeat_count": 3}, Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), count=3)),
        ({"repeat": "month_day", "repeat_count": 3}, Recurrence(freq=Frequency.MONTHLY, by_month_day=(8,), count=3)),
        ({"repeat": ""}, None),
        ({}, None),
    ],
)
def test_what_is_left_out_follows_from_the_first_day(values: dict[str, object], expected: Recurrence | None) -> None:
    assert read_repetition(values, start=START, stored=None) == ReadRepetition(rule=expected)


def test_nothing_stored_cannot_be_kept() -> None:
    assert read_repetition({"repeat": "keep"}, start=START, stored=None) == ReadRepetition()
