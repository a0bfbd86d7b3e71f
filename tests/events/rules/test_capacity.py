"""The people who are expected find room."""

from __future__ import annotations

import pytest

from core.conflicts import Level
from events.rules.capacity import check
from events.rules.facts import Task
from tests.events.rules.cases import RESOURCES, hours, show, world

FULL = show("2026-03-01 19:00", "2026-03-01 21:00", resource_ids=(1, 3), expected_audience=1200)


def test_too_many_people_are_told_with_both_numbers() -> None:
    (conflict,) = check([FULL, FULL._replace(start=FULL.end, end=FULL.end + 900)], world())
    assert conflict.message == (
        "«Đêm nhạc» (19h00–21h00, 01/03/2026 và 1 buổi khác) dự kiến 1.200 người, «Hội trường A» chỉ chứa được "
        "300 người; hãy chọn không gian lớn hơn hoặc chia thành nhiều buổi."
    )
    assert (conflict.code, conflict.level, conflict.subjects) == ("capacity", Level.WARNING, ("hd",))
    assert conflict.interval == hours("2026-03-01 19:00", "2026-03-01 21:00")


@pytest.mark.parametrize(
    "task",
    [
        FULL._replace(activity=FULL.activity._replace(expected_audience=300)),
        FULL._replace(activity=FULL.activity._replace(expected_audience=None)),
        FULL._replace(resource_ids=(1, 2)),  # nobody knows how many the second holds
        FULL._replace(resource_ids=(3,)),
        FULL._replace(is_new=False),
    ],
)
def test_enough_room_or_unknown_room_is_silent(task: Task) -> None:
    assert list(check([task], world())) == []


def test_spaces_are_added_up() -> None:
    resources = {**RESOURCES, 2: RESOURCES[1]}
    both = FULL._replace(resource_ids=(1, 2))
    for expected, found in ((600, 0), (601, 1)):
        task = both._replace(activity=both.activity._replace(expected_audience=expected))
        assert len(list(check([task], world(resources=resources)))) == found
