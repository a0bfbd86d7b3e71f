"""Rule: no entertainment on days of national mourning (domain 4: R21).

Every occurrence of an entertaining kind that touches a period of mourning is one finding for each period. Blocking:
it must be postponed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.clock import day_start, to_interval
from core.conflicts import Conflict, Level
from core.vietnamese import format_date
from events.rules.findings import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.rules.facts import Mourning, Task, World

CODE = "mourning"
LEVEL = Level.BLOCKING


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each new entertaining task and period of mourning it overlaps."""
    spans = [
        (day_start(period.first.toordinal()), day_start(period.last.toordinal() + 1), period)
        for period in world.mourning
    ]
    kinds = world.kinds_that("is_entertainment")
    if not spans or not kinds:
        return
    for task in tasks:
        if task.is_new and task.activity.kind in kinds:
            for start, end, period in spans:
                if start < task.end and task.start < end:
                    yield _conflict(task, period, (max(start, task.start), min(end, task.end)))


def _conflict(task: Task, period: Mourning, overlap: tuple[int, int]) -> Conflict:
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=(task.key,),
        interval=to_interval(*overlap),
        message=f"{label(task)} là hoạt động vui chơi, giải trí trong những ngày «{period.name}» "
        f"({format_date(period.first)}–{format_date(period.last)}); hãy hoãn hoặc chọn ngày khác.",
        about=f"mourning/{period.first.isoformat()}",
    )
