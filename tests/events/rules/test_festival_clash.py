"""Big events keep clear of festivals and great days; the calendar itself may clash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.conflicts import Conflict, Level
from events.rules.facts import AreaFacts, DayFacts, KindTraits, Task, TeamFacts
from events.rules.festival_clash import CalendarClash, calendar_clashes, check
from tests.events.rules.cases import hours, show, world

DAY = date(2026, 3, 15)
TA_PHU = DayFacts(
    name="Lễ hội Kỳ Cùng – Tả Phủ", main_day=DAY, first_day=date(2026, 3, 10), last_day=DAY, area_ids=frozenset({10})
)
ELECTION = DayFacts(name="Ngày bầu cử", main_day=DAY, first_day=DAY, last_day=DAY, is_big=True)
KINDS = {
    "exchange": KindTraits(is_big=True),
    "mobile_team": KindTraits(is_gathering=True),
    "exhibition": KindTraits(is_gathering=True),
}
FAIR = show("2026-03-14 19:00", "2026-03-15 11:00", kind="exchange", area_id=10, title="Giao lưu")


def of(task: Task, *festivals: DayFacts, **tables: Any) -> list[Conflict]:
    return list(check([task], world(**{"kind_traits": KINDS, "festivals": festivals} | tables)))


def test_a_big_event_on_the_main_day_is_told() -> None:
    (conflict,) = of(FAIR, TA_PHU)
    assert conflict.message == (
        "«Giao lưu» (19h00, 14/03/2026 – 11h00, 15/03/2026) trùng «Lễ hội Kỳ Cùng – Tả Phủ» ngày 15/03/2026; "
        "hãy chọn ngày khác, hoặc ghi lý do nếu hoạt động gắn với ngày này."
    )
    assert (conflict.code, conflict.level, conflict.subjects) == ("festival_clash", Level.WARNING, (FAIR.key,))
    assert conflict.interval == hours("2026-03-15 00:00", "2026-03-15 11:00")


def test_a_day_that_is_not_certain_is_told_as_such() -> None:
    (conflict,) = of(FAIR, replace(TA_PHU, state="confirm_by_hand"))
    assert "trùng «Lễ hội Kỳ Cùng – Tả Phủ» (ngày cần xác nhận) ngày 15/03/2026;" in conflict.message


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"area_id": 99}, 0),
        ({"area_id": 99, "place_ids": (1,)}, 1),  # a place in the area of the festival
        ({"area_id": 90}, 1),  # a district that holds it
        ({"area_id": 10, "is_new": False}, 0),
        ({"area_id": 10, "kind": "exhibition"}, 0),
    ],
)
def test_areas_are_the_activitys_those_inside_and_those_of_its_places(fields: dict[str, Any], found: int) -> None:
    task = show("2026-03-15 08:00", "2026-03-15 11:00", **({"kind": "exchange"} | fields))
    areas = {90: AreaFacts(name="Huyện", level="district", member_ids=frozenset({10, 11}))}
    assert len(of(task, TA_PHU, areas=areas)) == found


def test_other_days_of_the_festival_are_free() -> None:
    assert of(show("2026-03-14 08:00", "2026-03-15 00:00", kind="exchange", area_id=10), TA_PHU) == []


def test_a_festival_of_the_whole_province_and_a_big_observance_reach_everywhere() -> None:
    elsewhere = show("2026-03-15 08:00", "2026-03-15 11:00", kind="exchange", area_id=99)
    assert len(of(elsewhere, replace(TA_PHU, is_big=True))) == 1
    assert len(of(elsewhere, observances=(ELECTION,))) == 1
    assert of(elsewhere, observances=(replace(ELECTION, is_big=False),)) == []


def test_a_team_keeps_clear_of_a_local_festival_only() -> None:
    evening = show("2026-03-15 19:30", "2026-03-15 21:30", kind="mobile_team", area_id=10, resource_ids=(3,))
    teams = {3: TeamFacts(name="Đội 1")}
    assert len(of(evening, TA_PHU, teams=teams)) == 1
    assert of(evening, observances=(ELECTION,), teams=teams) == []
    assert of(evening, TA_PHU) == []


def test_a_gathering_is_told_where_festival_and_great_day_meet() -> None:
    opening = show("2026-03-15 08:00", "2026-03-15 11:00", kind="exhibition", area_id=10)
    (conflict,) = of(opening, TA_PHU, observances=(ELECTION,))
    assert "trùng «Lễ hội Kỳ Cùng – Tả Phủ» và «Ngày bầu cử» ngày 15/03/2026;" in conflict.message


def test_the_calendar_tells_its_own_clashes_by_day() -> None:
    later = replace(TA_PHU, main_day=date(2026, 4, 30), name="Hội Khác", area_ids=frozenset())
    reunion = replace(ELECTION, main_day=date(2026, 4, 30), name="Ngày Chiến thắng", area_ids=frozenset({20}))
    small, other_area = replace(ELECTION, is_big=False), replace(ELECTION, area_ids=frozenset({20}))
    assert calendar_clashes([later, TA_PHU], [reunion, small, other_area, ELECTION]) == (
        CalendarClash(DAY, TA_PHU, ELECTION),
        CalendarClash(date(2026, 4, 30), later, reunion),
    )


def test_a_world_without_days_is_silent() -> None:
    assert of(FAIR) == []
