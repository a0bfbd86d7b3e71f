"""The frozen commands that forms and spreadsheets turn into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingPlan:
    """Items of one format and wording that hang while their activity runs.

    `code` says which posting of the activity is meant. `format` is a value of
    `venues.FaceFormat`, `slogan` the wording itself (kept once a campaign), `count_unit` one of
    `visuals.rules.count_unit.COUNT_UNITS[format]`, `area_m2` the whole area of all items.
    `install_by` and `remove_by` are the last working days to hang and to take down.
    """

    code: str
    format: str
    slogan: str
    count_unit: str
    quantity: int
    unit_id: int
    width_m: Decimal | None = None
    height_m: Decimal | None = None
    sides: int = 1
    area_m2: Decimal | None = None
    site_id: int | None = None
    face_id: int | None = None
    install_by: date | None = None
    remove_by: date | None = None
    funding_source_id: int | None = None
    quantity_source: str = ""
    note: str = ""
