"""Half-open stretches of time, and the local days they cover."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

K = TypeVar("K")

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """`[start, end)` between two aware moments; sorts by start, then end.

    Equal when both ends are the same instants, whatever their zones. ValueError if an end is naive or
    `end <= start`.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise ValueError("Thời điểm bắt đầu và kết thúc phải kèm múi giờ.")
        if self.end <= self.start:
            raise ValueError("Thời điểm kết thúc phải sau thời điểm bắt đầu.")

    @property
    def duration(self) -> timedelta:
        """Elapsed time from start to end, always positive."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share a moment; touching ends do not."""
        return self.start < other.end and other.start < self.end

    def contains(self, moment: datetime) -> bool:
        """Tell whether `start <= moment < end`; `moment` is aware."""
        return self.start <= moment < self.end

    def shifted(self, delta: timedelta) -> Interval:
        """Return the same length, moved by `delta`."""
        return Interval(self.start + delta, self.end + delta)

    def local(self) -> Interval:
        """Return the same instants with both ends expressed in LOCAL_ZONE."""
        return Interval(self.start.astimezone(LOCAL_ZONE), self.end.astimezone(LOCAL_ZONE))


def local_midnight(day: date) -> datetime:
    """Return the first moment of a local day, aware, in LOCAL_ZONE."""
    return datetime.combine(day, time.min, LOCAL_ZONE)


def day_interval(first: date, last: date) -> Interval:
    """Return the interval of whole local days from `first` to `last`, both included; ValueError if last < first."""
    if last < first:
        raise ValueError("Ngày cuối phải bằng hoặc sau ngày đầu.")
    return Interval(local_midnight(first), local_midnight(last + timedelta(days=1)))


def last_day(interval: Interval) -> date:
    """Return the last local day the interval touches: one ending at midnight does not touch the day that begins."""
    return (interval.end - timedelta(microseconds=1)).astimezone(LOCAL_ZONE).date()


def local_days(interval: Interval) -> Iterator[date]:
    """Yield every local day the interval touches, in order."""
    day = interval.start.astimezone(LOCAL_ZONE).date()
    last = last_day(interval)
    while day <= last:
        yield day
        day += timedelta(days=1)


def overlapping_pairs(items: Iterable[tuple[K, Interval]]) -> Iterator[tuple[K, K]]:
    """Yield each pair of keys whose intervals overlap, once, the one that starts first in front.

    The items belong to one resource. One sort and one sweep: O(n log n + pairs).
    """
    tickets = count()  # heap entries never compare keys, which need not be orderable
    active: list[tuple[datetime, int, K]] = []
    for key, interval in sorted(items, key=lambda item: item[1]):
        while active and active[0][0] <= interval.start:
            heapq.heappop(active)
        for _, _, earlier in active:
            yield earlier, key
        heapq.heappush(active, (interval.end, next(tickets), key))
