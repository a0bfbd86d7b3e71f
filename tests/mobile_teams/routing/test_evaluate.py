"""A tour in the given order: hours, kilometres, nights and violations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.geometry import Point
from core.intervals import LOCAL_ZONE, Interval
from mobile_teams.routing.evaluate import Evaluation, RouteProblem, StopTask, Waypoint, evaluate
from mobile_teams.routing.graph import Road, RoadGraph

CITY = Waypoint(name="Rạp Đông Kinh", point=Point(106.76, 21.85))
TOWN = Waypoint(name="Nhà văn hóa Đồng Đăng", point=Point(106.70, 21.95))
FAR = Waypoint(name="Nhà văn hóa Thất Khê", point=Point(106.47, 22.25))
LOST = Waypoint(name="Bản Giềng", point=None)
GRAPH = RoadGraph.of(
    {"A": Point(106.76, 21.85), "B": Point(106.70, 21.95), "C": Point(106.47, 22.25)},
    [Road(start="A", end="B", name="QL1A", km=14), Road(start="B", end="C", name="QL4A", km=49)],
)


def show(day: int, hour: int, minute: int = 0, *, minutes: int = 90) -> Interval:
    start = datetime(2023, 8, day, hour, minute, tzinfo=LOCAL_ZONE)
    return Interval(start, start + timedelta(minutes=minutes))


def stop(place: Waypoint, when: Interval, *, setup: int = 60, is_off: bool = False) -> StopTask:
    key = f"{place.name}-{when.start:%d%H}"
    return StopTask(key=key, place=place, show=when, setup_minutes=setup, is_off=is_off)


def drive(*stops: StopTask, depot: Waypoint = CITY, departs_at: time | None = None) -> Evaluation:
    return evaluate(RouteProblem(depot=depot, stops=stops, graph=GRAPH, departs_at=departs_at))


def clock(moment: datetime | None) -> str:
    return f"{moment:%d %H:%M}" if moment else ""


def test_one_evening_there_and_back() -> None:
    (day,) = drive(stop(TOWN, show(8, 19, 30))).days
    (visit,) = day.visits
    assert (clock(visit.departure), clock(visit.arrival), visit.wait_minutes) == ("08 18:00", "08 18:28", 2)
    assert (day.day, day.km, day.overnight, clock(day.returns_at)) == (date(2023, 8, 8), 28, "", "08 21:58")


def test_kilometres_add_up_over_the_days() -> None:
    result = drive(stop(TOWN, show(8, 19)), stop(TOWN, show(9, 19)))
    assert ([day.km for day in result.days], result.km, result.is_estimate) == ([28, 28], 56, False)
    assert (result.is_complete, result.violations, len(result.visits)) == (True, (), 2)


def test_the_crew_sleeps_away_when_the_way_home_is_long() -> None:
    first, second = drive(stop(FAR, show(8, 19)), stop(TOWN, show(9, 19))).days
    assert (first.overnight, first.way_back, first.km) == ("Nhà văn hóa Thất Khê", None, 63)
    assert (second.origin, second.km) == (FAR, 49 + 14)


def test_the_crew_goes_home_before_a_day_without_a_show() -> None:
    first, second = drive(stop(FAR, show(8, 19)), stop(FAR, show(10, 19))).days
    assert (first.overnight, first.km, second.origin) == ("", 126, CITY)


def test_the_crew_goes_home_when_tomorrow_is_cancelled() -> None:
    first, second = drive(stop(FAR, show(8, 19)), stop(TOWN, show(9, 19), is_off=True)).days
    assert (first.overnight, first.km, second.km, second.way_back) == ("", 126, 0, None)


def test_a_cancelled_stop_is_listed_but_not_driven_to() -> None:
    result = drive(stop(FAR, show(8, 8), is_off=True), stop(TOWN, show(8, 19)))
    assert [visit.leg and visit.leg.km for visit in result.visits] == [None, 14]
    assert result.km == 28


def test_between_two_shows_the_crew_packs_and_drives_on() -> None:
    second = drive(stop(TOWN, show(8, 8)), stop(CITY, show(8, 14))).visits[1]
    assert (clock(second.departure), clock(second.arrival), second.wait_minutes) == ("08 10:00", "08 10:28", 152)


def test_a_show_at_the_depot_needs_no_way_back() -> None:
    (day,) = drive(stop(CITY, show(8, 19))).days
    assert (day.way_back, day.returns_at, day.km) == (None, None, 0)


def test_arriving_late_is_said_in_words() -> None:
    result = drive(stop(TOWN, show(8, 8)), stop(FAR, show(8, 11, 30)))
    assert [violation.message for violation in result.violations] == [
        (
            "Đến muộn 68 phút so với giờ lắp đặt 10h30 ngày 08/08/2023 tại «Nhà văn hóa Thất Khê» (đến lúc 11h38); "
            "hãy xuất phát sớm hơn, rút ngắn lắp đặt hoặc dời giờ diễn."
        )
    ]


def test_the_tours_departure_binds_the_first_day_only() -> None:
    first, second = drive(stop(TOWN, show(8, 19)), stop(TOWN, show(9, 19)), departs_at=time(16)).visits
    assert (clock(first.departure), first.wait_minutes) == ("08 16:00", 92)
    assert clock(second.departure) == "09 17:30"


def test_a_stop_out_of_order_is_a_violation() -> None:
    result = drive(stop(TOWN, show(9, 19)), stop(TOWN, show(8, 19)))
    assert [violation.message for violation in result.violations] == [
        (
            "«Nhà văn hóa Đồng Đăng» (19h00 ngày 08/08/2023) xếp sau «Nhà văn hóa Đồng Đăng» (19h00 ngày 09/08/2023) "
            "nhưng diễn trước; hãy đổi lại thứ tự điểm phục vụ."
        )
    ]


def test_a_place_without_a_point_leaves_the_sum_incomplete() -> None:
    result = drive(stop(LOST, show(8, 19)), stop(TOWN, show(9, 19)))
    assert [(day.km, day.overnight) for day in result.days] == [(0, "Bản Giềng"), (14, "")]
    assert not result.is_complete
    assert [violation.code for violation in result.violations] == ["no-point"]


def test_a_last_place_without_a_point_has_no_known_way_home() -> None:
    (day,) = drive(stop(LOST, show(8, 19))).days
    assert (day.way_back, day.returns_at, day.overnight) == (None, None, "")


def test_a_depot_without_a_point_is_named() -> None:
    result = drive(stop(TOWN, show(8, 19)), depot=LOST)
    assert [(violation.stop, violation.code) for violation in result.violations] == [("", "no-point")]


def test_an_empty_tour_is_nothing() -> None:
    result = drive(depot=LOST)
    assert (result.days, result.km, result.violations, result.is_complete) == ((), 0, (), True)
