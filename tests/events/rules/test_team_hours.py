"""A team works in its hours and rests on its day."""

from __future__ import annotations

import pytest

from core.conflicts import Conflict, Level
from events.rules.facts import Task, TeamFacts
from events.rules.team_hours import check
from tests.events.rules.cases import hours, show, world

TEAM = TeamFacts(name="Đội 1", works_from_min=840, works_to_min=1350, rest_weekday=0)


def of(task: Task, team: TeamFacts = TEAM) -> list[Conflict]:
    return list(check([task._replace(resource_ids=(1, 3))], world(teams={3: team})))


def test_out_of_hours_is_told_with_the_hours() -> None:
    (conflict,) = of(show("2026-03-03 21:00", "2026-03-03 22:45"))
    assert conflict.message == (
        "«Đêm nhạc» (21h00–22h45, 03/03/2026): «Đội 1» chỉ làm việc từ 14h00 đến 22h30; "
        "hãy chọn giờ khác hoặc đội khác."
    )
    assert (conflict.code, conflict.level, conflict.about) == ("team_hours", Level.WARNING, "resource/3/hours")
    assert (conflict.subjects, conflict.interval) == (("hd",), hours("2026-03-03 21:00", "2026-03-03 22:45"))


def test_the_day_of_rest_is_told() -> None:
    (conflict,) = of(show("2026-03-02 19:00", "2026-03-02 20:00"))
    assert conflict.message == (
        "«Đêm nhạc» (19h00–20h00, 02/03/2026): «Đội 1» nghỉ hằng tuần vào Thứ Hai; hãy chọn ngày khác hoặc đội khác."
    )
    assert conflict.about == "resource/3/rest"


def test_hours_open_on_one_side_are_told_so() -> None:
    (early,) = of(show("2026-03-03 06:00", "2026-03-03 07:00"), TeamFacts(name="Đội 2", works_from_min=840))
    assert "«Đội 2» chỉ làm việc từ 14h00;" in early.message
    (late,) = of(show("2026-03-03 22:00", "2026-03-03 23:00"), TeamFacts(name="Đội 2", works_to_min=1350))
    assert "«Đội 2» chỉ làm việc đến 22h30;" in late.message


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("2026-03-03 23:00", "2026-03-04 01:00", True),
        ("2026-03-03 00:15", "2026-03-03 01:00", True),  # still the evening before
        ("2026-03-03 00:15", "2026-03-03 01:15", False),
        ("2026-03-03 17:00", "2026-03-03 19:00", False),
    ],
)
def test_hours_may_pass_midnight(start: str, end: str, *, fits: bool) -> None:
    night = TeamFacts(name="Đội 1", works_from_min=1080, works_to_min=60)
    assert (of(show(start, end), night) == []) is fits


def test_whole_days_long_trips_other_teams_and_stored_tasks_are_silent() -> None:
    assert of(show("2026-03-03 00:00", "2026-03-04 00:00", all_day=True)) == []
    assert of(show("2026-03-03 08:00", "2026-03-04 08:00")) == []
    odd = show("2026-03-03 03:00", "2026-03-03 04:00", resource_ids=(4,))
    assert list(check([odd, odd._replace(resource_ids=(3,), is_new=False)], world(teams={3: TEAM}))) == []
