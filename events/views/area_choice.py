"""Choosing an area: found by its slug, or listed in groups and searched without diacritics."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import matches, sort_key
from core.vietnamese import format_date
from venues.models import Area, AreaLevel

LEVEL_NAMES: Final = {
    AreaLevel.DISTRICT: gettext_lazy("Districts and city"),
    AreaLevel.ZONE: gettext_lazy("Zones"),
    AreaLevel.COMMUNE: gettext_lazy("Communes and wards"),
    AreaLevel.PROVINCE: gettext_lazy("Province"),
}
OPEN_LEVELS: Final = {AreaLevel.DISTRICT, AreaLevel.ZONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaGroup:
    """Areas of one level that ended on the same day, or exist still; `is_open` for the usual levels or a search."""

    title: str
    areas: tuple[Area, ...]
    is_open: bool


def find_area(slug: str) -> Area:
    """Return the area of that address; Http404 with a sentence when there is none."""
    area = Area.objects.filter(slug=slug).first()
    if area is None:
        raise Http404(_("There is no area “%(value)s”; see the list at /areas.json.") % {"value": slug})
    return area


def area_groups(query: str) -> list[AreaGroup]:
    """Return all areas whose names have the words of `query`: districts, zones, communes, province; present ones first.

    Past areas stay: the plans of their time do. An empty query finds all.
    """
    grouped: dict[tuple[int, bool, date | None], list[Area]] = defaultdict(list)
    order = [str(level) for level in LEVEL_NAMES]
    columns = Area.objects.only("slug", "name", "level", "valid_to")
    for area in sorted(columns, key=lambda area: sort_key(area.name)):
        if matches(query, area.name):
            grouped[order.index(area.level), area.valid_to is not None, area.valid_to].append(area)
    return [
        AreaGroup(title=_title(areas[0]), areas=tuple(areas), is_open=bool(query) or areas[0].level in OPEN_LEVELS)
        for _key, areas in sorted(grouped.items(), key=lambda item: item[0][:2])
    ]


def _title(area: Area) -> str:
    name = str(LEVEL_NAMES[AreaLevel(area.level)])
    if area.valid_to is None:
        return name
    return _("%(name)s until %(day)s") % {"name": name, "day": format_date(area.valid_to)}
