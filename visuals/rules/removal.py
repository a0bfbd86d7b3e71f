"""Rule: what hangs comes down again (domain 2.3, 2.4 and 4: R12).

For each visual item of a new activity that is still planned up: one finding where nobody has said until when it must be
down, and one where that day is over. A warning: it is about the days after the activity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.conflicts import Conflict, Level
from core.intervals import day_interval
from core.text import inner_quotes
from core.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from events.rules.facts import RemovalFacts, Task, World

CODE = "removal"
LEVEL = Level.WARNING


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each item without a day of removal, or still up after it."""
    if not world.removals:
        return
    titles = {task.uid: task.activity.title or task.title for task in tasks if task.is_new}
    for uid, whole in titles.items():
        title = inner_quotes(whole)
        for item in world.removals.get(uid, ()):
            if item.remove_by is None:
                yield _conflict(
                    (uid, item),
                    item.last_day,
                    f"Hạng mục {item.code} của «{title}» chưa có hạn tháo dỡ; "
                    f"hãy nhập hạn tháo dỡ từ {format_date(item.last_day)} trở đi.",
                )
            elif item.remove_by < world.today:
                yield _conflict(
                    (uid, item),
                    item.remove_by,
                    f"Hạng mục {item.code} của «{title}» đã quá hạn tháo dỡ {format_date(item.remove_by)}; "
                    "hãy tháo dỡ và ghi nhận, hoặc gia hạn.",
                )


def _conflict(subject: tuple[str, RemovalFacts], day: date, message: str) -> Conflict:
    uid, item = subject
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=(uid,),
        interval=day_interval(day, day),
        message=message,
        about=f"posting/{item.code}",
    )
