"""Every named place of the database as plain values: areas of both editions, venues, display sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from core.geometry import Point
from venues.models import Area, AreaLevel, DisplaySite, PointQuality, Venue

SEPARATOR: Final = "; "


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryEntry:
    """A place with its old and its new parent, since names repeat and areas changed in 2025.

    `kind` is an area level, "venue" or "display_site"; `slug` is "" for places that have no address of their own.
    A point that is not the place's own is that of its district's seat, and `quality` says so.
    """

    kind: str
    code: str
    name: str
    slug: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str = ""
    parent_new: str = ""
    point: Point | None = None
    quality: str = PointQuality.NONE.value


class _Family(NamedTuple):
    """The links between areas, by key; loaded once."""

    areas: dict[int, Area]
    successors: dict[int, list[int]]
    predecessors: dict[int, list[int]]
    zones: dict[int, list[int]]

    def heirs(self, key: int, *, passed: frozenset[int] = frozenset()) -> list[int]:
        """Return the areas that took this one over in the end; empty for one that still exists.

        Areas already `passed` are not followed again, so that a circle made by mistake ends.
        """
        found: list[int] = []
        for heir in self.successors.get(key, []):
            if heir not in passed:
                found += self.heirs(heir, passed=passed | {key}) or [heir]
        return found

    def names(self, keys: Iterable[int | None]) -> str:
        """Return the names of these areas, each once, in order."""
        return SEPARATOR.join(dict.fromkeys(self.areas[key].name for key in keys if key is not None))


def load_directory() -> list[DirectoryEntry]:
    """Return all named places in use; five queries however many there are."""
    family = _load_family()
    entries = [_area_entry(area, family) for area in family.areas.values()]
    entries += [_venue_entry(venue, family) for venue in Venue.objects.filter(is_active=True)]
    entries += [_site_entry(site, family) for site in DisplaySite.objects.filter(is_active=True)]
    return entries


def _load_family() -> _Family:
    areas = {area.pk: area for area in Area.objects.defer("boundary")}
    after = Area.successors.through._default_manager.values_list("from_area_id", "to_area_id")
    members = Area.members.through._default_manager.values_list("to_area_id", "from_area_id")
    links: Sequence[tuple[int, int]] = list(after.order_by("id"))
    return _Family(
        areas=areas,
        successors=_grouped(links),
        predecessors=_grouped((new, old) for old, new in links),
        zones=_grouped(members.order_by("id")),
    )


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, other in pairs:
        found[key].append(other)
    return found


def _area_entry(area: Area, family: _Family) -> DirectoryEntry:
    heirs = family.heirs(area.pk)
    old: list[int | None] = [area.parent_id]
    new: Sequence[int | None] = heirs
    if not heirs and area.pk in family.predecessors:
        old, new = _old_parents(area, family), family.zones.get(area.pk) or [area.parent_id]
    point, quality = _point_of(area, [family.areas[key] for key in (*old, area.parent_id) if key is not None])
    return DirectoryEntry(
        kind=area.level,
        code=area.code,
        name=area.name,
        slug=area.slug,
        valid_from=area.valid_from,
        valid_to=area.valid_to,
        parent=family.names(old),
        parent_new=family.names(new),
        point=point,
        quality=quality,
    )


def _old_parents(area: Area, family: _Family) -> list[int | None]:
    """Return the districts that a commune of today lay in; for a zone, the district it continues."""
    before = family.predecessors[area.pk]
    return [family.areas[key].parent_id for key in before] if area.level == AreaLevel.COMMUNE else [*before]


def _venue_entry(venue: Venue, family: _Family) -> DirectoryEntry:
    area = family.areas[venue.area_id]
    since = [venue.successor_area_id] if venue.successor_area_id else family.heirs(area.pk)
    return _place_entry(venue, family, since)


def _site_entry(site: DisplaySite, family: _Family) -> DirectoryEntry:
    return _place_entry(site, family, family.heirs(site.area_id))


def _place_entry(place: Venue | DisplaySite, family: _Family, since: Sequence[int]) -> DirectoryEntry:
    area = family.areas[place.area_id]
    district = family.areas.get(area.parent_id or 0)
    shown = [area, district] if district is not None and district.level == AreaLevel.DISTRICT else [area]
    point, quality = _point_of(place, shown)
    return DirectoryEntry(
        kind="venue" if isinstance(place, Venue) else "display_site",
        code=place.code,
        name=place.name,
        parent=", ".join(each.name for each in shown),
        parent_new=family.names(since),
        point=point,
        quality=quality,
    )


def _point_of(place: Area | Venue | DisplaySite, seats: Sequence[Area]) -> tuple[Point | None, str]:
    """Return the place's own point, else the seat of the first of these areas that has one."""
    if place.lon is not None and place.lat is not None:
        return Point(place.lon, place.lat), place.point_quality
    for seat in seats:
        if seat.lon is not None and seat.lat is not None:
            return Point(seat.lon, seat.lat), PointQuality.DISTRICT_SEAT.value
    return None, PointQuality.NONE.value
