"""Loads the shipped festivals, observances and days off; named in `PANO_REFERENCE_LOADERS` after the areas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from events.models import DayOff, Festival, FestivalDate, FestivalState, Observance, ObservanceKind
from venues.loading.editions import EDITION_2025
from venues.loading.tables import Row, fill_table, read_rows
from venues.models import Area

if TYPE_CHECKING:
    from venues.models import Sourced

REFERENCE: Final = Path(__file__).resolve().parent.parent / "reference"


@transaction.atomic
def load_almanac_tables(*, refresh: bool = False) -> dict[str, int]:  # noqa: ARG001 -- the registry's signature
    """Load the rows that are missing and bring the others up to what is shipped; return the rows written.

    A row that the office has edited (`is_edited`) is never touched, with `refresh` either: the office answers for it.
    """
    areas = {area.code: area for area in Area.objects.filter(valid_from=EDITION_2025).only("code", "valid_from")}
    rows = [_festival(row, position, areas) for position, row in enumerate(_shipped("festivals"), start=1)]
    written = _fill(Festival, rows, lambda festival: festival.code)
    festivals = {festival.code: festival for festival in Festival.objects.all()}
    dates = [_festival_date(row, festivals) for row in _shipped("festival_dates")]
    written += _fill(FestivalDate, dates, lambda days: (days.festival_id, days.year))
    written += _fill(Observance, [_observance(row) for row in _shipped("observances")], lambda row: row.code)
    written += _fill(DayOff, [_day_off(row) for row in _shipped("days_off")], lambda row: row.day)
    return {"lễ hội, ngày lễ và ngày nghỉ": written}


def _shipped(table: str) -> list[dict[str, str]]:
    return list(read_rows(REFERENCE / f"{table}.csv"))


def _fill(model: type[Sourced], rows: list[Row[Any]], key: Callable[[Any], Any]) -> int:
    found = {key(row): row for row in model._default_manager.all()}
    edited = {name for name, row in found.items() if row.is_edited}
    return fill_table(found=found, rows=[row for row in rows if row.key not in edited], make=model, refresh=True)[1]


def _festival(row: Mapping[str, str], position: int, areas: Mapping[str, Area]) -> Row[str]:
    values = {
        "code": row["code"],
        "name": row["name"],
        "old_place": row["old_place"],
        "is_lunar": _flag(row["is_lunar"]),
        "rule": row["rule"],
        "first_offset": int(row["first_offset"]),
        "last_offset": int(row["last_offset"]),
        "has_eve": _flag(row["has_eve"]),
        "state": FestivalState(row["state"]).value,
        "is_big": _flag(row["is_big"]),
        "position": position,
        **_origin(row),
    }
    codes = sorted(code for code in row["area_codes"].split(";") if code)
    return Row(key=row["code"], values=values, links={"areas": [areas[code] for code in codes]})


def _festival_date(row: Mapping[str, str], festivals: Mapping[str, Festival]) -> Row[tuple[int, int]]:
    festival, year = festivals[row["festival_code"]], int(row["year"])
    days = {name: date.fromisoformat(row[name]) for name in ("first_day", "last_day", "main_day")}
    return Row(key=(festival.pk, year), values={"festival": festival, "year": year, **days, **_origin(row)})


def _observance(row: Mapping[str, str]) -> Row[str]:
    values = {
        "code": row["code"],
        "name": row["name"],
        "kind": ObservanceKind(row["kind"]).value,
        "month": _number(row["month"]),
        "day": _number(row["day"]),
        "lunar": row["lunar"],
        "on_day": _day(row["on_day"]),
        "since_year": _number(row["since_year"]),
        "is_big": _flag(row["is_big"]),
        **_origin(row),
    }
    return Row(key=row["code"], values=values)


def _day_off(row: Mapping[str, str]) -> Row[date]:
    day = date.fromisoformat(row["day"])
    flags = {name: _flag(row[name]) for name in ("is_working", "is_confirmed")}
    return Row(key=day, values={"day": day, "name": row["name"], **flags, **_origin(row)})


def _origin(row: Mapping[str, str]) -> dict[str, Any]:
    return {"source": row["source"], "checked_on": _day(row["checked_on"]), "note": row["note"]}


def _number(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _flag(text: str) -> bool:
    return text == "1"
