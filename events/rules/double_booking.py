"""Rule: a resource serves one occurrence at a time.

Every pair of held occurrences that take one resource and overlap, at least one of them new, is one finding for each
such resource; touching ends do not overlap. Blocking: nothing can be in two places.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from core.clock import to_interval
from core.conflicts import Conflict, Level
from core.intervals import Interval, overlapping_pairs
from core.vietnamese import format_interval
from events.rules.findings import tasks_by_resource, when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.keys import OccurrenceKey
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
    """Name the thing, the time, the clash and the way out (the holder named last planned)."""
    holder, planned = sorted((earlier, later), key=lambda task: (task.is_new, task.start, task.key))
    resource_id, resource = taken
    noun = NOUNS.get(resource.kind, "nguồn lực")
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=tuple(sorted((planned.key, holder.key))),
        interval=to_interval(max(planned.start, holder.start), min(planned.end, holder.end)),
        message=f"«{planned.title}» không lấy được {noun} «{resource.name}»: «{holder.title}» đã đăng ký "
        f"{when(holder)}; hãy chọn giờ khác hoặc {noun} khác.",
        about=f"resource/{resource_id}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An occurrence wants a resource for an interval; `is_new` marks what is being planned."""

    resource_id: int
    resource_name: str
    key: OccurrenceKey
    title: str
    interval: Interval
    is_new: bool


def find_double_bookings(claims: Iterable[Claim]) -> Iterator[Conflict]:
    """Yield a blocking conflict for every pair of claims on one resource that overlap.

    A pair of two stored claims is not reported: it is not what is being planned. One sort
    and sweep a resource: O(n log n + pairs).
    """
    by_resource: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_resource[claim.resource_id].append(claim)
    for rivals in by_resource.values():
        for one, other in overlapping_pairs((claim, claim.interval) for claim in rivals):
            if one.is_new or other.is_new:
                yield _claim_conflict(one, other)


def _claim_conflict(one: Claim, other: Claim) -> Conflict:
    """Name the thing, the time, the clash and the way out (the holder named last planned)."""
    planned, holder = (one, other) if one.is_new and not other.is_new else (other, one)
    overlap = Interval(max(one.interval.start, other.interval.start), min(one.interval.end, other.interval.end))
    message = _(
        "“%(planned)s” cannot take %(resource)s: “%(holder)s” already has it %(time)s; "
        "choose another time or another resource."
    ) % {
        "planned": planned.title,
        "resource": planned.resource_name,
        "holder": holder.title,
        "time": format_interval(holder.interval, all_day=_is_whole_days(holder.interval)),
    }
    return Conflict(
        code=CODE,
        level=Level.BLOCKING,
        subjects=(str(planned.key), str(holder.key)),
        interval=overlap,
        message=message,
    )


def _is_whole_days(interval: Interval) -> bool:
    local = interval.local()
    return all((m.hour, m.minute, m.second) == (0, 0, 0) for m in (local.start, local.end))
