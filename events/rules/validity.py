"""Rule: the units and the area of an activity exist on its days (domain 6: before and after 1 July 2025).

One finding for each activity and unit or area. Blocking: a unit that was dissolved cannot carry out anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.clock import last_local_day, local_day
from core.conflicts import Conflict, Level
from core.vietnamese import format_date
from events.rules.findings import by_activity, interval_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from events.rules.facts import Task, World

    Bounds = Mapping[int, tuple[int, int]]

CODE = "validity"
LEVEL = Level.BLOCKING
_FOREVER = 10**9  # later than any ordinal


class Dated(Protocol):
    """What exists for a span of days."""

    @property
    def name(self) -> str:
        """The name people know."""

    @property
    def valid_from(self) -> date | None:
        """Its first day."""

    @property
    def valid_to(self) -> date | None:
        """Its last day."""


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each unit or area of a new activity that does not exist on one of its days."""
    for finding in by_activity(_invalid(tasks, world)):
        table, key = finding.about.split("/")
        subject: Dated = world.units[int(key)] if table == "unit" else world.areas[int(key)]
        noun, way_out = _WORDS[table]
        yield Conflict(
            code=CODE,
            level=LEVEL,
            subjects=(finding.task.uid,),
            interval=interval_of(finding.task),
            message=f"{finding.label}: {noun} «{subject.name}» chỉ có hiệu lực {_span(subject)}; {way_out}",
            about=finding.about,
        )


_WORDS = {
    "unit": ("đơn vị", "hãy chọn đơn vị đang hoạt động trong những ngày đó."),
    "area": ("địa bàn", "hãy chọn địa bàn theo địa giới của những ngày đó."),
}


def _invalid(tasks: Sequence[Task], world: World) -> Iterator[tuple[Task, str]]:
    units, areas = _bounds(world.units), _bounds(world.areas)
    if not units and not areas:
        return
    for task in tasks:
        if not task.is_new:
            continue
        activity = task.activity
        for unit in dict.fromkeys(activity.unit_ids):
            if unit in units and _is_outside(task, units[unit]):
                yield task, f"unit/{unit}"
        if activity.area_id in areas and _is_outside(task, areas[activity.area_id]):
            yield task, f"area/{activity.area_id}"


def _bounds(table: Mapping[int, Dated]) -> Bounds:
    """Return first and last ordinals of those that do not exist for ever."""
    return {
        key: (
            subject.valid_from.toordinal() if subject.valid_from else 0,
            subject.valid_to.toordinal() if subject.valid_to else _FOREVER,
        )
        for key, subject in table.items()
        if subject.valid_from or subject.valid_to
    }


def _is_outside(task: Task, bounds: tuple[int, int]) -> bool:
    return local_day(task.start) < bounds[0] or last_local_day(task.end) > bounds[1]


def _span(subject: Dated) -> str:
    first = f"từ ngày {format_date(subject.valid_from)}" if subject.valid_from else ""
    last = f"đến hết ngày {format_date(subject.valid_to)}" if subject.valid_to else ""
    return " ".join(part for part in (first, last) if part)
