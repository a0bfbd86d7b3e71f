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
    from collections.abc import Iterator, Mapping, Sequence

    from events.rules.facts import Task, World

CODE = "capacity"
LEVEL = Level.WARNING
SPACE = "space"


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each new activity that expects more people than its spaces hold."""
    spaces = {
        key: float("inf") if resource.capacity is None else resource.capacity
        for key, resource in world.resources.items()
        if resource.kind == SPACE
    }
    for finding in by_activity(_crowded(tasks, spaces)):
        task = finding.task
        taken = [key for key in task.resource_ids if key in spaces]
        names = ", ".join(f"«{world.resources[key].name}»" for key in taken)
        yield Conflict(
            code=CODE,
            level=LEVEL,
            subjects=(task.uid,),
            interval=interval_of(task),
            message=f"{finding.label} dự kiến {format_number(task.activity.expected_audience or 0)} người, {names} chỉ "
            f"chứa được {format_number(sum(spaces[key] for key in taken))} người; "
            "hãy chọn không gian lớn hơn hoặc chia thành nhiều buổi.",
        )


def _crowded(tasks: Sequence[Task], spaces: Mapping[int, float]) -> Iterator[tuple[Task, str]]:
    """Yield the tasks whose spaces hold too few people; a space nobody has measured holds everybody."""
    for task in tasks:
        expected = task.activity.expected_audience
        if expected is not None and task.is_new:
            room = [spaces[key] for key in task.resource_ids if key in spaces]
            if room and sum(room) < expected:
                yield task, ""
