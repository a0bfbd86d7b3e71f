"""Rule: the people who are expected find room.

The capacities of the spaces an occurrence takes are added up; one without a known capacity makes the sum unknown and
the rule silent. One finding for each activity. A warning: the expected audience is a guess (domain 4: R22).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.conflicts import Conflict, Level
from core.vietnamese import format_number
from events.rules.findings import by_activity, interval_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.rules.facts import Task, World

CODE = "capacity"
LEVEL = Level.WARNING
SPACE = "space"


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each new activity that expects more people than its spaces hold."""
    crowded = (
        (task, "")
        for task in tasks
        if task.is_new and task.activity.expected_audience is not None and _room(task, world) < _expected(task)
    )
    for finding in by_activity(crowded):
        task = finding.task
        names = ", ".join(f"«{world.resources[key].name}»" for key in _spaces(task, world))
        yield Conflict(
            code=CODE,
            level=LEVEL,
            subjects=(task.uid,),
            interval=interval_of(task),
            message=f"{finding.label} dự kiến {format_number(_expected(task))} người, {names} chỉ chứa được "
            f"{format_number(_room(task, world))} người; hãy chọn không gian lớn hơn hoặc chia thành nhiều buổi.",
        )


def _spaces(task: Task, world: World) -> list[int]:
    return [key for key in task.resource_ids if world.resources[key].kind == SPACE]


def _room(task: Task, world: World) -> float:
    """Return how many people the spaces hold, infinity where nobody knows."""
    capacities = [world.resources[key].capacity for key in _spaces(task, world)]
    known = [capacity for capacity in capacities if capacity is not None]
    return sum(known) if known and len(known) == len(capacities) else float("inf")


def _expected(task: Task) -> int:
    return task.activity.expected_audience or 0
