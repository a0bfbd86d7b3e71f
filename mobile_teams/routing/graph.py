"""The road graph, the shortest way over it, and what to say where it does not reach."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from core.geometry import Point, haversine_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelAssumptions:
    """The figures behind every travel time, with where they come from; an installation may give its own.

    Speeds in km/h, distances in km, times in minutes. `detour_factor` turns a straight line into road kilometres
    outside the graph. `nightly_return_km` is the longest way home after a show before the crew stays overnight.
    """

    speed_kmh: float = 30.0
    detour_factor: float = 1.35
    node_radius_km: float = 1.5
    near_km: float = 15.0
    nightly_return_km: float = 60.0
    packing_minutes: int = 30
    source: str = (
        "Đường miền núi 25–35 km/giờ (kinh nghiệm lái xe của đội); ngoài đồ thị đường: đường chim bay × 1,35 "
        "(đo trên đường Lạng Sơn); về trong đêm nếu không quá 60 km; thu dọn 30 phút."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A stretch between two nodes, driven both ways; `is_sure` False where its length has no good source."""

    start: str
    end: str
    name: str
    km: float
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A way over the graph: kilometres, the nodes passed (both ends included) and the roads between them."""

    km: float
    nodes: tuple[str, ...]
    roads: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A drive from one point to another.

    `km` is by road, to 0.1; `is_estimate` when any part of it is not a sourced road length ("ước tính"). `via` are the
    nodes passed, `roads` the road names in order, `straight_km` the great circle, `minutes` whole, rounded up.
    """

    km: float
    is_estimate: bool
    via: tuple[str, ...]
    roads: tuple[str, ...]
    straight_km: float
    minutes: int


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where a point joins the graph: the nearest node and the straight kilometres to it (0 within its radius)."""

    node: str
    straight_km: float

    @property
    def is_off(self) -> bool:
        return self.straight_km > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadGraph:
    """Nodes with their points and the roads between them; make one with `RoadGraph.of`."""

    nodes: Mapping[str, Point]
    roads: Mapping[str, tuple[Road, ...]]
    _ways: dict[str, dict[str, Path]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, nodes: Mapping[str, Point], roads: Iterable[Road]) -> Self:
        """Build the graph; KeyError when a road names a node that is not there."""
        leaving: dict[str, list[Road]] = {name: [] for name in nodes}
        for road in roads:
            leaving[road.start].append(road)
            leaving[road.end].append(road)
        frozen = {name: tuple(found) for name, found in leaving.items()}
        return cls(nodes=MappingProxyType(dict(nodes)), roads=MappingProxyType(frozen))

    def shortest_path(self, start: str, end: str) -> Path | None:
        """Return the shortest way (Dijkstra), None when no road leads there; KeyError for an unknown start.

        All ways from a node are found at once and kept.
        """
        if start not in self._ways:
            self._ways[start] = dict(self._paths_from(start))
        return self._ways[start].get(end)

    def _paths_from(self, start: str) -> Iterator[tuple[str, Path]]:
        queue: list[tuple[float, tuple[str, ...], tuple[str, ...], bool]] = [(0.0, (start,), (), True)]
        done: set[str] = set()
        while queue:
            km, nodes, names, is_sure = heapq.heappop(queue)
            if nodes[-1] in done:
                continue
            done.add(nodes[-1])
            yield nodes[-1], Path(km=km, nodes=nodes, roads=names, is_sure=is_sure)
            for road in self.roads[nodes[-1]]:
                onward = road.end if road.start == nodes[-1] else road.start
                heapq.heappush(queue, (km + road.km, (*nodes, onward), (*names, road.name), is_sure and road.is_sure))

    def leg(self, start: Point, end: Point, *, assumptions: TravelAssumptions) -> Leg:
        """Return the drive between two points.

        A point within `node_radius_km` of a node is that node. Any other joins the graph at its nearest node, over
        `detour_factor` × the straight line. Two points at one node, two outside the graph that lie within `near_km`
        of each other (if shorter), and points no road joins, are driven directly, by the same factor.
        """
        straight = haversine_km(start, end)
        direct = _leg(straight * assumptions.detour_factor, straight=straight, assumptions=assumptions)
        first, last = self._anchor(start, assumptions), self._anchor(end, assumptions)
        if first is None or last is None or first.node == last.node:
            return direct
        path = self.shortest_path(first.node, last.node)
        if path is None:
            return direct
        access = (first.straight_km + last.straight_km) * assumptions.detour_factor
        over_roads = _leg(path.km + access, straight=straight, assumptions=assumptions, path=path, access=access)
        is_near = first.is_off and last.is_off and straight <= assumptions.near_km
        return min(over_roads, direct, key=lambda leg: leg.km) if is_near else over_roads

    def _anchor(self, point: Point, assumptions: TravelAssumptions) -> _Anchor | None:
        if not self.nodes:
            return None
        straight, node = min((haversine_km(point, place), name) for name, place in self.nodes.items())
        return _Anchor(node, straight if straight > assumptions.node_radius_km else 0.0)


def _leg(
    km: float, *, straight: float, assumptions: TravelAssumptions, path: Path | None = None, access: float = 0.0
) -> Leg:
    """Round and freeze; without a path the leg is a direct estimate (or no drive at all)."""
    shown = round(km, 1)
    return Leg(
        km=shown,
        is_estimate=shown > 0 and (path is None or access > 0 or not path.is_sure),
        via=path.nodes if path else (),
        roads=_without_repeats(path.roads) if path else (),
        straight_km=round(straight, 1),
        minutes=math.ceil(shown / assumptions.speed_kmh * 60),
    )


def _without_repeats(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for index, name in enumerate(names) if index == 0 or name != names[index - 1])
