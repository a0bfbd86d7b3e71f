"""The GeoJSON the layers speak (RFC 7946): positions are [lon, lat] in WGS 84 degrees."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DECIMALS = 5  # about a metre here: finer than any point we hold

Position = list[float]


class PointGeometry(TypedDict):
    """RFC 7946 §3.1.2."""

    type: Literal["Point"]
    coordinates: Position


class MultiPointGeometry(TypedDict):
    """RFC 7946 §3.1.3."""

    type: Literal["MultiPoint"]
    coordinates: list[Position]


class LineGeometry(TypedDict):
    """RFC 7946 §3.1.4: two or more positions."""

    type: Literal["LineString"]
    coordinates: list[Position]


Geometry = PointGeometry | MultiPointGeometry | LineGeometry


class Feature(TypedDict):
    """One thing on the map; `id` is its stable key."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry
    properties: Mapping[str, Any]


class Omitted(TypedDict):
    """One thing that cannot be drawn, with the reason as a sentence."""

    key: str
    title: str
    reason: str


class FeatureCollection(TypedDict):
    """A layer: what is drawn, what is not, and the revision to compare with other outputs.

    `omitted` and `revision` are foreign members (RFC 7946 §6.1).
    """

    type: Literal["FeatureCollection"]
    features: list[Feature]
    omitted: list[Omitted]
    revision: str


def position(lon: float, lat: float) -> Position:
    """Return a rounded [lon, lat]."""
    return [round(lon, DECIMALS), round(lat, DECIMALS)]


def points_geometry(points: Iterable[tuple[float, float]]) -> PointGeometry | MultiPointGeometry | None:
    """Return a Point, a MultiPoint for several different (lon, lat), or None for none."""
    positions = [position(lon, lat) for lon, lat in dict.fromkeys(points)]
    if not positions:
        return None
    if len(positions) == 1:
        return {"type": "Point", "coordinates": positions[0]}
    return {"type": "MultiPoint", "coordinates": positions}


def feature(key: str, geometry: Geometry, properties: Mapping[str, Any]) -> Feature:
    """Return one feature."""
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def omission(key: str, title: str, reason: str) -> Omitted:
    """Return one thing that is not drawn."""
    return {"key": key, "title": title, "reason": reason}


def collection(
    features: Sequence[Feature], omitted: Sequence[Omitted], *, revision: str | None = None
) -> FeatureCollection:
    """Return the layer; without a `revision` of its own it gets a hash of its content, twelve hexadecimal digits."""
    return {
        "type": "FeatureCollection",
        "features": list(features),
        "omitted": list(omitted),
        "revision": revision or _revision_of(features, omitted),
    }


def _revision_of(features: Sequence[Feature], omitted: Sequence[Omitted]) -> str:
    text = json.dumps([list(features), list(omitted)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
