"""Rule: a team or vehicle cannot be at the next place before the road lets it (domain 3.2).

Looked at are the timed, held occurrences of a team or vehicle that have a place. One precedes another when it ends
before or as the other starts and no third lies between the two; midnight is no border. The way leads from the last
place of the earlier to the first place of the later. The gap must hold the drive, and the packing and setting up where
the office has given figures for these (team.packing_minutes, team.setup_minutes). Gaps of a day and more are not
asked: no drive within the province takes that long. Two tasks at one place, and ways nobody knows, are silent. One
finding a pair, whatever goes along.

Blocking when the drive alone does not fit by a road and two points that are known for sure; otherwise a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.clock import DAY, to_moment
from core.conflicts import Conflict, Level
from core.intervals import LOCAL_ZONE
from core.text import inner_quotes
from core.vietnamese import format_date, format_number, format_time
from events.rules.findings import interval_of, tasks_by_resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from events.rules.facts import Task, Travel, World

CODE = "travel"
LEVEL = Level.BLOCKING
MOVING_KINDS = frozenset({"team", "vehicle"})


class Leg(NamedTuple):
    """A drive that does not fit: seconds between the two tasks, minutes of work besides driving."""

    drive: Travel
    gap: int
    work: float


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each pair of consecutive tasks between which the drive does not fit."""
    moving = {key for key, resource in world.resources.items() if resource.kind in MOVING_KINDS}
    work = _minutes("team.packing_minutes", world) + _minutes("team.setup_minutes", world)
    late: dict[tuple[str, int, str, int], tuple[tuple[Task, Task], Leg, list[int]]] = {}
    for resource, taken in tasks_by_resource(tasks, moving).items():
        for pair in _consecutive(task for task in taken if task.place_ids and not task.activity.all_day):
            leg = _late_leg(pair, world, work)
            if leg is not None:
                which = pair[0].uid, pair[0].recurrence_id, pair[1].uid, pair[1].recurrence_id
                late.setdefault(which, (pair, leg, []))[2].append(resource)
    for pair, leg, resources in late.values():
        yield _conflict(pair, leg, (sorted(resources), world))


def _minutes(code: str, world: World) -> float:
    figure = world.figures.get(code)
    return figure.value if figure else 0


def _consecutive(chain: Iterable[Task]) -> Iterator[tuple[Task, Task]]:
    """Yield each task with those that precede it; `chain` comes by start."""
    before: list[Task] = []
    for later in chain:
        ended = [task for task in before if task.end <= later.start]
        if ended:
            latest = max(task.start for task in ended)
            before = [task for task in before if task.end > latest]  # of the others one lies between for ever
        for earlier in before:
            if earlier.end <= later.start:
                yield earlier, later
        before.append(later)


def _late_leg(pair: tuple[Task, Task], world: World, work: float) -> Leg | None:
    earlier, later = pair
    gap = later.start - earlier.end
    origin, target = earlier.place_ids[-1], later.place_ids[0]
    if gap >= DAY or origin == target or not (earlier.is_new or later.is_new):
        return None
    drive = world.travel(origin, target)
    if drive is None or gap >= (drive.minutes + work) * 60:
        return None
    return Leg(drive, gap, work)


def _conflict(pair: tuple[Task, Task], leg: Leg, who: tuple[list[int], World]) -> Conflict:
    earlier, later = pair
    resources, world = who
    origin, target = world.places[earlier.place_ids[-1]], world.places[later.place_ids[0]]
    is_sure = not (leg.drive.is_estimate or origin.is_estimate or target.is_estimate)
    names = ", ".join(f"«{world.resources[key].name}»" for key in resources)
    return Conflict(
        code=CODE,
        level=Level.BLOCKING if is_sure and leg.gap < leg.drive.minutes * 60 else Level.WARNING,
        subjects=tuple(sorted((earlier.key, later.key))),
        interval=interval_of(later),
        message=f"{names} không kịp từ «{inner_quotes(earlier.title)}» tại {origin.name} "
        f"(xong lúc {_moment(earlier.end)}) đến «{inner_quotes(later.title)}» tại {target.name} "
        f"(bắt đầu lúc {_moment(later.start)}): {_need(leg, is_sure=is_sure)}; "
        f"hãy bắt đầu từ {_moment(earlier.end + _seconds(leg))} trở đi hoặc giao cho đội, xe khác.",
        about="resource/" + ",".join(map(str, resources)),
    )


def _need(leg: Leg, *, is_sure: bool) -> str:
    way = "đường" if is_sure else "đường ước tính"
    work = f" và {format_number(leg.work)} phút thu dọn, lắp đặt" if leg.work else ""
    return (
        f"{way} {format_number(leg.drive.km, 1)} km cần {format_number(leg.drive.minutes, 0)} phút{work}, "
        f"chỉ có {leg.gap // 60} phút"
    )


def _seconds(leg: Leg) -> int:
    """Return what the gap must hold, up to whole five minutes."""
    return -int(-(leg.drive.minutes + leg.work) // 5) * 300


def _moment(seconds: int) -> str:
    moment = to_moment(seconds).astimezone(LOCAL_ZONE)
    return f"{format_time(moment)} ngày {format_date(moment)}"
