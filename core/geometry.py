"""Points on the globe and the few measures that maps and routes share. Degrees are WGS 84."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
_MAX_LON, _MAX_LAT = 180, 90


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Longitude and latitude in degrees, GeoJSON's order (RFC 7946 §3.1.1).

    ValueError when off the globe or not finite.
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not abs(self.lon) <= _MAX_LON:
            raise ValueError(f"Kinh độ {self.lon} phải nằm trong khoảng từ -180 đến 180.")
        if not abs(self.lat) <= _MAX_LAT:
            raise ValueError(f"Vĩ độ {self.lat} phải nằm trong khoảng từ -90 đến 90.")


class Box(NamedTuple):
    """West, south, east, north in degrees: the order of a GeoJSON bbox (RFC 7946 §5)."""

    west: float
    south: float
    east: float
    north: float


PROVINCE_BOX = Box(west=106.094, south=21.324, east=107.363, north=22.461)  # Lạng Sơn, from its commune polygons


def haversine_km(a: Point, b: Point) -> float:
    """Return the great-circle distance in kilometres on a sphere of the mean radius (within 0.5 % of the ellipsoid)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def in_province_box(point: Point, box: Box = PROVINCE_BOX) -> bool:
    """Tell whether the point lies in the box, edges included: a first check against swapped or mistyped coordinates."""
    return box.west <= point.lon <= box.east and box.south <= point.lat <= box.north


def bounds(points: Iterable[Point]) -> Box:
    """Return the smallest box around the points; ValueError when there are none.

    Not meant to cross the 180th meridian.
    """
    placed = list(points)
    if not placed:
        raise ValueError("Cần ít nhất một điểm để tính khung bản đồ.")
    lons = [point.lon for point in placed]
    lats = [point.lat for point in placed]
    return Box(min(lons), min(lats), max(lons), max(lats))


def polyline_length_km(points: Iterable[Point]) -> float:
    """Return the length of the line through the points in order, in kilometres; 0 for fewer than two."""
    return math.fsum(haversine_km(a, b) for a, b in pairwise(points))
