"""The small map as SVG: outlines and numbered points, black on white with real text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from core.geometry import Box, Point, bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.outputs.documents.point_map import MapOutline, MapPoint, PointMap, Ring

WIDTH: Final = 1000.0
MARGIN: Final = 0.06  # of the height and width, around the area the paper is about
RADIUS: Final = 20.0
STEP: Final = 2.4 * RADIUS
DOT: Final = 5.0
OWN: Final = 'fill="#fff" stroke="#000" stroke-width="5"'
AROUND: Final = 'fill="#eee" stroke="#444" stroke-width="2.5"'


class MapFrame(NamedTuple):
    """The box that is drawn, and how many units a degree of latitude takes; `squeeze` is that of longitude to it."""

    box: Box
    scale: float
    squeeze: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return x and y of a point, from the upper left."""
        return (lon - self.box.west) * self.scale * self.squeeze, (self.box.north - lat) * self.scale


def map_svg(drawn: PointMap) -> str:
    """Return the map as one SVG document, a thousand units wide; equal maps give equal text.

    A number that would cover another stands on the nearest free spot, with a line to its place.
    """
    frame = _frame(drawn)
    height = (frame.box.north - frame.box.south) * frame.scale
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" '
        'font-family="Liberation Serif, Pano Serif" font-size="26" text-anchor="middle">'
        f'<clipPath id="frame"><rect width="{WIDTH:.0f}" height="{height:.0f}"/></clipPath><g clip-path="url(#frame)">'
    )
    areas = (_area(outline, frame) for outline in sorted(drawn.outlines, key=lambda each: each.is_own))
    return "".join((head, *areas, "</g>", *_points(drawn.points, frame), "</svg>"))


def _frame(drawn: PointMap) -> MapFrame:
    own = [Point(*corner) for outline in drawn.outlines if outline.is_own for ring in outline.rings for corner in ring]
    box = bounds([*own, *(Point(point.lon, point.lat) for point in drawn.points)])
    wide, high = (box.east - box.west) * MARGIN, (box.north - box.south) * MARGIN
    box = Box(box.west - wide, box.south - high, box.east + wide, box.north + high)
    squeeze = math.cos(math.radians((box.south + box.north) / 2))
    return MapFrame(box, WIDTH / ((box.east - box.west) * squeeze), squeeze)


def _area(outline: MapOutline, frame: MapFrame) -> str:
    look = OWN if outline.is_own else AROUND
    return f'<path {look} d="{"".join(_ring(ring, frame) for ring in outline.rings)}"/>'


def _ring(ring: Ring, frame: MapFrame) -> str:
    corners = (frame.place(lon, lat) for lon, lat in ring)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def _points(points: tuple[MapPoint, ...], frame: MapFrame) -> Iterator[str]:
    taken: list[tuple[float, float]] = []
    for point in points:
        x, y = frame.place(point.lon, point.lat)
        at_x, at_y = _free_spot(x, y, taken)
        taken.append((at_x, at_y))
        if (at_x, at_y) != (x, y):
            yield f'<path stroke="#000" stroke-width="2" d="M{x:.1f} {y:.1f}L{at_x:.1f} {at_y:.1f}"/>'
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}"/>'
        yield f'<circle cx="{at_x:.1f}" cy="{at_y:.1f}" r="{RADIUS}" fill="#fff" stroke="#000" stroke-width="3"/>'
        yield f'<text x="{at_x:.1f}" y="{at_y + 9:.1f}">{point.number}</text>'


def _free_spot(x: float, y: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the place itself, or the nearest spot on rings around it that no other number covers."""
    return next(spot for spot in _spots(x, y) if all(math.dist(spot, other) >= 2 * RADIUS for other in taken))


def _spots(x: float, y: float) -> Iterator[tuple[float, float]]:
    yield x, y
    ring = 0
    while True:
        ring += 1
        for turn in range(6 * ring):
            angle = 2 * math.pi * turn / (6 * ring)
            spot = x + ring * STEP * math.cos(angle), y + ring * STEP * math.sin(angle)
            if RADIUS <= spot[0] <= WIDTH - RADIUS:
                yield spot
