"""A team rests after some evenings, and plays so many shows a day."""

from __future__ import annotations

from core.conflicts import Level
from events.rules.facts import Task, TeamFacts
from events.rules.team_load import check
from tests.events.rules.cases import figures, hours, show, world

TEAMS = {3: TeamFacts(name="Đội 1")}


def evening(day: int, *, is_new: bool = True, start: str = "19:30", end: str = "21:30") -> Task:
    return show(
        f"2026-04-{day:02} {start}", f"2026-04-{day:02} {end}", uid=f"hd{day}", resource_ids=(3,), is_new=is_new
    )


def test_too_many_evenings_in_a_row_are_one_finding_of_all_of_them() -> None:
    tasks = [evening(day, is_new=day == 5) for day in (1, 2, 3, 5, 6, 7, 8, 10)]
    (conflict,) = check(tasks, world(teams=TEAMS, figures=figures(team__max_evenings=3)))
    assert conflict.message == (
        "«Đội 1» diễn 4 tối liền (05/04–08/04/2026), nhiều hơn 3 tối; "
        "hãy cho đội nghỉ một tối hoặc giao bớt cho đội khác."
    )
    assert (conflict.code, conflict.level, conflict.about) == ("team_load", Level.WARNING, "resource/3/evenings")
    assert conflict.subjects == tuple(task.key for task in tasks[3:7])
    assert conflict.interval == hours("2026-04-05 19:30", "2026-04-08 21:30")
    assert conflict.basis == "Nguồn team__max_evenings"


def test_only_what_goes_on_after_six_is_an_evening() -> None:
    afternoon = evening(2, start="16:00", end="18:00")
    tasks = [evening(1), afternoon, evening(3)]
    strict = world(teams=TEAMS, figures=figures(team__max_evenings=1))
    assert list(check(tasks, strict)) == []
    assert list(check([afternoon], strict)) == []


def test_too_many_shows_a_day_are_told() -> None:
    shows = [evening(1, start=f"{hour}:00", end=f"{hour}:45") for hour in ("08", "10", "14")]
    (conflict,) = check(shows, world(teams=TEAMS, figures=figures(team__max_shows_per_day=2)))
    assert conflict.message == (
        "«Đội 1» có 3 buổi trong ngày 01/04/2026, nhiều hơn 2 buổi; hãy chuyển bớt sang ngày khác hoặc đội khác."
    )
    assert (conflict.about, conflict.subjects) == ("resource/3/shows", tuple(task.key for task in shows))
    assert conflict.interval == hours("2026-04-01 08:00", "2026-04-01 14:45")


def test_stored_runs_and_days_and_a_world_without_figures_or_teams_are_silent() -> None:
    tasks = [evening(day, is_new=False) for day in (1, 1, 2)]
    strict = figures(team__max_evenings=1, team__max_shows_per_day=1)
    assert list(check(tasks, world(teams=TEAMS, figures=strict))) == []
    new = [task._replace(is_new=True) for task in tasks]
    assert list(check(new, world(teams=TEAMS))) == []
    assert list(check(new, world(figures=strict))) == []
    assert len(list(check(new, world(teams=TEAMS, figures=strict)))) == 2
