"""A place is used in its opening hours."""

from __future__ import annotations

import pytest

from core.conflicts import Level
from events.rules.opening_hours import check
from tests.events.rules.cases import hours, show, world

MORNING_AND_AFTERNOON = ((450, 690), (810, 1020))  # 7h30-11h30, 13h30-17h00
OPEN = dict.fromkeys(range(5), MORNING_AND_AFTERNOON) | {5: ((480, 720), (720, 1440))}


def test_outside_the_hours_is_told_with_the_hours_of_that_day() -> None:
    first, second = (show(f"2026-03-{day} 16:00", f"2026-03-{day} 18:00", place_ids=(1,)) for day in ("03", "10"))
    (conflict,) = check([first, second], world(place_opening={1: OPEN}))
    assert conflict.message == (
        "«Đêm nhạc» (16h00–18h00, 03/03/2026 và 1 buổi khác) nằm ngoài giờ mở cửa của «Nhà văn hóa Bản Chu» "
        "(Thứ Ba 03/03/2026: 7h30–11h30, 13h30–17h00); hãy chọn giờ trong giờ mở cửa hoặc nơi khác."
    )
    assert (conflict.code, conflict.level, conflict.about) == ("opening_hours", Level.WARNING, "place/1")
    assert (conflict.subjects, conflict.interval) == (("hd",), hours("2026-03-03 16:00", "2026-03-03 18:00"))


def test_a_weekday_without_hours_is_closed() -> None:
    sunday = show("2026-03-08 09:00", "2026-03-08 10:00", resource_ids=(2,))
    (conflict,) = check([sunday], world(resource_opening={2: OPEN}))
    assert "«Sân khấu B» (Chủ nhật 08/03/2026: đóng cửa)" in conflict.message


def test_hours_up_to_midnight_are_told_as_such() -> None:
    night = show("2026-03-07 23:00", "2026-03-08 01:00", place_ids=(1,))
    (conflict,) = check([night], world(place_opening={1: {**OPEN, 6: ((480, 1440),)}}))
    assert "(Chủ nhật 08/03/2026: 8h00–24h00)" in conflict.message


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-03 07:30", "2026-03-03 11:30"),
        ("2026-03-07 08:00", "2026-03-08 00:00"),  # two stretches that touch count as one
        ("2026-03-03 09:00", "2026-03-04 09:00"),  # a day long: only closed days count
    ],
)
def test_within_the_hours_nothing_is_told(start: str, end: str) -> None:
    assert list(check([show(start, end, place_ids=(1,))], world(place_opening={1: OPEN}))) == []


def test_what_lasts_for_days_is_told_of_a_closed_day() -> None:
    days = show("2026-03-06 00:00", "2026-03-09 00:00", place_ids=(1,), all_day=True)
    (conflict,) = check([days], world(place_opening={1: OPEN}))
    assert "(06/03–08/03/2026) nằm ngoài giờ mở cửa" in conflict.message
    assert "(Chủ nhật 08/03/2026: đóng cửa)" in conflict.message
