"""The road graph: shortest ways, legs, and honest estimates where no road is known."""

from __future__ import annotations

import pytest

from core.geometry import Point, haversine_km
from mobile_teams.routing.graph import Path, Road, RoadGraph, TravelAssumptions

CITY = Point(106.76101, 21.85264)
DONG_DANG = Point(106.698019, 21.950913)
NA_SAM = Point(106.6151, 22.05639)
VAN_QUAN = Point(106.53925, 21.86516)
GRAPH = RoadGraph.of(
    {"TP Lạng Sơn": CITY, "Đồng Đăng": DONG_DANG, "Na Sầm": NA_SAM, "Văn Quan": VAN_QUAN},
    [
        Road(start="TP Lạng Sơn", end="Đồng Đăng", name="QL1A", km=14),
        Road(start="Đồng Đăng", end="Na Sầm", name="QL4A", km=16),
        Road(start="Đồng Đăng", end="Văn Quan", name="QL1B", km=29),
        Road(start="TP Lạng Sơn", end="Na Sầm", name="đường vòng", km=45, is_sure=False),
    ],
)
ROUGH = TravelAssumptions()


def moved(point: Point, lon: float, lat: float = 0.0) -> Point:
    return Point(point.lon + lon, point.lat + lat)


def test_the_shortest_way_beats_the_direct_road() -> None:
    assert GRAPH.shortest_path("TP Lạng Sơn", "Na Sầm") == Path(
        km=30, nodes=("TP Lạng Sơn", "Đồng Đăng", "Na Sầm"), roads=("QL1A", "QL4A"), is_sure=True
    )


def test_roads_are_driven_both_ways() -> None:
    back = GRAPH.shortest_path("Na Sầm", "TP Lạng Sơn")
    assert back is not None
    assert (back.km, back.nodes) == (30, ("Na Sầm", "Đồng Đăng", "TP Lạng Sơn"))


def test_the_way_to_itself_is_nothing() -> None:
    assert GRAPH.shortest_path("Na Sầm", "Na Sầm") == Path(km=0, nodes=("Na Sầm",), roads=(), is_sure=True)


def test_where_no_road_leads_there_is_no_path() -> None:
    island = RoadGraph.of({"A": CITY, "B": NA_SAM}, [])
    assert island.shortest_path("A", "B") is None
    assert island.leg(CITY, NA_SAM, assumptions=ROUGH).km == round(haversine_km(CITY, NA_SAM) * 1.35, 1)


def test_an_empty_graph_still_gives_an_estimate() -> None:
    leg = RoadGraph.of({}, []).leg(CITY, NA_SAM, assumptions=ROUGH)
    assert (leg.is_estimate, leg.via) == (True, ())


def test_an_unknown_node_is_an_error() -> None:
    with pytest.raises(KeyError):
        RoadGraph.of({"A": CITY}, [Road(start="A", end="B", name="QL1A", km=1)])


def test_a_point_near_a_node_is_that_node() -> None:
    leg = GRAPH.leg(moved(CITY, 0.01), VAN_QUAN, assumptions=ROUGH)
    assert (leg.km, leg.is_estimate, leg.via, leg.roads, leg.minutes) == (
        43, False, ("TP Lạng Sơn", "Đồng Đăng", "Văn Quan"), ("QL1A", "QL1B"), 86,
    )  # fmt: skip


def test_a_point_off_the_graph_adds_an_estimated_access() -> None:
    village = moved(VAN_QUAN, -0.05)
    leg = GRAPH.leg(village, CITY, assumptions=ROUGH)
    assert (leg.km, leg.is_estimate) == (round(43 + haversine_km(village, VAN_QUAN) * 1.35, 1), True)
    assert leg.straight_km == round(haversine_km(village, CITY), 1)


def test_two_points_at_one_node_are_driven_directly() -> None:
    start, end = moved(CITY, 0.005), moved(CITY, -0.005)
    leg = GRAPH.leg(start, end, assumptions=ROUGH)
    assert (leg.km, leg.is_estimate) == (round(haversine_km(start, end) * 1.35, 1), True)


def test_no_drive_is_no_estimate() -> None:
    leg = GRAPH.leg(CITY, CITY, assumptions=ROUGH)
    assert (leg.km, leg.minutes, leg.is_estimate) == (0, 0, False)


def test_two_villages_between_two_towns_take_the_direct_way() -> None:
    near_city, near_gate = moved(CITY, -0.03, 0.04), moved(DONG_DANG, 0.03, -0.04)
    leg = GRAPH.leg(near_city, near_gate, assumptions=ROUGH)
    assert (leg.km, leg.via) == (round(haversine_km(near_city, near_gate) * 1.35, 1), ())


def test_villages_far_apart_keep_to_the_roads() -> None:
    leg = GRAPH.leg(moved(VAN_QUAN, -0.04), moved(NA_SAM, 0.04), assumptions=ROUGH)
    assert leg.via == ("Văn Quan", "Đồng Đăng", "Na Sầm")


def test_a_road_without_a_good_source_is_marked() -> None:
    graph = RoadGraph.of(
        {"A": CITY, "B": NA_SAM, "C": VAN_QUAN},
        [
            Road(start="A", end="B", name="QL1A", km=30, is_sure=False),
            Road(start="B", end="C", name="QL1A", km=30),
        ],
    )
    leg = graph.leg(CITY, VAN_QUAN, assumptions=ROUGH)
    assert (leg.is_estimate, leg.roads) == (True, ("QL1A",))


def test_speed_is_a_parameter() -> None:
    assert GRAPH.leg(CITY, DONG_DANG, assumptions=TravelAssumptions(speed_kmh=40)).minutes == 21
