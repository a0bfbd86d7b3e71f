"""A team cannot be at the next place before the road lets it."""

from __future__ import annotations

import pytest

from core.conflicts import Conflict, Level
from events.rules.facts import Task, Travel
from events.rules.travel import check
from tests.events.rules.cases import figures, hours, show, world

FIRST = show("2026-03-01 19:00", "2026-03-01 20:30", uid="a", title="Buổi Bản Chu", resource_ids=(3,), place_ids=(1,))
SECOND = show("2026-03-01 21:00", "2026-03-01 22:00", uid="b", title="Buổi Bản Cầm", resource_ids=(3,), place_ids=(2,))
ROAD = Travel(minutes=52.4, km=28.44, is_estimate=False)


def by_road(*tasks: Task, drive: Travel | None = ROAD, **tables: object) -> list[Conflict]:
    return list(check(tasks, world(travel=lambda _origin, _target: drive, **tables)))


def test_too_far_by_a_known_road_is_blocking() -> None:
    (conflict,) = by_road(FIRST, SECOND)
    assert conflict.message == (
        "«Đội 1» không kịp từ «Buổi Bản Chu» tại Nhà văn hóa Bản Chu (xong lúc 20h30 ngày 01/03/2026) đến "
        "«Buổi Bản Cầm» tại Sân Bản Cầm (bắt đầu lúc 21h00 ngày 01/03/2026): đường 28,4 km cần 52 phút, chỉ có "
        "30 phút; hãy bắt đầu từ 21h25 ngày 01/03/2026 trở đi hoặc giao cho đội, xe khác."
    )
    assert (conflict.code, conflict.level, conflict.about) == ("travel", Level.BLOCKING, "resource/3")
    assert conflict.subjects == (FIRST.key, SECOND.key)
    assert conflict.interval == hours("2026-03-01 21:00", "2026-03-01 22:00")


def test_an_estimated_road_or_point_is_a_warning() -> None:
    (by_estimate,) = by_road(FIRST, SECOND, drive=ROAD._replace(is_estimate=True))
    assert (by_estimate.level, "đường ước tính 28,4 km" in by_estimate.message) == (Level.WARNING, True)
    assert [each.level for each in by_road(FIRST, SECOND._replace(place_ids=(3,)))] == [Level.WARNING]
    assert [each.level for each in by_road(FIRST._replace(place_ids=(3,)), SECOND)] == [Level.WARNING]


def test_packing_and_setting_up_need_time_too() -> None:
    work = figures(team__packing_minutes=30, team__setup_minutes=60)
    assert [each.level for each in by_road(FIRST, SECOND, figures=work)] == [Level.BLOCKING]
    later = SECOND._replace(start=SECOND.start + 3600, end=SECOND.end + 3600)
    (conflict,) = by_road(FIRST, later, figures=work)
    assert conflict.level is Level.WARNING
    assert "cần 52 phút và 90 phút thu dọn, lắp đặt, chỉ có 90 phút; hãy bắt đầu từ 22h55" in conflict.message
    assert by_road(FIRST, later) == []


def test_the_car_is_told_along_with_its_team() -> None:
    pair = (FIRST._replace(resource_ids=(4, 3)), SECOND._replace(resource_ids=(3, 4, 1)))
    (conflict,) = by_road(*pair)
    assert conflict.about == "resource/3,4"
    assert conflict.message.startswith("«Đội 1», «Xe 12A-001» không kịp")


def test_midnight_is_no_border() -> None:
    night = FIRST._replace(start=FIRST.start + 4 * 3600, end=FIRST.end + 13_000)
    morning = SECOND._replace(start=night.end + 600, end=night.end + 4200)
    assert len(by_road(night, morning)) == 1


@pytest.mark.parametrize(
    "second",
    [
        SECOND._replace(start=FIRST.end + 53 * 60, end=FIRST.end + 7200),
        SECOND._replace(start=FIRST.end - 60),  # an overlap is the matter of double booking
        SECOND._replace(place_ids=(1, 2)),  # begins where the first was
        SECOND._replace(place_ids=()),
        SECOND._replace(resource_ids=(1,)),
        SECOND._replace(is_held=False),
        SECOND._replace(activity=SECOND.activity._replace(all_day=True)),
    ],
)
def test_time_enough_or_nothing_known_is_silent(second: Task) -> None:
    assert by_road(FIRST, second) == []


def test_unknown_ways_stored_pairs_and_gaps_of_a_day_are_silent() -> None:
    assert by_road(FIRST, SECOND, drive=None) == []
    assert by_road(FIRST._replace(is_new=False), SECOND._replace(is_new=False)) == []
    tomorrow = SECOND._replace(start=FIRST.end + 86_400, end=FIRST.end + 90_000)
    assert by_road(FIRST, tomorrow, drive=ROAD._replace(minutes=5000)) == []


def test_only_neighbours_are_compared() -> None:
    third = SECOND._replace(uid="c", start=SECOND.end, end=SECOND.end + 600, place_ids=(1,))
    slow = ROAD._replace(minutes=180)
    assert [each.subjects for each in by_road(FIRST, SECOND, third, drive=slow)] == [
        (FIRST.key, SECOND.key),
        (SECOND.key, third.key),
    ]
