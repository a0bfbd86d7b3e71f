"""Rule: the units and the area of an activity exist on its days (domain 6: before and after 1 July 2025).

One finding for each activity and unit or area. Blocking: a unit that was dissolved cannot carry out anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.clock import day_start
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
_EVER = 10**12  # seconds, later than any moment
_ALWAYS = -_EVER, _EVER


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
        for unit in activity.unit_ids:
            if unit in units and (task.start < units[unit][0] or task.end > units[unit][1]):
                yield task, f"unit/{unit}"
        first, end = areas.get(activity.area_id, _ALWAYS)
        if task.start < first or task.end > end:
            yield task, f"area/{activity.area_id}"


def _bounds(table: Mapping[int, Dated]) -> Bounds:
    """Return the first moment of those that do not exist for ever, and the first after them."""
    return {
        key: (
            day_start(subject.valid_from.toordinal()) if subject.valid_from else -_EVER,
            day_start(subject.valid_to.toordinal() + 1) if subject.valid_to else _EVER,
        )
        for key, subject in table.items()
        if subject.valid_from or subject.valid_to
    }


def _span(subject: Dated) -> str:
    first = f"từ ngày {format_date(subject.valid_from)}" if subject.valid_from else ""
    last = f"đến hết ngày {format_date(subject.valid_to)}" if subject.valid_to else ""
    return " ".join(part for part in (first, last) if part)
