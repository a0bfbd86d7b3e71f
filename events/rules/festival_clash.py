"""Rule: a big event keeps clear of the main day of a festival and of big observances (domain 3.2, 4 and 7.2).

The areas of a task are its activity's, those inside it, and those of its places. On each local day that a task touches:

- a task of a big kind clashes with every festival whose main day it is in its areas or that draws the whole province,
  and with every big observance there;
- a task that takes a mobile team clashes with the festivals in its areas ("not on the evening of a local festival
  unless tied to it");
- where a festival in its areas and a big observance there fall on one day (27/1 Bính Ngọ on 15/3/2026, election day),
  every gathering is told, for it is most likely tied to the festival.

A festival or observance without areas is everywhere. One finding for each occurrence and day. A warning: what is tied
to the day belongs there, and the planner says so in the reason.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from core.clock import day_start, to_interval
from core.conflicts import Conflict, Level
from core.vietnamese import format_date
from events.rules.findings import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from events.rules.facts import DayFacts, Task, World

CODE = "festival_clash"
LEVEL = Level.WARNING
UNCERTAIN_STATE = "confirm_by_hand"


class CalendarClash(NamedTuple):
    """A festival's main day that is also a big observance."""

    day: date
    festival: DayFacts
    observance: DayFacts


def calendar_clashes(festivals: Iterable[DayFacts], observances: Iterable[DayFacts]) -> tuple[CalendarClash, ...]:
    """Return the main days of festivals that fall on big observances, by day, where both are marked in one area."""
    big = [observance for observance in observances if observance.is_big]
    found = (
        CalendarClash(festival.main_day, festival, observance)
        for festival in festivals
        for observance in big
        if festival.main_day == observance.main_day and _share_area(festival, observance)
    )
    return tuple(sorted(found, key=lambda clash: (clash.day, clash.festival.name, clash.observance.name)))


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each new task and day that is not free for it."""
    festivals = _by_day(world.festivals)
    observances = _by_day(observance for observance in world.observances if observance.is_big)
    big, gathering = world.kinds_that("is_big"), world.kinds_that("is_gathering")

    @cache
    def inside(area_id: int) -> frozenset[int]:
        area = world.areas.get(area_id)
        return frozenset({area_id}) | (area.member_ids if area else frozenset())

    for task, day in _on_days(tasks, sorted(festivals.keys() | observances.keys())):
        here = _Here(
            areas=frozenset().union(*map(inside, _areas(task, world))),
            is_big=task.activity.kind in big,
            is_gathering=task.activity.kind in gathering,
            takes_team=any(key in world.teams for key in task.resource_ids),
        )
        marked = here.clashing(festivals.get(day, []), observances.get(day, []))
        if marked:
            yield _conflict(task, day, marked)


def _on_days(tasks: Sequence[Task], days: Sequence[int]) -> Iterator[tuple[Task, int]]:
    """Yield each new task with each of the days it touches; `days` are sorted ordinals."""
    starts = [day_start(day) for day in days]
    ends = [day_start(day + 1) for day in days]
    for task in tasks:
        if task.is_new:
            for number in range(bisect_right(ends, task.start), bisect_left(starts, task.end)):
                yield task, days[number]


class _Here(NamedTuple):
    """What a task is to the days it touches."""

    areas: frozenset[int]
    is_big: bool
    is_gathering: bool
    takes_team: bool

    def clashing(self, festivals: list[DayFacts], observances: list[DayFacts]) -> list[DayFacts]:
        """Return the festivals, then the observances, of one day that it clashes with."""
        local = [each for each in festivals if _is_in(each, self.areas)]
        great = [each for each in observances if _is_in(each, self.areas)]
        if self.is_big:
            return [each for each in festivals if each.is_big or _is_in(each, self.areas)] + great
        is_told = self.takes_team or (self.is_gathering and bool(great))
        return local + great if local and is_told else []


def _by_day(facts: Iterable[DayFacts]) -> dict[int, list[DayFacts]]:
    days: dict[int, list[DayFacts]] = {}
    for each in facts:
        days.setdefault(each.main_day.toordinal(), []).append(each)
    return days


def _areas(task: Task, world: World) -> frozenset[int]:
    places = (world.places[key].area_id for key in task.place_ids)
    return frozenset({task.activity.area_id, *(area for area in places if area is not None)})


def _is_in(each: DayFacts, areas: frozenset[int]) -> bool:
    return not each.area_ids or not each.area_ids.isdisjoint(areas)


def _share_area(one: DayFacts, other: DayFacts) -> bool:
    return _is_in(one, other.area_ids) or not other.area_ids


def _conflict(task: Task, day: int, marked: Sequence[DayFacts]) -> Conflict:
    midnight = day_start(day)
    names = " và ".join(dict.fromkeys(map(_name, marked)))
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=(task.key,),
        interval=to_interval(max(task.start, midnight), min(task.end, day_start(day + 1))),
        message=f"{label(task)} trùng {names} ngày {format_date(date.fromordinal(day))}; "
        "hãy chọn ngày khác, hoặc ghi lý do nếu hoạt động gắn với ngày này.",
    )


def _name(each: DayFacts) -> str:
    doubt = " (ngày cần xác nhận)" if each.state == UNCERTAIN_STATE else ""
    return f"«{each.name}»{doubt}"
