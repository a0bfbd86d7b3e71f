"""What the keys of activities stand for, read anew for each load: a renamed venue shows at once.

Two queries written by hand once: of a dozen small ones, putting them together would cost more than asking them.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model

from events.listing import ListKeys
from events.models import Audience, Campaign, Theme
from events.programme.entries import AreaLabel, EntryPlace, EntryResource, Label
from events.programme.key_list import UNPACKED, packed
from units.models import Unit
from venues.models import Area, DisplaySite, Resource, Venue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Keys = Collection[int]
L = TypeVar("L", Label, EntryResource)
# What has a code and a name, in the order of the query's parts, and what else is told of it.
TABLES: Final[tuple[tuple[type[Model], str, str], ...]] = (
    (Area, "slug", "level"),
    (Unit, "office_phone", ""),
    (Campaign, "", ""),
    (Theme, "", ""),
    (Audience, "", ""),
    (Resource, "kind", ""),
)
PLACE_TABLES: Final[dict[str, type[Model]]] = {"v": Venue, "s": DisplaySite}
Rows = dict[int, tuple[Any, ...]]  # by key, without it


class Lists(NamedTuple):
    """The lists of an activity, or of one occurrence, in the order they are shown."""

    places: tuple[EntryPlace, ...]
    resources: tuple[EntryResource, ...]
    coordinating: tuple[Label, ...]
    themes: tuple[Label, ...]
    audiences: tuple[Label, ...]


class Labels(NamedTuple):
    """Areas, units with their offices, and campaigns by key; lists by the text of `list_keys` that names their keys."""

    areas: dict[int, AreaLabel]
    units: dict[int, Label]
    offices: dict[int, str]
    campaigns: dict[int, Label]
    lists: dict[str, Lists]


def load_labels(*, areas: Keys, units: Keys, campaigns: Keys, texts: Collection[str]) -> Labels:
    """Read what the keys stand for, in two queries at most.

    A key without a row (a theme that was taken off its campaign) is left out of its list.
    """
    keys = {text: ListKeys.parse(text) for text in texts}
    wanted = keys.values()
    coordinating, resources, themes, audiences = (
        _named(wanted, name) for name in ("coordinating", "resources", "themes", "audiences")
    )
    found = _named_rows((areas, coordinating | set(units), campaigns, themes, audiences, resources))
    all_units = _labels(found[1])
    return Labels(
        areas={
            key: AreaLabel(code=code, slug=slug, name=name, level=level)
            for key, (code, name, slug, level) in found[0].items()
        },
        units=all_units,
        offices={key: _office(name, phone) for key, (_code, name, phone, _most) in found[1].items()},
        campaigns=_labels(found[2]),
        lists=_lists(keys, (all_units, _labels(found[3]), _labels(found[4])), _resources(found[5])),
    )


def _lists(
    keys: Mapping[str, ListKeys],
    labels: tuple[Mapping[int, Label], Mapping[int, Label], Mapping[int, Label]],
    resources: Mapping[int, EntryResource],
) -> dict[str, Lists]:
    places = _places({place for each in keys.values() for place in each.places})
    units, themes, audiences = labels
    return {
        text: Lists(
            places=tuple([places[key] for key in each.places if key in places]),
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


def _by_code(keys: Sequence[int], found: Mapping[int, L]) -> tuple[L, ...]:
    if not keys:
        return ()
    labels = [found[key] for key in keys if key in found]
    return tuple(labels if len(labels) <= 1 else sorted(labels, key=lambda label: label.code))


def _office(name: str, phone: str) -> str:
    return f"{name}, {phone}" if phone else ""


def _labels(rows: Rows) -> dict[int, Label]:
    return {key: Label(code=code, name=name) for key, (code, name, _more, _most) in rows.items()}


def _resources(rows: Rows) -> dict[int, EntryResource]:
    return {key: EntryResource(code=code, kind=kind, name=name) for key, (code, name, kind, _most) in rows.items()}


def _places(named: Collection[tuple[str, int]]) -> dict[tuple[str, int], EntryPlace]:
    keys = [[key for kind, key in named if kind == letter] for letter in PLACE_TABLES]
    rows = _ask(_places_sql(connection.vendor), keys)
    letters = tuple(PLACE_TABLES)
    return {
        (letters[number], key): EntryPlace(code=code, name=name, lon=lon, lat=lat, quality=quality, area_name=area)
        for number, key, code, name, lon, lat, quality, area in rows
    }


def _named_rows(keys: Sequence[Keys]) -> list[Rows]:
    """What is found of each of TABLES: code, name and what else is told, by key."""
    found: list[Rows] = [{} for _table in TABLES]
    for number, key, *values in _ask(_names_sql(connection.vendor), keys):
        found[number][key] = tuple(values)
    return found


def _ask(sql: str, keys: Sequence[Keys]) -> Sequence[tuple[Any, ...]]:
    """The rows of these keys, a text of them for each part; no query for no key."""
    if not any(keys):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(sql, [packed(each) for each in keys])
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return rows


@lru_cache(maxsize=2)
def _names_sql(vendor: str) -> str:
    quote = connection.ops.quote_name
    parts = []
    for number, (model, *more) in enumerate(TABLES):
        columns = ", ".join([*map(quote, ("id", "code", "name")), *(quote(name) if name else "''" for name in more)])
        table = quote(model._meta.db_table)
        parts.append(f"SELECT {number}, {columns} FROM {table} WHERE id IN {UNPACKED[vendor]}")  # noqa: S608 -- our own names
    return " UNION ALL ".join(parts)


@lru_cache(maxsize=2)
def _places_sql(vendor: str) -> str:
    quote = connection.ops.quote_name
    area = quote(Area._meta.db_table)
    return " UNION ALL ".join(
        f"SELECT {number}, p.id, p.code, p.name, p.lon, p.lat, p.point_quality, a.name FROM {quote(table)} p "  # noqa: S608 -- our own names
        f"LEFT JOIN {area} a ON a.id = p.area_id WHERE p.id IN {UNPACKED[vendor]}"
        for number, table in enumerate(model._meta.db_table for model in PLACE_TABLES.values())
    )
