"""What the page "Print" offers besides one document: the same for each area of an edition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from events.views.area_choice import AreaGroup, area_groups
from venues.models import AreaLevel

if TYPE_CHECKING:
    from datetime import date


def batch_groups(day: date) -> list[AreaGroup]:
    """Return the areas below the province by level and edition; the first group that holds on the day is open."""
    groups = [group for group in area_groups("") if group.areas[0].level != AreaLevel.PROVINCE]
    ends = [group.areas[0].valid_to for group in groups]
    chosen = next((number for number, end in enumerate(ends) if end is None or end >= day), 0)
    return [replace(group, is_open=number == chosen) for number, group in enumerate(groups)]
