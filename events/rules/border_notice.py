"""Rule: the border post knows of what gathers people in a border commune (domain 4: R19).

Concerned are gathering kinds whose activity's area, or the area of one of its places, touches the border, as long as no
notice "border" is recorded. One finding for each activity, told of its first such occurrence that has not ended before
today; what is over is left in peace. A warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.clock import day_start
from core.conflicts import Conflict, Level
from events.rules.findings import by_activity, interval_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.rules.facts import Task, World

CODE = "border_notice"
LEVEL = Level.WARNING
NOTICE: Final = "border"  # the procedure under which it is recorded
NAME: Final = "Báo Đồn Biên phòng"
RECEIVER: Final = "Đồn Biên phòng quản lý địa bàn"
BASIS: Final = "Nghị định 34/2014/NĐ-CP, sửa đổi bởi Nghị định 299/2025/NĐ-CP ngày 17/11/2025"


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each gathering in a border commune that the post has not been told of."""
    border = {key for key, area in world.areas.items() if area.is_border}
    kinds = world.kinds_that("is_gathering")
    if not border or not kinds:
        return
    today = day_start(world.today.toordinal())
    untold = (
        (task, "")
        for task in tasks
        if task.is_new
        and task.end > today
        and task.activity.kind in kinds
        and NOTICE not in task.activity.notices
        and not border.isdisjoint(_areas(task, world))
    )
    for finding in by_activity(untold):
        area = next(key for key in _areas(finding.task, world) if key in border)
        yield Conflict(
            code=CODE,
            level=LEVEL,
            subjects=(finding.task.uid,),
            interval=interval_of(finding.task),
            message=f"{finding.label} tập trung đông người tại xã biên giới «{world.areas[area].name}» mà chưa báo "
            "Đồn Biên phòng; hãy báo Đồn Biên phòng và ghi lại ngày gửi.",
            basis=BASIS,
        )


def _areas(task: Task, world: World) -> tuple[int | None, ...]:
    return task.activity.area_id, *(world.places[key].area_id for key in task.place_ids)
