"""Finding areas, places, units and resources by what people write, with the closest ones when nothing fits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.translation import gettext as _

from core.text import fold
from core.vietnamese import format_date
from events.models import LeadTime
from units.models import Unit
from venues.models import Area, DisplaySite, Resource, Venue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from events.workbook.cells import Row


C = TypeVar("C", Unit, Resource, Venue, DisplaySite, LeadTime)
Item = TypeVar("Item")


class Unknown(ValueError):  # noqa: N818 -- named for what it says of the text
    """The text names nothing, or more than one thing; the message is a sentence with the candidates."""


@dataclass(frozen=True)
class CodeIndex(Generic[C]):
    """Rows of one table by code; marks and case of the code do not matter."""

    rows: Mapping[int, C]
    by_code: Mapping[str, C]

    @classmethod
    def of(cls, rows: Iterable[C]) -> CodeIndex[C]:
        """Index the rows."""
        listed = {row.pk: row for row in rows}
        return cls(listed, {fold(row.code): row for row in listed.values()})

    def find(self, code: str) -> C:
        """The row of that code; Unknown with the closest codes, also by name."""
        found = self.by_code.get(fold(code))
        if found is None:
            raise Unknown(_("The code “%(text)s” is unknown.") % {"text": code} + self._suggest(code))
        return found

    def code(self, key: int) -> str:
        """The code of the row with that key."""
        return self.rows[key].code

    def _suggest(self, text: str) -> str:
        labels = {f"{row.code} ({row.name})": row for row in self.rows.values()}
        spellings: dict[str, str] = {}
        for label, row in labels.items():
            spellings.setdefault(fold(row.code), label)
            spellings.setdefault(fold(row.name), label)
        return did_you_mean(spellings, text)


@dataclass(frozen=True, slots=True)
class Place:
    """A venue or display site, with all areas it lies in."""

    row: Venue | DisplaySite
    area_ids: frozenset[int]

    @property
    def is_venue(self) -> bool:
        """Whether it is a venue, not a display site."""
        return isinstance(self.row, Venue)


@dataclass(frozen=True)
class Reference:
    """All reference tables in memory, for one import or export: a constant number of queries."""

    units: CodeIndex[Unit]
    resources: CodeIndex[Resource]
    venues: CodeIndex[Venue]
    sites: CodeIndex[DisplaySite]
    procedures: CodeIndex[LeadTime]
    areas: Mapping[int, Area]
    containers: Mapping[int, frozenset[int]]
    areas_by_slug: Mapping[str, Area] = field(repr=False)
    areas_by_name: Mapping[str, tuple[Area, ...]] = field(repr=False)
    places_by_name: Mapping[str, tuple[Place, ...]] = field(repr=False)

    def area(self, text: str, day: date | None) -> Area:
        """The area of that name on that day: "Huyện Cao Lộc", "Xã Gia Cát, Huyện Cao Lộc", or its address (slug).

        Without a day (it could not be read) the first area of that name, whenever it was valid.
        """
        if text in self.areas_by_slug:
            return self.areas_by_slug[text]
        name, _comma, parent = (part.strip() for part in text.partition(","))
        named = self.areas_by_name.get(fold(name), ())
        if parent:
            named = tuple(area for area in named if fold(parent) == fold(self._parent_name(area)))
        valid = [area for area in named if day is None or is_valid(area, day)]
        if len(valid) == 1 or (valid and day is None):
            return valid[0]
        if valid:
            raise Unknown(several(text, [self._full_name(area) for area in valid]))
        raise Unknown(self._unknown_area(text, day, named))

    def area_label(self, area_id: int, day: date) -> str:
        """What to write so that `area` finds exactly this one on that day."""
        area = self.areas[area_id]
        for label in (area.name, self._full_name(area)):
            try:
                if self.area(label, day).pk == area_id and (area.level != "commune" or "," in label):
                    return label
            except Unknown:
                continue
        return area.slug

    def place(self, text: str, area: Area | None) -> Place:
        """The venue or site of that exact name, then folded name, inside the area (None: anywhere); or of that code."""
        for index in (self.venues, self.sites):
            if found := index.by_code.get(fold(text)):
                return Place(found, areas_of(found, self.containers))
        named = self.places_by_name.get(fold(text), ())
        inside = [place for place in named if area is None or area.pk in place.area_ids]
        best = [place for place in inside if place.row.name == text] or inside
        if len(best) == 1:
            return best[0]
        if best:
            raise Unknown(several(text, [f"{place.row.name} ({place.row.code})" for place in best]))
        raise Unknown(self._unknown_place(text, area, is_elsewhere=bool(named)))

    def place_label(self, place: Venue | DisplaySite, area_id: int | None) -> str:
        """What to write so that `place` finds exactly this one in that area: the name, or the code."""
        area = None if area_id is None else self.areas[area_id]
        try:
            found = self.place(place.name, area) if ";" not in place.name else None
        except Unknown:
            found = None
        return place.name if found is not None and found.row == place else place.code

    def _parent_name(self, area: Area) -> str:
        return self.areas[area.parent_id].name if area.parent_id is not None else ""

    def _full_name(self, area: Area) -> str:
        return ", ".join(filter(None, (area.name, self._parent_name(area))))

    def _unknown_area(self, text: str, day: date | None, expired: tuple[Area, ...]) -> str:
        if day is None:
            return _("No area is called “%(text)s”.") % {"text": text}
        values = {"text": text, "day": format_date(day)}
        if expired:
            return _("“%(text)s” does not exist on %(day)s; use the name valid on that day.") % values
        spellings: dict[str, str] = {}
        for area in self.areas.values():
            if is_valid(area, day):
                spellings.setdefault(fold(self._full_name(area)), self._full_name(area))
                spellings.setdefault(fold(area.name), self._full_name(area))
        return _("No area is called “%(text)s” on %(day)s.") % values + did_you_mean(spellings, text)

    def _unknown_place(self, text: str, area: Area | None, *, is_elsewhere: bool) -> str:
        if area is not None and is_elsewhere:
            values = {"text": text, "area": area.name}
            return _("“%(text)s” does not lie in %(area)s; correct the area or the place.") % values
        spellings = {
            name: places[0].row.name
            for name, places in self.places_by_name.items()
            if area is None or any(area.pk in place.area_ids for place in places)
        }
        where = _("No venue or display site is called “%(text)s”.") % {"text": text}
        if area is not None:
            where = _("No venue or display site in %(area)s is called “%(text)s”.") % {"area": area.name, "text": text}
        return where + did_you_mean(spellings, text)


def load_reference() -> Reference:
    """Read the reference tables as they are now."""
    areas = {area.pk: area for area in Area.objects.prefetch_related("zones")}
    containers = {key: _containers(area, areas) for key, area in areas.items()}
    venues, sites = list(Venue.objects.all()), list(DisplaySite.objects.all())
    rows: list[Venue | DisplaySite] = [*venues, *sites]
    places = [Place(row, areas_of(row, containers)) for row in rows]
    return Reference(
        units=CodeIndex.of(Unit.objects.all()),
        resources=CodeIndex.of(Resource.objects.all()),
        venues=CodeIndex.of(venues),
        sites=CodeIndex.of(sites),
        procedures=CodeIndex.of(LeadTime.objects.all()),
        areas=areas,
        containers=containers,
        areas_by_slug={area.slug: area for area in areas.values()},
        areas_by_name=_grouped(areas.values(), lambda area: area.name),
        places_by_name=_grouped(places, lambda place: place.row.name),
    )


def find_codes(row: Row, title: str, index: CodeIndex[Any]) -> tuple[int, ...]:
    """The keys of the codes in the row's cell, in order; unknown ones are noted as problems."""
    found: dict[int, None] = {}
    for code in row.codes(title):
        try:
            found[index.find(code).pk] = None
        except Unknown as unknown:
            row.report(title, str(unknown))
    return tuple(found)


def is_valid(area: Area, day: date) -> bool:
    """Tell whether the area exists on that day."""
    return area.valid_from <= day and (area.valid_to is None or day <= area.valid_to)


def areas_of(row: Venue | DisplaySite, containers: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """All areas a place lies in, those of both editions."""
    successor = getattr(row, "successor_area_id", None)
    return containers[row.area_id] | (containers[successor] if successor is not None else frozenset())


def several(text: str, candidates: list[str]) -> str:
    """The sentence that a text means more than one thing."""
    return _("“%(text)s” means more than one: %(candidates)s. Write the code or the full name.") % {
        "text": text,
        "candidates": "; ".join(sorted(candidates)),
    }


def did_you_mean(spellings: Mapping[str, str], text: str) -> str:
    """A question that names up to three close spellings, with a space in front; "" when none is close."""
    close = get_close_matches(fold(text), spellings, n=3, cutoff=0.7)
    labels = dict.fromkeys(spellings[spelling] for spelling in close)
    if not labels:
        return ""
    return " " + _("Did you mean %(candidates)s?") % {"candidates": _(" or ").join(f"«{label}»" for label in labels)}


def _containers(area: Area, areas: Mapping[int, Area]) -> frozenset[int]:
    """The area itself, what it lies in, and the zones it or those belong to."""
    found: set[int] = set()
    frontier = [area.pk]
    while frontier:
        current = areas[frontier.pop()]
        if current.pk not in found:
            found.add(current.pk)
            frontier.extend(zone.pk for zone in current.zones.all())
            frontier.extend(filter(None, [current.parent_id]))
    return frozenset(found)


def _grouped(items: Iterable[Item], name: Callable[[Item], str]) -> dict[str, tuple[Item, ...]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[fold(name(item))].append(item)
    return {key: tuple(rows) for key, rows in found.items()}
