"""No entertainment in days of mourning."""

from __future__ import annotations

from datetime import date

from core.conflicts import Level
from events.rules.facts import Mourning
from events.rules.mourning import check
from tests.events.rules.cases import LOUD_SHOW, hours, show, world

PERIOD = Mourning(date(2026, 7, 25), date(2026, 7, 26), "Quốc tang")
MOURNING = world(mourning=(PERIOD,), kind_traits=LOUD_SHOW)


def test_every_show_of_the_period_is_told() -> None:
    shows = [
        show(f"2026-07-{day} 20:00", f"2026-07-{day + 1} 01:00", kind="mobile_team", title="Đêm nhạc")
        for day in (23, 24, 25, 26, 27)
    ]
    found = list(check(shows, MOURNING))
    assert [conflict.subjects for conflict in found] == [(task.key,) for task in shows[1:4]]
    assert found[0].message == (
        "«Đêm nhạc» (20h00, 24/07/2026 – 1h00, 25/07/2026) là hoạt động vui chơi, giải trí trong những ngày "
        "«Quốc tang» (25/07/2026–26/07/2026); hãy hoãn hoặc chọn ngày khác."
    )
    assert [(each.code, each.level, each.about) for each in found] == [
        ("mourning", Level.BLOCKING, "mourning/2026-07-25")
    ] * 3
    assert found[0].interval == hours("2026-07-25 00:00", "2026-07-25 01:00")


def test_other_kinds_and_stored_tasks_are_silent() -> None:
    task = show("2026-07-25 20:00", "2026-07-25 22:00", kind="mobile_team")
    assert list(check([task._replace(is_new=False)], MOURNING)) == []
    assert list(check([task._replace(activity=task.activity._replace(kind="exhibition"))], MOURNING)) == []
    assert list(check([task], world(kind_traits=LOUD_SHOW))) == []
