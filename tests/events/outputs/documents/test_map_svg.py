"""Numbers on the small map never cover each other, and never leave it."""

from __future__ import annotations

import math
import re

from events.outputs.documents.map_svg import RADIUS, WIDTH, map_svg
from events.outputs.documents.point_map import MapOutline, MapPoint, PointMap

SQUARE = (((106.0, 21.0), (107.0, 21.0), (107.0, 22.0), (106.0, 22.0)),)
NUMBER = re.compile(r'<circle cx="([\d.]+)" cy="([-\d.]+)" r="20.0"')


def test_thirty_places_on_one_spot_at_the_edge_are_thirty_numbers_apart() -> None:
    points = tuple(MapPoint(number=n, name=f"Nơi {n}", rows=(n,), lon=106.0, lat=21.5) for n in range(1, 31))
    outlines = (MapOutline(name="Huyện", rings=SQUARE, is_own=True), MapOutline(name="Bên", rings=SQUARE, is_own=False))
    drawn = PointMap(outlines=outlines, points=points, omitted=())
    text = map_svg(drawn)
    spots = [(float(x), float(y)) for x, y in NUMBER.findall(text)]
    assert len(spots) == 30
    assert min(math.dist(a, b) for i, a in enumerate(spots) for b in spots[:i]) >= 2 * RADIUS - 0.2
    assert all(0 <= x <= WIDTH for x, _y in spots)
    assert text == map_svg(drawn)
