from __future__ import annotations

from datetime import date, datetime

import pytest

from core.intervals import LOCAL_ZONE
from core.recurrence import Frequency, Recurrence, Weekday, first_match
from events.forms.repetition import read_repetition, write_repetition

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
        (Recurrence(freq=Frequency.YEARLY, count=3), "keep"),
        (Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(5, 1), Weekday(6, 1)), count=4), "keep"),
    ],
)
def test_a_rule_survives_the_form(rule: Recurrence | None, kind: str) -> None:
    start = START if rule is None else first_match(rule, START)
    values = write_repetition(rule, start)
    assert values["repeat"] == kind
    assert read_repetition(values, start=start, stored=rule) == rule


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
    assert read_repetition(values, start=START, stored=None) == expected


def test_nothing_stored_cannot_be_kept() -> None:
    assert read_repetition({"repeat": "keep"}, start=START, stored=None) is None
