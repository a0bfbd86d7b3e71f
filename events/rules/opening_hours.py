"""Rule: a place, or a resource, is used in its opening hours.

Each local day that the task touches, its part of that day lies within the hours of that weekday; stretches that touch
count as one; a weekday without any is closed. A task of whole days, or of 24 hours and more, is only asked that none of
its days is a closed one: what hangs or stands overnight does not need the doors open. One finding for each activity and
thing used. A warning: hours can be agreed on with the owner.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.clock import DAY, DAY_MINUTES, day_start, local_days, weekday
from core.conflicts import Conflict, Level
from core.vietnamese import WEEKDAY_NAMES, format_date
from events.rules.findings import by_activity, interval_of, uses_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.rules.facts import Task, WeekHours, World

CODE = "opening_hours"
LEVEL = Level.WARNING


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each activity and thing it uses outside its opening hours."""
    first_days: dict[tuple[str, str], tuple[str, int, WeekHours]] = {}
    outside: list[tuple[Task, str]] = []
    for use, hours in uses_with(tasks, world, of_resources=world.resource_opening, of_places=world.place_opening):
        day = _closed_day(use.task, hours)
        if day is not None:
            first_days.setdefault((use.task.uid, use.about), (use.name, day, hours))
            outside.append((use.task, use.about))
    for finding in by_activity(outside):
        name, day, hours = first_days[finding.task.uid, finding.about]
        yield Conflict(
            code=CODE,
            level=LEVEL,
            subjects=(finding.task.uid,),
            interval=interval_of(finding.task),
            message=f"{finding.label} nằm ngoài giờ mở cửa của «{name}» ({_hours_text(day, hours)}); "
            "hãy chọn giờ trong giờ mở cửa hoặc nơi khác.",
            about=finding.about,
        )


def _closed_day(task: Task, hours: WeekHours) -> int | None:
    """Return the first day of the task on which the doors are closed for a part of it, None if there is none."""
    is_long = task.activity.all_day or task.end - task.start >= DAY
    for day in local_days(task.start, task.end):
        stretches = hours.get(weekday(day), ())
        midnight = day_start(day)
        first, last = max(task.start - midnight, 0), min(task.end - midnight, DAY)
        if not stretches or not (is_long or _covers(stretches, first, last)):
            return day
    return None


def _covers(stretches: tuple[tuple[int, int], ...], first: int, last: int) -> bool:
    """Tell whether the stretches (minutes) together hold `[first, last)` (seconds after midnight)."""
    for opens, closes in sorted(stretches):
        if opens * 60 <= first:
            first = max(first, closes * 60)
    return first >= last


def _hours_text(day: int, hours: WeekHours) -> str:
    stretches = sorted(hours.get(weekday(day), ()))
    told = ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in stretches) or "đóng cửa"
    return f"{WEEKDAY_NAMES[weekday(day)]} {format_date(date.fromordinal(day))}: {told}"


def _clock(minute: int) -> str:
    return "24h00" if minute == DAY_MINUTES else f"{minute // 60}h{minute % 60:02}"
