"""The offline basemap: areas of the edition of a day, main roads and towns, from the shipped reference files."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

REFERENCE: Final = Path(__file__).resolve().parent.parent / "venues" / "reference"
NEW_AREAS_FROM: Final = date(2025, 7, 1)  # Resolution 1672/NQ-UBTVQH15: 65 communes, no districts
EDITIONS: Final = {"2023": "districts_derived.geojson", "2025": "communes_2025_derived.geojson"}
_PREFIXES: Final = ("Thành phố ", "Huyện ", "Phường ", "Xã ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """One edition as JSON bytes; `tag` changes when they do."""

    body: bytes
    tag: str


def edition_on(day: date) -> str:
    """Return which edition's areas exist on a day."""
    return "2025" if day >= NEW_AREAS_FROM else "2023"


@cache
def load_basemap(edition: str) -> Basemap:
    """Return the basemap of an edition, a key of EDITIONS: three GeoJSON collections in one object."""
    parts = {"areas": _areas(EDITIONS[edition]), "roads": _roads(), "towns": _towns()}
    body = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    return Basemap(body=body, tag=f"{edition}-{hashlib.sha256(body).hexdigest()[:12]}")


def _read(name: str) -> list[dict[str, Any]]:
    loaded = json.loads((REFERENCE / name).read_text(encoding="utf-8"))
    return list(loaded["features"])


def _areas(name: str) -> dict[str, Any]:
    return _collection(
        _feature(each["geometry"], name=each["properties"]["name"], label=_short(each["properties"]["name"]))
        for each in _read(name)
    )


def _roads() -> dict[str, Any]:
    return _collection(
        _feature(each["geometry"], name=each["properties"]["name"], kind=each["properties"]["kind"])
        for each in _read("roads_sketch.geojson")
    )


def _towns() -> dict[str, Any]:
    with (REFERENCE / "road_nodes.csv").open(encoding="utf-8", newline="") as file:
        return _collection(
            _feature(
                {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]},
                name=row["name"],
                is_city=row["name"].startswith("TP "),
            )
            for row in csv.DictReader(file)
        )


def _short(name: str) -> str:
    """Return the name without the word for its level, as maps write it."""
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(geometry: dict[str, Any], **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
