"""What the keys of activities stand for, each table read once a load: a renamed venue shows at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from events.listing import ListKeys
from events.models import Audience, Campaign, Theme
from events.programme.entries import AreaLabel, EntryPlace, EntryResource, Label
from units.models import Unit
from venues.models import Area, DisplaySite, Resource, Venue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model

Keys = Collection[int]
L = TypeVar("L", Label, EntryResource)
MANY = 500  # more keys than this: the whole table is read
PLACE_COLUMNS = ("code", "name", "lon", "lat", "point_quality", "area__name")


class Lists(NamedTuple):
    """The lists of an activity, or of one occurrence, in the order they are shown."""

    places: tuple[EntryPlace, ...]
    resources: tuple[EntryResource, ...]
    coordinating: tuple[Label, ...]
    themes: tuple[Label, ...]
    audiences: tuple[Label, ...]


class Labels(NamedTuple):
    """Areas, units and campaigns by key, and lists by the text of `list_keys` that names their keys."""

    areas: dict[int, AreaLabel]
    units: dict[int, Label]
    campaigns: dict[int, Label]
    lists: dict[str, Lists]


def load_labels(*, areas: Keys, units: Keys, campaigns: Keys, texts: Collection[str]) -> Labels:
    """Read what the keys stand for: eight queries at most, one a table of which something is asked for.

    A key without a row (a theme that was taken off its campaign) is left out of its list.
    """
    keys = {text: ListKeys.parse(text) for text in texts}
    all_units = _labels(Unit, _named(keys.values(), "coordinating") | set(units))
    return Labels(
        areas=_areas(areas),
        units=all_units,
        campaigns=_labels(Campaign, campaigns),
        lists=_lists(keys, all_units),
    )


def _lists(keys: Mapping[str, ListKeys], units: Mapping[int, Label]) -> dict[str, Lists]:
    wanted = keys.values()
    places = _places(wanted)
    resources = _resources(_named(wanted, "resources"))
    themes = _labels(Theme, _named(wanted, "themes"))
    audiences = _labels(Audience, _named(wanted, "audiences"))
    return {
        text: Lists(
            places=tuple(places[key] for key in each.places if key in places),
            resources=_by_code(each.resources, resources),
            coordinating=_by_code(each.coordinating, units),
            themes=_by_code(each.themes, themes),
            audiences=_by_code(each.audiences, audiences),
        )
        for text, each in keys.items()
    }


def _named(wanted: Iterable[ListKeys], name: str) -> set[int]:
    """All keys of one list."""
    return {key for each in wanted for key in getattr(each, name)}


def _by_code(keys: Iterable[int], found: Mapping[int, L]) -> tuple[L, ...]:
    labels = [found[key] for key in keys if key in found]
    return tuple(labels if len(labels) <= 1 else sorted(labels, key=lambda label: label.code))


def _areas(keys: Keys) -> dict[int, AreaLabel]:
    rows = _rows(Area, keys, ("code", "slug", "name", "level"))
    return {key: AreaLabel(code=code, slug=slug, name=name, level=level) for key, code, slug, name, level in rows}


def _labels(model: type[Model], keys: Keys) -> dict[int, Label]:
    return {key: Label(code=code, name=name) for key, code, name in _rows(model, keys, ("code", "name"))}


def _resources(keys: Keys) -> dict[int, EntryResource]:
    rows = _rows(Resource, keys, ("code", "kind", "name"))
    return {key: EntryResource(code=code, kind=kind, name=name) for key, code, kind, name in rows}


def _places(wanted: Iterable[ListKeys]) -> dict[tuple[str, int], EntryPlace]:
    named = {place for each in wanted for place in each.places}
    found = {}
    for letter, model in (("v", Venue), ("s", DisplaySite)):
        keys = {key for kind, key in named if kind == letter}
        for key, code, name, lon, lat, quality, area_name in _rows(model, keys, PLACE_COLUMNS):
            place = EntryPlace(code=code, name=name, lon=lon, lat=lat, quality=quality, area_name=area_name)
            found[letter, key] = place
    return found


def _rows(model: type[Model], keys: Keys, columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
    """Rows of a table by key; no query for no key."""
    if not keys:
        return ()
    rows = model._default_manager.order_by()
    if len(keys) <= MANY:
        rows = rows.filter(pk__in=keys)
    return rows.values_list("pk", *columns)
