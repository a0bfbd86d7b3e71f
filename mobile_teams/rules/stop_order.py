"""Stops follow the clock, each activity once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from core.conflicts import Conflict, Level
from core.vietnamese import format_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mobile_teams.rules.stop_activity import StopActivity


def check_stop_order(stops: Sequence[StopActivity]) -> Iterator[Conflict]:
    """Yield a blocking conflict for each stop that begins before the one in front of it, or is there twice.

    Stops without any date are left to `check_stop_activity`.
    """
    seen: set[str] = set()
    for stop in stops:
        if stop.uid in seen:
            sentence = f"Hoạt động {stop.label} có mặt hai lần trong chuyến; hãy bỏ bớt một."
            yield _conflict("stop-twice", (stop,), sentence)
        seen.add(stop.uid)
    timed = [(stop, stop.show) for stop in stops if stop.show is not None]
    for (earlier, first), (later, second) in pairwise(timed):
        if second.start < first.start:
            sentence = (
                f"Điểm {later.label} ({format_interval(second)}) xếp sau {earlier.label} ({format_interval(first)}) "
                "nhưng diễn trước; hãy xếp các điểm phục vụ theo thứ tự thời gian."
            )
            yield _conflict("stop-order", (earlier, later), sentence)


def _conflict(code: str, stops: tuple[StopActivity, ...], message: str) -> Conflict:
    """Name the stops of the clash, the last of which says when."""
    return Conflict(
        code=code,
        level=Level.BLOCKING,
        subjects=tuple(stop.uid for stop in stops),
        interval=stops[-1].show,
        message=message,
    )
