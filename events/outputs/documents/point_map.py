"""What a small map for paper shows: outlines of areas and numbered points."""

from __future__ import annotations

from dataclasses import dataclass

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """A place with a number of its own and the numbers of the rows that take place there; degrees are WGS 84."""

    number: int
    name: str
    rows: tuple[int, ...]
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOutline:
    """The rings of an area, each a chain of (longitude, latitude); `is_own` marks the area the paper is about."""

    name: str
    rings: tuple[Ring, ...]
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PointMap:
    """What the map shows; `omitted` are the numbers of rows without a point, said below the map."""

    outlines: tuple[MapOutline, ...]
    points: tuple[MapPoint, ...]
    omitted: tuple[int, ...] = ()
