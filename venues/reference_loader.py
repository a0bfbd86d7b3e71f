"""Loads the shipped areas, places and roads; named in `PANO_REFERENCE_LOADERS`."""

from __future__ import annotations

from dataclasses import fields

from django.db import transaction

from venues.loading.editions import AreaRow, Key, read_batches
from venues.loading.places import load_roads, load_sites, load_venues
from venues.loading.tables import Row, fill_table
from venues.models import Area

LINKS = ("members", "successors")


@transaction.atomic
def load_places(*, refresh: bool = False) -> dict[str, int]:
    """Load what is missing, all or nothing; return the rows written by table. A second run writes none.

    With `refresh`, rows that people changed are set back to what is shipped.
    """
    areas, written = load_areas(refresh=refresh)
    return {
        "địa bàn": written,
        "địa điểm": load_venues(areas, refresh=refresh),
        "vị trí cổ động": load_sites(areas, refresh=refresh),
        "đường": load_roads(refresh=refresh),
    }


def load_areas(*, refresh: bool) -> tuple[dict[Key, Area], int]:
    """Fill the areas of both editions and their links; return them by key and the number written."""
    found = {(area.code, area.valid_from): area for area in Area.objects.all()}
    written = 0
    for batch in read_batches():
        rows = [_row(shipped, found) for shipped in batch]
        found, more = fill_table(found=found, rows=rows, make=Area, refresh=refresh)
        written += more
    return found, written


def _row(shipped: AreaRow, found: dict[Key, Area]) -> Row[Key]:
    plain = {each.name for each in fields(shipped)} - {"parent", *LINKS}
    values = {name: getattr(shipped, name) for name in plain}
    values["parent"] = None if shipped.parent is None else found[shipped.parent]
    links = {name: [found[key] for key in getattr(shipped, name)] for name in LINKS if getattr(shipped, name)}
    return Row(key=shipped.key, values=values, links=links)
