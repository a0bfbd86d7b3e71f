"""The areas of both editions as rows, read from `venues/reference`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.text import slugify
from venues.loading.tables import read_rows
from venues.models import AreaLevel, PointQuality

REFERENCE: Final = Path(__file__).resolve().parent.parent / "reference"
EDITION_2023: Final = date(2020, 1, 1)  # Resolution 818/NQ-UBTVQH14, in force 01/01/2020
EDITION_2025: Final = date(2025, 7, 1)  # Resolution 1672/NQ-UBTVQH15, in force 01/07/2025
PROVINCE: Final = ("20", EDITION_2023)
# Touch the national border for more than 0.5 km.
BORDER_COMMUNES: Final = frozenset(
    {"06004", "06037", "06058", "06148", "06172", "06184", "06196", "06211", "06541", "06565", "06625"}
)
# Old districts in the order of Resolution 1672, and the two communes it lists under another one than their area says.
RESOLUTION_ORDER: Final = ("180", "181", "185", "184", "182", "188", "189", "186", "187", "183", "178")
LISTED_UNDER: Final = {"06187": "178", "06286": "184"}

Key = tuple[str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """An area as shipped; other areas by (code, valid from)."""

    code: str
    name: str
    level: AreaLevel
    slug: str
    valid_from: date
    valid_to: date | None = None
    parent: Key | None = PROVINCE
    lon: float | None = None
    lat: float | None = None
    point_quality: PointQuality = PointQuality.NONE
    boundary: Any = None
    is_border: bool = False
    position: int = 0
    members: tuple[Key, ...] = ()
    successors: tuple[Key, ...] = ()

    @property
    def key(self) -> Key:
        """What the area is known by: codes alone are used twice."""
        return self.code, self.valid_from


def read_batches() -> list[list[AreaRow]]:
    """Return all areas in batches, each referring only to batches before it."""
    communes = _communes_2025()
    old = list(read_rows(REFERENCE / "admin_units_2023.csv"))
    before = [_commune_2023(row, position) for position, row in enumerate(old) if row["level"] == "commune"]
    return [
        [_province(row) for row in old if row["level"] == "province"],
        communes,
        _zones(),
        [_district(row, position) for position, row in enumerate(old) if row["level"] == "district"],
        [row for row in before if row.valid_from != EDITION_2023],
        [row for row in before if row.valid_from == EDITION_2023],
    ]


def _province(row: dict[str, str]) -> AreaRow:
    return AreaRow(
        code=row["code"],
        name=row["name"],
        level=AreaLevel.PROVINCE,
        slug=slugify(row["name"]),
        valid_from=EDITION_2023,
        parent=None,
        **_point(row, PointQuality.DISTRICT_SEAT),
    )


def _district(row: dict[str, str], position: int) -> AreaRow:
    code = row["code"]
    return AreaRow(
        code=code,
        name=row["name"],
        level=AreaLevel.DISTRICT,
        slug=slugify(row["name"]),
        valid_from=EDITION_2023,
        valid_to=date.fromisoformat(row["valid_to"]),
        boundary=_boundaries("districts_derived.geojson").get(code),
        position=position,
        successors=((f"KV-{code}", EDITION_2025),),
        **_point(row, PointQuality.DISTRICT_SEAT),
    )


def _commune_2023(row: dict[str, str], position: int) -> AreaRow:
    return AreaRow(
        code=row["code"],
        name=row["name"],
        level=AreaLevel.COMMUNE,
        slug=f"{slugify(row['name'])}-{row['code']}",
        valid_from=_day(row["valid_from"]) or EDITION_2023,
        valid_to=_day(row["valid_to"]),
        parent=(row["parent_code"], EDITION_2023),
        position=position,
        successors=_successors(row),
        **_point(row, PointQuality.COMMUNE_CENTROID),
    )


def _successors(row: dict[str, str]) -> tuple[Key, ...]:
    """Return the communes of 2025 that took it over; where it ended earlier, the one its note names."""
    codes = row["new_codes_2025"].split()
    named = re.search(r"successor \D*\((\d{5})\)", row["note"])
    earlier = (named[1], date(2025, 1, 1)) if named else None
    return tuple((code, EDITION_2025) for code in codes) or ((earlier,) if earlier else ())


def _communes_2025() -> list[AreaRow]:
    rows = [row for row in read_rows(REFERENCE / "admin_units_2025.csv") if row["level"] != "province"]
    points = {
        row["code"]: row for row in read_rows(REFERENCE / "area_points.csv") if _day(row["valid_from"]) == EDITION_2025
    }
    rows.sort(key=lambda row: (RESOLUTION_ORDER.index(_listed_under(row)), row["code"]))
    slugs = [slugify(row["name"]) for row in rows]
    return [
        AreaRow(
            code=row["code"],
            name=row["name"],
            level=AreaLevel.COMMUNE,
            slug=slug if slugs.count(slug) == 1 else f"{slug}-{row['code']}",
            valid_from=EDITION_2025,
            boundary=_boundaries("communes_2025_derived.geojson").get(row["code"]),
            is_border=row["code"] in BORDER_COMMUNES,
            position=position,
            **_point(points.get(row["code"], row), PointQuality.COMMUNE_CENTROID),
        )
        for position, (row, slug) in enumerate(zip(rows, slugs, strict=True))
    ]


def _listed_under(row: dict[str, str]) -> str:
    return LISTED_UNDER.get(row["code"], row["main_old_district_code"])


def _zones() -> list[AreaRow]:
    return [
        AreaRow(
            code=row["zone_code"],
            name=row["zone_name"],
            level=AreaLevel.ZONE,
            slug=slugify(row["zone_name"]),
            valid_from=EDITION_2025,
            position=position,
            members=tuple((code, EDITION_2025) for code in row["member_codes"].split(";")),
        )
        for position, row in enumerate(read_rows(REFERENCE / "zones.csv"))
    ]


def _point(row: dict[str, str], quality: PointQuality) -> dict[str, Any]:
    if not row["lat"]:
        return {}
    stated = row.get("quality")
    return {
        "lat": float(row["lat"]),
        "lon": float(row["lon"]),
        "point_quality": PointQuality(stated) if stated else quality,
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _boundaries(name: str) -> dict[str, Any]:
    """Return the approximate boundaries of a file by code."""
    collection = json.loads((REFERENCE / name).read_text(encoding="utf-8"))
    return {feature["properties"]["code"]: feature["geometry"] for feature in collection["features"]}
