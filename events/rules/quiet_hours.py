"""Rule: loudspeakers are silent at night, and away from hospitals, schools and places of worship (domain 4: R14).

Concerned are activities whose kind is loud. At night: a timed task shorter than 24 hours that begins before
quiet.night_end or goes on after quiet.night_start of the local day it starts on. Near: a place of the task lies within
quiet.distance_m of a place that asks for quiet, whatever the hour. One finding for each activity, and for each of its
places. Warnings: the zones of QCVN 26:2025 are not known yet, and distances are often estimates.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from core.clock import DAY, LOCAL_OFFSET
from core.conflicts import Conflict, Level
from core.geometry import Point, haversine_km
from core.vietnamese import format_number
from events.rules.findings import by_activity, interval_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.rules.facts import PlaceFacts, QuietPlaceFacts, Task, World
    from events.rules.findings import Finding

CODE = "quiet_hours"
LEVEL = Level.WARNING
_METRES_A_DEGREE: Final = 110_000  # of latitude, a little less than anywhere on the globe


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each loud activity at night, and for each of its places near one that asks for quiet."""
    kinds = world.kinds_that("is_loud")
    loud = [task for task in tasks if task.is_new and task.activity.kind in kinds]
    yield from _at_night(loud, world)
    yield from _nearby(loud, world)


def _at_night(loud: Sequence[Task], world: World) -> Iterator[Conflict]:
    begins, ends = world.figures.get("quiet.night_start"), world.figures.get("quiet.night_end")
    if begins is None or ends is None:
        return
    night = begins.value * 3600, ends.value * 3600
    for finding in by_activity((task, "night") for task in loud if _is_at_night(task, night)):
        sentence = (
            f"dùng loa trong giờ yên tĩnh {_hour(begins.value)}–{_hour(ends.value)}; "
            f"hãy kết thúc trước {_hour(begins.value)} và bắt đầu sau {_hour(ends.value)}."
        )
        yield _conflict(finding, sentence, begins.source)


def _is_at_night(task: Task, night: tuple[float, float]) -> bool:
    length = task.end - task.start
    if task.activity.all_day or length >= DAY:
        return False
    start = (task.start + LOCAL_OFFSET) % DAY
    return start < night[1] or start + length > night[0]


def _nearby(loud: Sequence[Task], world: World) -> Iterator[Conflict]:
    limit = world.figures.get("quiet.distance_m")
    if limit is None or not world.quiet_places:
        return
    ordered = sorted(world.quiet_places, key=attrgetter("lat", "lon", "name"))

    @cache
    def near(place_id: int) -> tuple[tuple[str, float], ...]:
        return _within(world.places[place_id], ordered, limit.value)

    found = ((task, f"place/{key}") for task in loud for key in dict.fromkeys(task.place_ids) if near(key))
    for finding in by_activity(found):
        key = int(finding.about.removeprefix("place/"))
        place = world.places[key]
        told = ", ".join(f"«{name}» {format_number(metres, 0)} m" for name, metres in near(key))
        doubt = " (vị trí ước lượng)" if place.is_estimate else ""
        sentence = (
            f"dùng loa tại «{place.name}»{doubt}, cách {told}, gần hơn {format_number(limit.value)} m; "
            "hãy giảm âm lượng, quay loa hướng khác hoặc chọn địa điểm khác."
        )
        yield _conflict(finding, sentence, limit.source)


def _within(place: PlaceFacts, ordered: Sequence[QuietPlaceFacts], metres: float) -> tuple[tuple[str, float], ...]:
    """Return names and distances of the quiet places near a place, nearest first; `ordered` come by latitude."""
    if place.lon is None or place.lat is None:
        return ()
    here = Point(place.lon, place.lat)
    reach = metres / _METRES_A_DEGREE
    first = bisect_left(ordered, place.lat - reach, key=attrgetter("lat"))
    last = bisect_right(ordered, place.lat + reach, key=attrgetter("lat"))
    measured = ((quiet.name, haversine_km(here, Point(quiet.lon, quiet.lat)) * 1000) for quiet in ordered[first:last])
    return tuple(sorted((pair for pair in measured if pair[1] <= metres), key=lambda pair: (pair[1], pair[0])))


def _conflict(finding: Finding, sentence: str, basis: str) -> Conflict:
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=(finding.task.uid,),
        interval=interval_of(finding.task),
        message=f"{finding.label} {sentence}",
        about=finding.about,
        basis=basis,
    )


def _hour(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60}h{minutes % 60:02}"
