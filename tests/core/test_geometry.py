import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geometry import PROVINCE_BOX, Box, Point, bounds, haversine_km, in_province_box, polyline_length_km

LANG_SON = Point(106.7610, 21.8530)
HA_NOI = Point(105.8542, 21.0285)
points = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert round(haversine_km(Point(106, 21), Point(106, 22)), 3) == 111.195


def test_lang_son_to_ha_noi() -> None:
    assert round(haversine_km(LANG_SON, HA_NOI)) == 131


def test_antipodes_are_half_the_circumference_apart() -> None:
    assert haversine_km(Point(0, 0), Point(180, 0)) == pytest.approx(math.pi * 6371.0088)


@given(points, points)
def test_distance_is_symmetric_and_bounded(a: Point, b: Point) -> None:
    assert haversine_km(a, b) == haversine_km(b, a)
    assert 0 <= haversine_km(a, b) <= math.pi * 6371.0089
    assert haversine_km(a, a) == 0


@pytest.mark.parametrize(
    ("lon", "lat", "message"),
    [
        (181, 21, "Kinh độ 181 phải nằm trong khoảng từ -180 đến 180."),
        (math.nan, 21, "Kinh độ nan phải nằm trong khoảng từ -180 đến 180."),
        (21, -106.7, "Vĩ độ -106.7 phải nằm trong khoảng từ -90 đến 90."),
    ],
)
def test_a_point_off_the_globe_is_refused(lon: float, lat: float, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        Point(lon, lat)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        (LANG_SON, True),
        (HA_NOI, False),
        (Point(PROVINCE_BOX.west, PROVINCE_BOX.north), True),
        (Point(106.7, 22.5), False),
        (Point(21.8530, 89), False),
    ],
)
def test_in_province_box(*, point: Point, inside: bool) -> None:
    assert in_province_box(point) is inside


def test_another_box() -> None:
    assert in_province_box(HA_NOI, Box(105, 20, 106, 22)) is True


def test_bounds() -> None:
    assert bounds([LANG_SON, HA_NOI]) == Box(west=105.8542, south=21.0285, east=106.7610, north=21.8530)


def test_bounds_of_nothing() -> None:
    with pytest.raises(ValueError, match="ít nhất một điểm"):
        bounds([])


def test_polyline_length_adds_its_legs() -> None:
    legs = [Point(106, 21), Point(106, 22), Point(106, 21)]
    assert polyline_length_km(legs) == pytest.approx(2 * haversine_km(legs[0], legs[1]))
    assert polyline_length_km([HA_NOI]) == 0
