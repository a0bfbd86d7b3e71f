"""Each kind of conflict from its own sentence: of the decree, of the letter, of practice.

The lead times and figures are those that ship with the product; every case goes through the whole engine and must give
exactly what the sentence says, and nothing else.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.conflicts import Level
from events.rules.engine import RULES, find_conflicts
from events.rules.facts import (
    AreaFacts,
    CampaignFacts,
    DayFacts,
    FigureFacts,
    KindTraits,
    LeadTimeFacts,
    Mourning,
    QuietPlaceFacts,
    RemovalFacts,
    Task,
    TeamFacts,
    Travel,
    UnitFacts,
)
from events.rules.festival_clash import calendar_clashes
from tests.events.rules.cases import PLACES, at, show, world
from tests.sources import BASE_DIR
from visuals.rules import removal

TET = frozenset(date(2026, 2, 14) + timedelta(days=number) for number in range(9))  # 14-22/02/2026
Told = list[tuple[str, Level, tuple[str, ...]]]
WARNING, BLOCKING = Level.WARNING, Level.BLOCKING


def rows(name: str) -> list[dict[str, str]]:
    with Path(BASE_DIR, "events", "reference", name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("is_active", "1") == "1"]


PAPERS = tuple(
    LeadTimeFacts(
        code=row["code"], name=row["name"], days=int(row["days"]), kind=row["kind"], source=row["source"],
        is_working_days=row["is_working_days"] == "1", warn_days=int(row["warn_days"]), receiver=row["receiver"],
    )
    for row in rows("lead_times.csv")
)  # fmt: skip
FIGURES = {row["code"]: FigureFacts(value=float(row["value"]), source=row["source"]) for row in rows("figures.csv")}
TRAITS = {
    row["kind"]: KindTraits(**{name: row[name] == "1" for name in row if name.startswith("is_")})
    for row in rows("kind_traits.csv")
}


def told(*tasks: Task, **tables: Any) -> Told:
    given = {"figures": FIGURES, "kind_traits": TRAITS} | tables
    found = find_conflicts(tasks, world(**given), rules=(*RULES, removal.check))
    return [(conflict.code, conflict.level, conflict.subjects) for conflict in found]


def evening(day: str = "2026-03-20", **fields: Any) -> Task:
    return show(f"{day} 19:30", f"{day} 21:00", **({"kind": "mobile_team"} | fields))


def test_one_team_and_one_vehicle_in_one_place() -> None:
    one, other = (evening(uid=uid, resource_ids=(3, 4), place_ids=(place,)) for uid, place in (("a", 1), ("b", 2)))
    assert told(one, other) == [("double_booking", BLOCKING, (one.key, other.key))] * 2


@pytest.mark.parametrize(("speed", "expected"), [(25, 1), (35, 0)])
def test_two_stops_on_one_evening_only_if_distance_allows(speed: int, expected: int) -> None:
    """Mountain roads 25-35 km/h: 15 km take 36 minutes, or 26."""
    first = show("2026-03-20 18:00", "2026-03-20 19:00", uid="a", resource_ids=(3,), place_ids=(1,))
    second = show("2026-03-20 19:30", "2026-03-20 20:30", uid="b", resource_ids=(3,), place_ids=(2,))
    road = Travel(minutes=15 * 60 / speed, km=15, is_estimate=False)
    found = [("travel", BLOCKING, (first.key, second.key))] * expected
    assert told(first, second, travel=lambda _origin, _target: road) == found


def test_rest_day_after_five_or_six_evenings() -> None:
    week = [evening(f"2026-03-{day}", uid=f"hd{day}", resource_ids=(3,)) for day in range(10, 17)]
    keys = tuple(task.key for task in week)
    teams = {3: TeamFacts(name="Đội 1")}
    assert told(*week, teams=teams) == [("team_load", WARNING, keys)]
    assert told(*week[:6], teams=teams) == []


def test_working_hours_and_rest_days_of_a_team() -> None:
    teams = {3: TeamFacts(name="Đội 1", works_from_min=7 * 60, works_to_min=20 * 60, rest_weekday=4)}
    assert told(evening(resource_ids=(3,)), teams=teams) == [("team_hours", WARNING, ("hd",))] * 2


def test_not_on_the_evening_of_a_local_festival_unless_tied_to_it() -> None:
    day = date(2026, 2, 26)
    dong_dang = DayFacts(name="Lễ hội Đồng Đăng", main_day=day, first_day=day, last_day=day, area_ids=frozenset({10}))
    task = evening("2026-02-26", resource_ids=(3,), area_id=10)
    found = told(task, festivals=(dong_dang,), teams={3: TeamFacts(name="Đội 1")})
    assert found == [("festival_clash", WARNING, (task.key,))]


def test_on_15_march_2026_the_main_day_of_ky_cung_ta_phu_fell_on_election_day() -> None:
    day = date(2026, 3, 15)
    festival = DayFacts(
        name="Lễ hội Kỳ Cùng – Tả Phủ", main_day=day, first_day=date(2026, 3, 10), last_day=day,
        area_ids=frozenset({10, 20}),
    )  # fmt: skip
    election = DayFacts(name="Ngày bầu cử", main_day=day, first_day=day, last_day=day, is_big=True)
    assert [clash.day for clash in calendar_clashes([festival], [election])] == [day]
    procession = show("2026-03-15 07:00", "2026-03-15 11:00", kind="exhibition", area_id=20)
    assert told(procession, festivals=(festival,), observances=(election,)) == [
        ("festival_clash", WARNING, (procession.key,))
    ]


@pytest.mark.parametrize(
    ("today", "sent_on", "about"),
    [
        (date(2026, 2, 9), None, "lead_time/R1/due"),
        (date(2026, 2, 10), None, "lead_time/R1/missed"),
        (date(2026, 2, 23), date(2026, 2, 9), None),
        (date(2026, 2, 23), date(2026, 2, 10), "lead_time/R1/late"),
    ],
)
def test_r1_a_show_on_24_february_2026_had_to_be_notified_by_9_february(
    today: date, sent_on: date | None, about: str | None
) -> None:
    """Five full working days must lie between: 10, 11, 12, 13 and 23/02, with Tết off 14-22/02."""
    task = evening("2026-02-24", notices={"R1": sent_on} if sent_on else {})
    tables: dict[str, Any] = {"lead_times": PAPERS, "days_off": TET, "today": today, "kind_traits": {}}
    found = find_conflicts([task], world(**tables))
    assert [conflict.about for conflict in found] == ([about] if about else [])
    assert all("ngày gửi muộn nhất là 09/02/2026" in conflict.message for conflict in found)
    assert all(conflict.basis == "Nghị định 144/2020/NĐ-CP, Điều 8–9" for conflict in found)


@pytest.mark.parametrize(
    ("code", "kind", "last"),
    [
        ("R1", "mobile_team", date(2026, 9, 10)),  # 5 working days: 11, 14, 15, 16, 17/9
        ("R2", "exchange", date(2026, 9, 8)),  # 7 working days
        ("R4", "exhibition", date(2026, 9, 8)),  # no reply in 7 working days
        ("R4-HD", "exchange", date(2026, 8, 27)),  # 15, if an appraisal council is needed
        ("R7", "exchange", date(2026, 8, 28)),  # 20 days; 29/8 is a Saturday
        ("R8-TINH", "exchange", date(2026, 8, 18)),  # 30 days
        ("R16", "fair_seminar", date(2026, 8, 18)),  # 30 days
        ("R16-TTG", "fair_seminar", date(2026, 8, 7)),  # 40 days; 08/8 and 09/8 are a weekend
        ("R18", "exchange", date(2026, 9, 3)),  # 10 working days
    ],
)
def test_papers_are_due_so_many_whole_days_before_18_september_2026(code: str, kind: str, last: date) -> None:
    task = show("2026-09-18 08:00", "2026-09-18 10:00", kind=kind, procedures=(code,))
    own = tuple(paper for paper in PAPERS if paper.code == code)
    assert told(task, lead_times=own, today=last + timedelta(days=1)) == [("lead_time", WARNING, ("hd",))]
    in_time = task._replace(activity=task.activity._replace(notices={code: last}))
    assert told(in_time, lead_times=own, today=last + timedelta(days=1)) == []


def test_r14_warn_when_a_loud_item_ends_after_21_h() -> None:
    late = evening()._replace(end=at("2026-03-20 21:30"))
    assert told(late) == [("quiet_hours", WARNING, ("hd",))]
    assert told(evening()) == []


def test_r14_or_stands_near_a_school_a_hospital_or_a_pagoda() -> None:
    school = QuietPlaceFacts(name="Trường tiểu học", kind="school", lon=106.7, lat=21.8005)
    assert told(evening(place_ids=(1,)), quiet_places=(school,)) == [("quiet_hours", WARNING, ("hd",))]
    assert told(evening(place_ids=(1,)), quiet_places=(replace(school, lat=21.802),)) == []


def test_r19_an_activity_in_a_border_commune_informs_the_post() -> None:
    areas = {10: AreaFacts(name="Xã Đồng Đăng", is_border=True)}
    assert told(evening(area_id=10), areas=areas) == [("border_notice", WARNING, ("hd",))]
    assert told(evening(area_id=10, notices={"border": date(2026, 3, 2)}), areas=areas) == []


def test_r21_national_mourning_postpones_all_entertainment() -> None:
    mourning = (Mourning(date(2026, 3, 20), date(2026, 3, 21), "Quốc tang"),)
    festive, solemn = evening(), show("2026-03-20 08:00", "2026-03-20 10:00", uid="b", kind="exhibition")
    assert told(festive, solemn, mourning=mourning) == [("mourning", BLOCKING, (festive.key,))]


def test_the_districts_offices_ended_with_june_2025() -> None:
    units = {5: UnitFacts(name="Phòng VH&TT huyện Bình Gia", valid_to=date(2025, 6, 30))}
    assert told(evening("2025-07-01", unit_ids=(5,)), units=units) == [("validity", BLOCKING, ("hd",))]
    areas = {7: AreaFacts(name="Phường Kỳ Lừa", valid_from=date(2025, 7, 1))}
    assert told(evening("2025-06-30", area_id=7), areas=areas) == [("validity", BLOCKING, ("hd",))]


def test_closure_or_opening_hours_of_a_place() -> None:
    repairs = (at("2026-03-20 00:00"), at("2026-03-21 00:00"), "sửa mái")
    task = evening(place_ids=(2,))
    assert told(task, place_closures={2: (repairs,)}) == [("closure", BLOCKING, (task.key,))]
    assert told(task, place_opening={2: {4: ((480, 1020),)}}) == [("opening_hours", WARNING, ("hd",))]


def test_a_show_has_115_viewers_and_the_room_holds_100() -> None:
    resources = {1: replace(world().resources[1], capacity=100)}
    found = told(evening(resource_ids=(1,), expected_audience=115), resources=resources)
    assert found == [("capacity", WARNING, ("hd",))]


def test_outside_the_campaigns_window() -> None:
    """Reports are due before 10/12/2023: what comes later is not part of the campaign."""
    campaigns = {1: CampaignFacts(name="ASEAN 2023", first_day=date(2023, 5, 1), last_day=date(2023, 12, 9))}
    late = show("2023-12-10 08:00", "2023-12-10 10:00", campaign_id=1)
    assert told(late, campaigns=campaigns) == [("campaign_window", WARNING, ("hd",))]


@pytest.mark.parametrize("remove_by", [None, date(2019, 9, 4)])
def test_nobody_takes_them_down(remove_by: date | None) -> None:
    """Phúc La 2019: banners 25/8-03/9; afterwards the ward had to write that all be taken down."""
    banners = show("2019-08-25 00:00", "2019-09-04 00:00", kind="visual_display", all_day=True)
    items = {"hd": (RemovalFacts(code="BR1", remove_by=remove_by, last_day=date(2019, 9, 3)),)}
    assert told(banners, removals=items, today=date(2019, 9, 10)) == [("removal", WARNING, ("hd",))]


def test_what_is_planned_well_is_told_nothing() -> None:
    task = evening(resource_ids=(3, 4), place_ids=(2,), area_id=20, notices={"R1": date(2026, 3, 2)})
    tables = {"lead_times": PAPERS, "days_off": TET, "areas": {20: AreaFacts(name="Xã Lộc Bình")}, "places": PLACES}
    assert told(task, **tables) == []
