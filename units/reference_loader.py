"""Loads the shipped units; named in `PANO_REFERENCE_LOADERS` after the areas they work in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from units.models import Unit, UnitKind
from venues.loading.editions import EDITION_2023, EDITION_2025, PROVINCE, Key
from venues.loading.tables import Row, fill_table, read_rows
from venues.models import Area

REFERENCE: Final = Path(__file__).resolve().parent / "reference"
EDITIONS: Final = {"2023": EDITION_2023, "2025": EDITION_2025}


@transaction.atomic
def load_units(*, refresh: bool = False) -> dict[str, int]:
    """Load the units that are missing, parents first; return the rows written. A second run writes none."""
    areas = {(area.code, area.valid_from): area for area in Area.objects.defer("boundary")}
    found = {unit.code: unit for unit in Unit.objects.all()}
    shipped = list(enumerate(read_rows(REFERENCE / "units.csv")))
    written = 0
    for depth in (False, True):
        rows = [
            _row(row, position, areas=areas, found=found)
            for position, row in shipped
            if bool(row["parent_code"]) is depth
        ]
        found, more = fill_table(found=found, rows=rows, make=Unit, refresh=refresh)
        written += more
    return {"đơn vị": written}


def _row(row: dict[str, str], position: int, *, areas: dict[Key, Area], found: dict[str, Unit]) -> Row[str]:
    values = {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short_name"],
        "kind": UnitKind(row["kind"]).value,
        "parent": found[row["parent_code"]] if row["parent_code"] else None,
        "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
        "position": position,
    }
    keys = sorted({_area_key(text) for text in row["area_codes"].split(";") if text})
    return Row(key=row["code"], values=values, links={"areas": [areas[key] for key in keys]})


def _area_key(text: str) -> Key:
    """Read "180@2023"; the province is one area in both editions."""
    code, edition = text.split("@")
    return PROVINCE if code == PROVINCE[0] else (code, EDITIONS[edition])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
