"""Loudspeakers are silent at night and near those who need quiet."""

from __future__ import annotations

from typing import Any

import pytest

from core.conflicts import Conflict, Level
from events.rules.facts import QuietPlaceFacts, Task
from events.rules.quiet_hours import check
from tests.events.rules.cases import LOUD_SHOW, figures, hours, show, world

FIGURES = figures(quiet__night_start=21, quiet__night_end=6.5, quiet__distance_m=100)
SCHOOL = QuietPlaceFacts(name="Trường Bản Chu", kind="school", lon=106.7, lat=21.8008)  # 89 m north
CLINIC = QuietPlaceFacts(name="Trạm y tế", kind="hospital", lon=106.7005, lat=21.8)  # 52 m east
FAR = QuietPlaceFacts(name="Chùa Tiên", kind="worship", lon=106.7020, lat=21.8)


def of(*tasks: Task, **tables: Any) -> list[Conflict]:
    return list(check(tasks, world(**{"kind_traits": LOUD_SHOW, "figures": FIGURES} | tables)))


def loud(start: str, end: str, **fields: Any) -> Task:
    return show(f"2026-03-{start}", f"2026-03-{end}", kind="mobile_team", **fields)


def test_a_loud_night_is_told_once_an_activity() -> None:
    (conflict,) = of(loud("03 19:30", "03 21:15"), loud("04 19:30", "04 21:00"), loud("05 20:00", "05 22:00"))
    assert conflict.message == (
        "«Đêm nhạc» (19h30–21h15, 03/03/2026 và 1 buổi khác) dùng loa trong giờ yên tĩnh 21h00–6h30; "
        "hãy kết thúc trước 21h00 và bắt đầu sau 6h30."
    )
    assert (conflict.code, conflict.level, conflict.about) == ("quiet_hours", Level.WARNING, "night")
    assert (conflict.subjects, conflict.interval) == (("hd",), hours("2026-03-03 19:30", "2026-03-03 21:15"))
    assert conflict.basis == "Nguồn quiet__night_start"


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("03 06:15", "03 07:00", 1),
        ("03 06:30", "03 21:00", 0),
        ("03 20:00", "04 01:00", 1),
        ("03 08:00", "04 08:00", 0),  # a day and more has no hours to speak of
    ],
)
def test_the_edges_of_the_night(start: str, end: str, found: int) -> None:
    assert len(of(loud(start, end))) == found


def test_those_nearby_are_named_nearest_first() -> None:
    (conflict,) = of(loud("03 09:00", "03 10:00", place_ids=(1,)), quiet_places=(SCHOOL, FAR, CLINIC))
    assert conflict.message == (
        "«Đêm nhạc» (9h00–10h00, 03/03/2026) dùng loa tại «Nhà văn hóa Bản Chu», cách «Trạm y tế» 52 m, "
        "«Trường Bản Chu» 89 m, gần hơn 100 m; "
        "hãy giảm âm lượng, quay loa hướng khác hoặc chọn địa điểm khác."
    )
    assert (conflict.about, conflict.basis) == ("place/1", "Nguồn quiet__distance_m")


def test_an_estimated_point_is_told_as_such() -> None:
    places = {1: world().places[1].__class__(name="Sân thôn", lon=106.7, lat=21.8, is_estimate=True)}
    (conflict,) = of(loud("03 09:00", "03 10:00", place_ids=(1,)), quiet_places=(CLINIC,), places=places)
    assert "dùng loa tại «Sân thôn» (vị trí ước lượng), cách" in conflict.message


def test_silent_kinds_stored_tasks_far_places_and_places_without_a_point_are_silent() -> None:
    night = loud("03 22:00", "03 23:00", place_ids=(1,))
    quiet = (SCHOOL, CLINIC)
    assert of(night._replace(is_new=False), quiet_places=quiet) == []
    assert of(night._replace(activity=night.activity._replace(kind="exhibition")), quiet_places=quiet) == []
    assert of(loud("03 09:00", "03 10:00", place_ids=(2, 3)), quiet_places=quiet) == []


def test_without_figures_nothing_is_told() -> None:
    night = loud("03 22:00", "03 23:00", place_ids=(1,))
    assert of(night, figures={}, quiet_places=(SCHOOL,)) == []
    assert of(night, figures=figures(quiet__night_start=21)) == []
