"""What a tour in the GIVEN order comes to: hours, kilometres and what cannot work (the plan mode of VROOM).

Glossary: a stop's *time window* opens with its set-up and closes with its show; its *service duration* is set-up, show
and packing. Nothing is moved: a plan that cannot be driven is answered with violations, in words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from core.vietnamese import format_date, format_time
from mobile_teams.routing.graph import Leg, RoadGraph, TravelAssumptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.geometry import Point
    from core.intervals import Interval

DEPARTURE_STEP: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waypoint:
    """A named place; `point` None where nobody has measured it yet."""

    name: str
    point: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTask:
    """What is asked at one stop: the show (local, half-open) after `setup_minutes` of setting up.

    A stop that `is_off` (cancelled, postponed) keeps its place in the list and is not driven to.
    """

    key: str
    place: Waypoint
    show: Interval
    setup_minutes: int
    is_off: bool = False

    @property
    def setup_start(self) -> datetime:
        """When setting up must begin."""
        return self.show.start - timedelta(minutes=self.setup_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteProblem:
    """A tour to evaluate. `departs_at` binds the first day only; later days leave just in time."""

    depot: Waypoint
    stops: tuple[StopTask, ...]
    graph: RoadGraph
    departs_at: time | None = None
    assumptions: TravelAssumptions = field(default_factory=TravelAssumptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Why the order cannot work as written: a whole sentence about one stop."""

    stop: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopVisit:
    """One stop as driven; the drive's fields are None at a stop that is off or whose place has no point.

    `wait_minutes` passes between arrival and set-up, `late_minutes` is how far arrival lies behind it.
    """

    task: StopTask
    leg: Leg | None = None
    departure: datetime | None = None
    arrival: datetime | None = None
    wait_minutes: int = 0
    late_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """One day's drive. `origin` is the depot or the place of the night before.

    `way_back` is the leg home, None when the crew stays (`overnight` names where) or nothing is driven that day;
    `returns_at` is when it is home. `km` counts the legs known.
    """

    day: date
    origin: Waypoint
    visits: tuple[StopVisit, ...]
    way_back: Leg | None
    returns_at: datetime | None
    overnight: str

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every drive of the day, the way home last."""
        found = (*(visit.leg for visit in self.visits), self.way_back)
        return tuple(leg for leg in found if leg is not None)

    @property
    def km(self) -> float:
        """Kilometres of the day."""
        return round(math.fsum(leg.km for leg in self.legs), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The tour in the given order: its days, its kilometres, and what is wrong with it.

    `is_complete` is False when a place without a point leaves a leg out of the kilometres.
    """

    days: tuple[DayPlan, ...]
    violations: tuple[Violation, ...]
    is_complete: bool

    @property
    def visits(self) -> tuple[StopVisit, ...]:
        """All stops in the given order."""
        return tuple(visit for day in self.days for visit in day.visits)

    @property
    def km(self) -> float:
        """Kilometres of the tour."""
        return round(math.fsum(day.km for day in self.days), 1)

    @property
    def is_estimate(self) -> bool:
        """Whether any kilometre in it is estimated."""
        return any(leg.is_estimate for day in self.days for leg in day.legs)


def evaluate(problem: RouteProblem) -> Evaluation:
    """Drive the stops in the given order, day by day.

    A day starts at the depot, or where the crew slept. The crew sleeps away only when the next day of the tour is the
    very next day and the way home is longer than `nightly_return_km` (or unknown); after the last day it goes home.
    Departure is just in time for the set-up, rounded down to five minutes; from stop to stop it is as soon as the
    crew has packed. On the first day `departs_at` binds, early or late.
    """
    days: list[DayPlan] = []
    origin = problem.depot
    groups = [(day, tuple(tasks)) for day, tasks in groupby(problem.stops, key=lambda task: task.show.start.date())]
    for index, (day, tasks) in enumerate(groups):
        leaves = problem.departs_at if index == 0 else None
        plan = _drive_day(problem, day=day, tasks=tasks, origin=origin, leaves=leaves)
        plan = _close_day(problem, plan, has_tomorrow=_drives_on(groups[index + 1 :], day + timedelta(days=1)))
        origin = _driven(plan)[-1].place if plan.overnight else problem.depot
        days.append(plan)
    violations = (*_order_violations(problem.stops), *_point_violations(problem), *_late_violations(days))
    return Evaluation(
        days=tuple(days),
        violations=violations,
        is_complete=not any(violation.code == "no-point" for violation in violations),
    )


def _drive_day(
    problem: RouteProblem, *, day: date, tasks: tuple[StopTask, ...], origin: Waypoint, leaves: time | None
) -> DayPlan:
    visits: list[StopVisit] = []
    place = origin
    free_at = datetime.combine(day, leaves, tasks[0].show.start.tzinfo) if leaves else None
    for task in tasks:
        if task.is_off:
            visits.append(StopVisit(task=task))
            continue
        visits.append(_visit(problem, task=task, place=place, free_at=free_at))
        place = task.place
        free_at = task.show.end + timedelta(minutes=problem.assumptions.packing_minutes)
    return DayPlan(day=day, origin=origin, visits=tuple(visits), way_back=None, returns_at=None, overnight="")


def _visit(problem: RouteProblem, *, task: StopTask, place: Waypoint, free_at: datetime | None) -> StopVisit:
    leg = _leg(problem, place, task.place)
    if leg is None:
        return StopVisit(task=task)
    travel = timedelta(minutes=leg.minutes)
    departure = free_at or _rounded_down(task.setup_start - travel)
    arrival = departure + travel
    early = round((task.setup_start - arrival) / timedelta(minutes=1))
    return StopVisit(
        task=task,
        leg=leg,
        departure=departure,
        arrival=arrival,
        wait_minutes=max(0, early),
        late_minutes=max(0, -early),
    )


def _close_day(problem: RouteProblem, plan: DayPlan, *, has_tomorrow: bool) -> DayPlan:
    """Send the crew home, or let it sleep where its last show was; a day without a drive stays as it is."""
    driven = _driven(plan)
    if not driven or driven[-1].place == problem.depot:
        return plan
    last = driven[-1]
    leg = _leg(problem, last.place, problem.depot)
    if has_tomorrow and (leg is None or leg.km > problem.assumptions.nightly_return_km):
        return replace(plan, overnight=last.place.name)
    if leg is None:
        return plan
    packed = last.show.end + timedelta(minutes=problem.assumptions.packing_minutes)
    return replace(plan, way_back=leg, returns_at=packed + timedelta(minutes=leg.minutes))


def _driven(plan: DayPlan) -> list[StopTask]:
    return [visit.task for visit in plan.visits if not visit.task.is_off]


def _drives_on(groups: list[tuple[date, tuple[StopTask, ...]]], day: date) -> bool:
    """Tell whether the next group is that day and has something to drive to."""
    return bool(groups) and groups[0][0] == day and not all(task.is_off for task in groups[0][1])


def _leg(problem: RouteProblem, start: Waypoint, end: Waypoint) -> Leg | None:
    if start.point is None or end.point is None:
        return None
    return problem.graph.leg(start.point, end.point, assumptions=problem.assumptions)


def _rounded_down(moment: datetime) -> datetime:
    past = timedelta(minutes=moment.minute, seconds=moment.second) % DEPARTURE_STEP
    return moment - past


def _order_violations(stops: Iterable[StopTask]) -> Iterator[Violation]:
    """Find stops that begin before the one in front of them."""
    previous: StopTask | None = None
    for task in stops:
        if previous is not None and task.show.start < previous.show.start:
            yield Violation(
                stop=task.key,
                code="order",
                message=f"«{task.place.name}» ({_moment(task.show.start)}) xếp sau «{previous.place.name}» "
                f"({_moment(previous.show.start)}) nhưng diễn trước; hãy đổi lại thứ tự điểm phục vụ.",
            )
        previous = task


def _point_violations(problem: RouteProblem) -> Iterator[Violation]:
    """Find places nobody has measured, the depot first."""
    places = [("", problem.depot)] if problem.stops else []
    places += [(task.key, task.place) for task in problem.stops if not task.is_off]
    for key, place in places:
        if place.point is None:
            yield Violation(
                stop=key,
                code="no-point",
                message=f"«{place.name}» chưa có tọa độ nên không tính được quãng đường và giờ đến; "
                "hãy bổ sung tọa độ cho địa điểm.",
            )


def _late_violations(days: Iterable[DayPlan]) -> Iterator[Violation]:
    """Find arrivals after the set-up should have begun."""
    for visit in (visit for day in days for visit in day.visits):
        if visit.arrival is not None and visit.late_minutes:
            yield _lateness(visit.task, arrival=visit.arrival, minutes=visit.late_minutes)


def _lateness(task: StopTask, *, arrival: datetime, minutes: int) -> Violation:
    return Violation(
        stop=task.key,
        code="late",
        message=f"Đến muộn {minutes} phút so với giờ lắp đặt {format_time(task.setup_start)} ngày "
        f"{format_date(task.setup_start)} tại «{task.place.name}» (đến lúc {format_time(arrival)}); "
        "hãy xuất phát sớm hơn, rút ngắn lắp đặt hoặc dời giờ diễn.",
    )


def _moment(moment: datetime) -> str:
    return f"{format_time(moment)} ngày {format_date(moment)}"
