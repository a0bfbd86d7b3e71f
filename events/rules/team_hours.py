"""Rule: a mobile team works in its hours and rests on its weekly day of rest.

A show (timed, shorter than 24 hours) lies within the team's hours counted from the local day it starts on; hours that
end at or before their start go on past midnight. No local day that any task touches is the day of rest. One finding
for each activity, team and of the two. A warning: a team can agree to more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.clock import DAY, DAY_MINUTES, LOCAL_OFFSET, local_days, weekday
from core.conflicts import Conflict, Level
from core.vietnamese import WEEKDAY_NAMES
from events.rules.findings import by_activity, interval_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.rules.facts import Task, TeamFacts, World

CODE = "team_hours"
LEVEL = Level.WARNING


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each activity and team out of its hours or on its day of rest."""
    for finding in by_activity(_out_of_hours(tasks, world)):
        _, key, what = finding.about.split("/")
        team = world.teams[int(key)]
        yield Conflict(
            code=CODE,
            level=LEVEL,
            subjects=(finding.task.uid,),
            interval=interval_of(finding.task),
            message=f"{finding.label}: {_hours_sentence(team) if what == 'hours' else _rest_sentence(team)}",
            about=finding.about,
        )


def is_show(task: Task) -> bool:
    """Tell whether the task has hours that say when people perform: timed, and shorter than a day."""
    return not task.activity.all_day and task.end - task.start < DAY


def _out_of_hours(tasks: Sequence[Task], world: World) -> Iterator[tuple[Task, str]]:
    teams = world.teams
    known = frozenset(teams)
    for task in tasks:
        if not task.is_new or known.isdisjoint(task.resource_ids):
            continue
        for key in task.resource_ids:
            if key in teams:
                if is_show(task) and not _is_within(task, teams[key]):
                    yield task, f"resource/{key}/hours"
                if _is_on_rest(task, teams[key].rest_weekday):
                    yield task, f"resource/{key}/rest"


def _is_on_rest(task: Task, rest_weekday: int | None) -> bool:
    return rest_weekday is not None and rest_weekday in map(weekday, local_days(task.start, task.end))


def _is_within(task: Task, team: TeamFacts) -> bool:
    opens = team.works_from_min or 0
    closes = 2 * DAY_MINUTES if team.works_to_min is None else team.works_to_min
    if closes <= opens:
        closes += DAY_MINUTES
    start = (task.start + LOCAL_OFFSET) % DAY
    end = start + task.end - task.start
    spans = [(start, end)]
    if DAY_MINUTES < closes < 2 * DAY_MINUTES:  # the small hours belong to the evening before, too
        spans.append((start + DAY, end + DAY))
    return any(opens * 60 <= first and last <= closes * 60 for first, last in spans)


def _hours_sentence(team: TeamFacts) -> str:
    first = "" if team.works_from_min is None else f" từ {_clock(team.works_from_min)}"
    last = "" if team.works_to_min is None else f" đến {_clock(team.works_to_min)}"
    return f"«{team.name}» chỉ làm việc{first}{last}; hãy chọn giờ khác hoặc đội khác."


def _rest_sentence(team: TeamFacts) -> str:
    day = WEEKDAY_NAMES[team.rest_weekday or 0]
    return f"«{team.name}» nghỉ hằng tuần vào {day}; hãy chọn ngày khác hoặc đội khác."


def _clock(minute: int) -> str:
    return f"{minute // 60}h{minute % 60:02}"
