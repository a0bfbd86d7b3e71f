"""How far the teams of a plan drive: the kilometres between what each does on a day, pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from core.clock import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from events.rules.facts import Task, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Drives:
    """Kilometres driven; `legs` were counted, `unknown` could not be, `is_estimate` when any leg is one."""

    km: float = 0.0
    legs: int = 0
    unknown: int = 0
    is_estimate: bool = False


def drives_of(tasks: Iterable[Task], world: World) -> Drives:
    """Add up each team's drives of each local day: from its depot, where known, by its tasks in order, and back.

    Only resources of `world.teams` drive; a task without a place counts as unknown, and so does a leg that
    `world.travel` cannot tell.
    """
    km, legs, unknown, is_estimate = 0.0, 0, 0, False
    for start, end in _legs(tasks, world):
        travel = None if start is None or end is None else world.travel(start, end)
        if travel is None:
            unknown += 1
            continue
        km += travel.km
        legs += 1
        is_estimate = is_estimate or travel.is_estimate
    return Drives(km=round(km, 1), legs=legs, unknown=unknown, is_estimate=is_estimate)


def _legs(tasks: Iterable[Task], world: World) -> Iterator[tuple[int | None, int | None]]:
    """Every drive from place to place; None is a place that nobody has said."""
    days: defaultdict[tuple[int, int], list[Task]] = defaultdict(list)
    for task in tasks:
        for resource in task.resource_ids:
            if resource in world.teams:
                days[resource, local_day(task.start)].append(task)
    for (team, _day), found in days.items():
        depot = world.teams[team].depot_place_id
        ordered = sorted(found, key=lambda task: (task.start, task.end))
        places = [place for task in ordered for place in task.place_ids or (None,)]
        stops = places if depot is None else [depot, *places, depot]
        yield from (leg for leg in pairwise(stops) if leg[0] is None or leg[0] != leg[1])
