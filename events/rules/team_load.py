"""Rule: a mobile team rests after some evenings in a row, and plays only so many shows a day (domain 3.2).

An evening is a local day on which a held show (timed, shorter than 24 hours) of the team starts that goes on after
18:00. Every longest run of consecutive evenings with more days than the figure team.max_evenings is one finding, and so
is every day on which more shows start than team.max_shows_per_day; subjects are all the shows of the run or the day.
A warning: both figures are the office's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.clock import day_start, local_day, to_interval
from core.conflicts import Conflict, Level
from core.vietnamese import format_number
from events.rules.findings import span_text, tasks_by_resource
from events.rules.team_hours import is_show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from events.rules.facts import FigureFacts, Task, World

    Days = Mapping[int, Sequence[Task]]  # by local day, in order

CODE = "team_load"
LEVEL = Level.WARNING
EVENING: Final = 18 * 3600  # what everybody calls "buổi tối"; seconds after midnight


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each run of evenings and each day that is too much for a team."""
    evenings = world.figures.get("team.max_evenings")
    shows = world.figures.get("team.max_shows_per_day")
    if not world.teams or not (evenings or shows):
        return
    for key, taken in tasks_by_resource(tasks, world.teams).items():
        days: dict[int, list[Task]] = {}
        for task in filter(is_show, taken):
            days.setdefault(local_day(task.start), []).append(task)
        who = f"resource/{key}", world.teams[key].name
        if evenings:
            yield from _too_many_evenings(days, evenings, who)
        if shows:
            yield from _too_many_shows(days, shows, who)


def _too_many_evenings(days: Days, limit: FigureFacts, who: tuple[str, str]) -> Iterator[Conflict]:
    about, name = who
    for run in _runs(days):
        played = [task for day in run for task in _evening_shows(day, days[day])]
        if len(run) > limit.value and any(task.is_new for task in played):
            sentence = (
                f"«{name}» diễn {len(run)} tối liền ({_days_text(run)}), nhiều hơn {format_number(limit.value)} tối; "
                "hãy cho đội nghỉ một tối hoặc giao bớt cho đội khác."
            )
            yield _conflict(played, sentence, (f"{about}/evenings", limit.source))


def _too_many_shows(days: Days, limit: FigureFacts, who: tuple[str, str]) -> Iterator[Conflict]:
    about, name = who
    for day, played in days.items():
        if len(played) > limit.value and any(task.is_new for task in played):
            sentence = (
                f"«{name}» có {len(played)} buổi trong ngày {_days_text([day])}, nhiều hơn "
                f"{format_number(limit.value)} buổi; hãy chuyển bớt sang ngày khác hoặc đội khác."
            )
            yield _conflict(played, sentence, (f"{about}/shows", limit.source))


def _runs(days: Days) -> Iterator[list[int]]:
    """Yield the longest runs of consecutive evenings; `days` come in order."""
    run: list[int] = []
    for day, played in days.items():
        if not _evening_shows(day, played):
            continue
        if run and day != run[-1] + 1:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _evening_shows(day: int, played: Sequence[Task]) -> list[Task]:
    evening = day_start(day) + EVENING
    return [task for task in played if task.end > evening]


def _days_text(days: Sequence[int]) -> str:
    return span_text(day_start(days[0]), day_start(days[-1] + 1))


def _conflict(played: Sequence[Task], message: str, why: tuple[str, str]) -> Conflict:
    about, basis = why
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=tuple(sorted(task.key for task in played)),
        interval=to_interval(min(task.start for task in played), max(task.end for task in played)),
        message=message,
        about=about,
        basis=basis,
    )
