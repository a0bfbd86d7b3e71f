"""Rule: a resource serves one occurrence at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.conflicts import Conflict, Level
from core.intervals import Interval, overlapping_pairs
from core.vietnamese import format_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.keys import OccurrenceKey

CODE = "double_booking"


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
                yield _conflict(one, other)


def _conflict(one: Claim, other: Claim) -> Conflict:
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
