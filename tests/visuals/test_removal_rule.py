"""What hangs comes down again: plain values only."""

from __future__ import annotations

from datetime import date

from core.conflicts import Level
from core.intervals import day_interval
from events.rules.facts import ActivityFacts, RemovalFacts, Task, World
from visuals.rules.removal import check

LAST = date(2026, 2, 22)
PANEL = RemovalFacts(code="P1", remove_by=date(2026, 2, 25), last_day=LAST)
BANNER = RemovalFacts(code="B2", remove_by=None, last_day=LAST)
FACTS = ActivityFacts(uid="hd", title="Treo pa nô mừng xuân")
TASK = Task("hd", 0, 0, 86_400, (), (), FACTS, is_new=True, is_held=True, title="")


def test_a_day_that_is_over_and_one_that_is_missing_are_told() -> None:
    over, missing = check([TASK, TASK], World(today=date(2026, 2, 26), removals={"hd": (PANEL, BANNER)}))
    assert over.message == (
        "Hạng mục P1 của «Treo pa nô mừng xuân» đã quá hạn tháo dỡ 25/02/2026; hãy tháo dỡ và ghi nhận, hoặc gia hạn."
    )
    assert missing.message == (
        "Hạng mục B2 của «Treo pa nô mừng xuân» chưa có hạn tháo dỡ; hãy nhập hạn tháo dỡ từ 22/02/2026 trở đi."
    )
    assert [(each.code, each.level, each.subjects, each.about) for each in (over, missing)] == [
        ("removal", Level.WARNING, ("hd",), "posting/P1"),
        ("removal", Level.WARNING, ("hd",), "posting/B2"),
    ]
    assert over.interval == day_interval(date(2026, 2, 25), date(2026, 2, 25))
    assert missing.interval == day_interval(LAST, LAST)


def test_on_its_last_day_it_may_still_hang() -> None:
    assert list(check([TASK], World(today=date(2026, 2, 25), removals={"hd": (PANEL,)}))) == []


def test_stored_activities_and_those_without_items_are_silent() -> None:
    late = World(today=date(2026, 3, 1), removals={"hd": (PANEL,)})
    assert list(check([TASK._replace(is_new=False)], late)) == []
    assert list(check([TASK._replace(uid="khác")], late)) == []
    assert list(check([TASK], World(today=date(2026, 3, 1)))) == []
