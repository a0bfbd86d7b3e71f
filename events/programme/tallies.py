"""How much of a plan there is, by kind, theme and district: each number with the filter that lists exactly it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from events.models import ActivityKind
from events.programme.colours import KIND_COLOURS
from venues.models import Area, AreaLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from events.models import Theme
    from events.programme.entries import ProgrammeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Activities and their occurrences under one heading.

    `filters` is the part of the calendar's address that lists exactly these; it is empty where no filter does.
    `kind` and `colour` are those of a kind of activity, empty for other headings.
    """

    label: str
    filters: str
    activities: int
    occurrences: int
    kind: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTree:
    """All areas by slug, by level and in the order of the resolution, and what lies above each of them.

    `above` holds the slugs of the area itself, of its parents and of the zones it belongs to, all the way up.
    """

    areas: Mapping[str, Area]
    above: Mapping[str, frozenset[str]]


def load_area_tree() -> AreaTree:
    """Return the tree of all areas of every edition; two queries."""
    areas = list(Area.objects.order_by("level", "position", "code").only("slug", "name", "level", "parent"))
    slugs = {area.pk: area.slug for area in areas}
    direct: dict[str, set[str]] = {area.slug: set() for area in areas}
    for area in areas:
        if area.parent_id is not None:
            direct[area.slug].add(slugs[area.parent_id])
    for zone, member in Area.members.through.objects.values_list("from_area_id", "to_area_id"):
        direct[slugs[member]].add(slugs[zone])
    above = {slug: _reach(slug, direct) for slug in direct}
    return AreaTree(areas={area.slug: area for area in areas}, above=above)


def by_kind(entries: Sequence[ProgrammeEntry]) -> tuple[Tally, ...]:
    """Return a tally of each kind there is, in the letter's order."""
    found = ((kind, [entry for entry in entries if entry.kind == kind]) for kind in ActivityKind.values)
    return tuple(
        _tally(own, label=own[0].kind_label, filters={"kind": kind}, kind=kind, colour=KIND_COLOURS[kind])
        for kind, own in found
        if own
    )


def by_theme(entries: Sequence[ProgrammeEntry], themes: Iterable[Theme]) -> tuple[Tally, ...]:
    """Return a tally of each theme of the letter, also where nothing carries it; ND2 counts ND2.1 too."""
    return tuple(
        _tally(
            [entry for entry in entries if _carries(entry, theme.code)],
            label=f"{theme.code} – {theme.name}",
            filters={"theme": theme.code},
        )
        for theme in themes
    )


def by_district(entries: Sequence[ProgrammeEntry], tree: AreaTree) -> tuple[Tally, ...]:
    """Return a tally of each district something lies in, and last of what is for the whole province.

    Where an area has no district (since 2025), its zones stand in its place, and where it has none of these, itself.
    """
    homes = {entry.area.slug: _home(entry.area.slug, tree) for entry in entries}
    shown = set().union(*homes.values())
    rows = [
        _tally(
            [entry for entry in entries if slug in tree.above[entry.area.slug]],
            label=area.name,
            filters={"area": slug},
        )
        for slug, area in tree.areas.items()
        if slug in shown
    ]
    general = [entry for entry in entries if not homes[entry.area.slug]]
    if general:
        rows.append(_tally(general, label=_("Province-wide"), filters={}))
    return tuple(rows)


def _tally(
    entries: Sequence[ProgrammeEntry], *, label: str, filters: dict[str, str], kind: str = "", colour: str = ""
) -> Tally:
    return Tally(
        label=label,
        filters=urlencode(filters),
        activities=len({entry.key.uid for entry in entries}),
        occurrences=len(entries),
        kind=kind,
        colour=colour,
    )


def _carries(entry: ProgrammeEntry, code: str) -> bool:
    return any(theme.code == code or theme.code.startswith(f"{code}.") for theme in entry.themes)


def _home(slug: str, tree: AreaTree) -> frozenset[str]:
    """The districts above an area, else its zones, else itself; nothing for the province."""
    for level in (AreaLevel.DISTRICT, AreaLevel.ZONE, tree.areas[slug].level):
        found = frozenset(each for each in tree.above[slug] if tree.areas[each].level == level)
        if found and level != AreaLevel.PROVINCE:
            return found
    return frozenset()


def _reach(slug: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    frontier = {slug}
    while frontier:
        found |= frontier
        frontier = {above for each in frontier for above in direct[each]} - found
    return frozenset(found)
