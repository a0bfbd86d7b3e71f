"""What a finding says of itself: the activities it concerns, and the print by which it is known again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from core.conflicts import Conflict, Level
from core.intervals import day_interval

DAYS = day_interval(date(2026, 3, 14), date(2026, 3, 15))
CLASH = Conflict(
    code="double_booking",
    level=Level.BLOCKING,
    subjects=("a~20260314T123000Z", "b~1~20260314T123000Z", "a~20260315T123000Z", "c"),
    interval=DAYS,
    message="Hội trường A đã có «Đêm nhạc»; hãy chọn giờ khác.",
    about="resource/7",
)


def test_the_activities_are_named_once_each() -> None:
    assert CLASH.uids == ("a", "b~1", "c")


def test_the_print_is_64_digits_and_ignores_words_level_order_and_hours() -> None:
    same = replace(
        CLASH,
        message="Câu khác.",
        level=Level.WARNING,
        basis="Nghị định",
        subjects=CLASH.subjects[::-1],
        interval=replace(DAYS, start=DAYS.start + timedelta(hours=5)),
    )
    assert same.fingerprint == CLASH.fingerprint
    assert (len(CLASH.fingerprint), set(CLASH.fingerprint) <= set("0123456789abcdef")) == (64, True)


def test_rule_subjects_days_and_what_it_turns_on_make_another_print() -> None:
    others = (
        replace(CLASH, code="travel"),
        replace(CLASH, subjects=CLASH.subjects[:2]),
        replace(CLASH, interval=DAYS.shifted(timedelta(days=1))),
        replace(CLASH, interval=None),
        replace(CLASH, about="resource/8"),
    )
    assert len({CLASH.fingerprint, *(other.fingerprint for other in others)}) == len(others) + 1
