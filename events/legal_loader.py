"""Loads the shipped legal figures, lead times and traits of kinds; named in `PANO_REFERENCE_LOADERS`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from events.models import ActivityKind, Figure, KindTrait, LeadTime
from venues.loading.tables import Row, fill_table, read_rows
from venues.models import Sourced

REFERENCE: Final = Path(__file__).resolve().parent / "reference"


@transaction.atomic
def load_legal_figures(*, refresh: bool = False) -> dict[str, int]:  # noqa: ARG001 -- the registry's signature
    """Load the rows that are missing and bring the others up to what is shipped; return the rows written.

    A row that the office has edited (`is_edited`) is never touched, with `refresh` either: the office answers for it.
    """
    written = _fill(Figure, "code", [_figure(row) for row in read_rows(REFERENCE / "figures.csv")])
    written += _fill(LeadTime, "code", [_lead_time(row) for row in read_rows(REFERENCE / "lead_times.csv")])
    written += _fill(KindTrait, "kind", [_trait(row) for row in read_rows(REFERENCE / "kind_traits.csv")])
    return {"con số pháp lý": written}


def _fill(model: type[Sourced], key: str, shipped: Sequence[dict[str, Any]]) -> int:
    found = {getattr(row, key): row for row in model._default_manager.all()}
    edited = {name for name, row in found.items() if row.is_edited}
    rows = [Row(key=values[key], values=values) for values in shipped if values[key] not in edited]
    return fill_table(found=found, rows=rows, make=model, refresh=True)[1]


def _figure(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "value": Decimal(row["value"]),
        "unit": row["unit"],
        "is_active": _flag(row["is_active"]),
        **_origin(row),
    }


def _lead_time(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "kind": ActivityKind(row["kind"]).value if row["kind"] else "",
        "days": int(row["days"]),
        "is_working_days": _flag(row["is_working_days"]),
        "warn_days": int(row["warn_days"]),
        "receiver": row["receiver"],
        "is_active": _flag(row["is_active"]),
        **_origin(row),
    }


def _trait(row: Mapping[str, str]) -> dict[str, Any]:
    flags = ("is_loud", "is_entertainment", "is_gathering", "is_big")
    return {"kind": ActivityKind(row["kind"]).value, **{name: _flag(row[name]) for name in flags}, **_origin(row)}


def _origin(row: Mapping[str, str]) -> dict[str, Any]:
    checked = row["checked_on"]
    return {
        "source": row["source"],
        "checked_on": date.fromisoformat(checked) if checked else None,
        "note": row["note"],
    }


def _flag(text: str) -> bool:
    return text == "1"
