"""Rule: nothing happens where the place, or what it takes, is closed.

Blocking: the office itself has written that the venue, the space, the team or the vehicle cannot be used then. One
finding for each occurrence, thing used and closure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.clock import to_interval
from core.conflicts import Conflict, Level
from events.rules.findings import label, span_text, uses_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.rules.facts import Span, Task, World
    from events.rules.findings import Use

CODE = "closure"
LEVEL = Level.BLOCKING


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each new task and each closure it overlaps of what it uses."""
    for use, closures in uses_with(tasks, world, of_resources=world.resource_closures, of_places=world.place_closures):
        for closure in closures:
            if closure[0] < use.task.end and use.task.start < closure[1]:
                yield _conflict(use, closure)


def _conflict(use: Use, closure: Span) -> Conflict:
    start, end, reason = closure
    task = use.task
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=(task.key,),
        interval=to_interval(max(start, task.start), min(end, task.end)),
        message=f"{label(task)} không dùng được «{use.name}»: tạm ngừng khai thác {span_text(start, end)} "
        f"vì «{reason}»; hãy chọn giờ khác hoặc nơi khác.",
        about=use.about,
    )
