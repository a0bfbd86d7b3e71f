"""Rule: a resource serves one occurrence at a time.

Every pair of held occurrences that take one resource and overlap, at least one of them new, is one finding for each
such resource; touching ends do not overlap. Blocking: nothing can be in two places.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from core.clock import to_interval
from core.conflicts import Conflict, Level
from core.text import inner_quotes
from events.rules.findings import tasks_by_resource, when

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from events.rules.facts import ResourceFacts, Task, World

CODE = "double_booking"
LEVEL = Level.BLOCKING

# How a sentence calls each kind of resource.
NOUNS: Final[Mapping[str, str]] = {
    "space": "không gian",
    "face": "mặt bảng",
    "team": "đội",
    "vehicle": "xe",
    "equipment": "thiết bị",
    "person": "người",
}


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each pair of tasks that take one resource at one time. O(n + pairs) after the sort."""
    wanted = set(chain.from_iterable(task.resource_ids for task in tasks if task.is_new and task.is_held))
    for resource, rivals in tasks_by_resource(tasks, wanted).items():
        for earlier, later in _overlapping(rivals):
            yield _conflict(earlier, later, (resource, world.resources[resource]))


def _overlapping(rivals: Sequence[Task]) -> Iterator[tuple[Task, Task]]:
    """Yield the pairs with a new task; `rivals` come by start."""
    active: list[Task] = []
    for later in rivals:
        if active:
            active = [task for task in active if task.end > later.start]
            for earlier in active:
                if earlier.is_new or later.is_new:
                    yield earlier, later
        active.append(later)


def _conflict(earlier: Task, later: Task, taken: tuple[int, ResourceFacts]) -> Conflict:
    """Name the thing, the time, the clash and the way out; the one that is new, or comes later, gives way."""
    planned, holder = (earlier, later) if earlier.is_new and not later.is_new else (later, earlier)
    resource_id, resource = taken
    noun = NOUNS.get(resource.kind, "nguồn lực")
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=tuple(sorted((planned.key, holder.key))),
        interval=to_interval(max(planned.start, holder.start), min(planned.end, holder.end)),
        message=f"«{inner_quotes(planned.title)}» không lấy được {noun} «{resource.name}»: "
        f"«{inner_quotes(holder.title)}» đã đăng ký {when(holder)}; hãy chọn giờ khác hoặc {noun} khác.",
        about=f"resource/{resource_id}",
    )
