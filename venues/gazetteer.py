"""An offline geocoder over the product's own places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypedDict

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point as GeoPoint

from core.geometry import Point, haversine_km
from venues.directory import DirectoryEntry, load_directory
from venues.place_names import best_fit, readings

MOST_HITS: Final = 20
KIND_ORDER: Final = {
    kind: rank for rank, kind in enumerate(("province", "district", "zone", "commune", "venue", "display_site"))
}
NEARBY_KINDS: Final = frozenset({"commune", "venue"})


class RawPlace(TypedDict, total=False):
    """What `Location.raw` holds; dates as YYYY-MM-DD, None where there is no end."""

    kind: str
    code: str
    slug: str
    valid_from: str | None
    valid_to: str | None
    parent: str
    parent_new: str
    quality: str
    distance_km: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that answers a query."""

    entry: DirectoryEntry
    rank: tuple[Any, ...]


class Gazetteer(Geocoder):
    """Finds areas of both editions, venues and display sites by name, with or without marks; asks no network."""

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | object = DEFAULT_SENTINEL,  # noqa: ARG002 -- geopy's signature; nothing to wait for
        limit: int | None = None,
    ) -> Any:  # noqa: ANN401 -- a Location, a list of them or None; geopy has no types
        """Return the best place, or with `exactly_one=False` up to `limit` places, best first; None for no answer.

        A place without any point cannot be a Location and is left out.
        """
        placed = [hit for hit in find_places(query) if hit.point is not None]
        found = [_location(entry) for entry in placed[: 1 if exactly_one else limit or MOST_HITS]]
        return _answer(found, exactly_one=exactly_one)

    def reverse(
        self,
        query: GeoPoint | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: float | object = DEFAULT_SENTINEL,  # noqa: ARG002 -- geopy's signature; nothing to wait for
        limit: int | None = None,
    ) -> Any:  # noqa: ANN401 -- as above
        """Return the nearest known points (venues and centres of communes) with `distance_km` in `raw`.

        The nearest centre is not the commune a point lies in: no boundary is claimed. `query` is a geopy point,
        "lat, lon" or (lat, lon); ValueError when it is none.
        """
        wanted = GeoPoint(query)
        here = Point(wanted.longitude, wanted.latitude)
        near = sorted(
            (
                (haversine_km(here, entry.point), entry.name, entry.code, entry)
                for entry in _nearby_entries()
                if entry.point
            ),
            key=lambda found: found[:3],
        )
        found = [_location(entry, km) for km, _, _, entry in near[: 1 if exactly_one else limit or MOST_HITS]]
        return _answer(found, exactly_one=exactly_one)


def find_places(query: str, *, limit: int | None = None) -> list[DirectoryEntry]:
    """Return the places whose name answers the query, best first: names with the very marks typed, then whole names,
    beginnings, words; among equals what exists today, then the larger area, then the name.
    """
    if not readings(query):
        return []
    hits = [
        Hit(entry, (*found, entry.valid_to is not None, KIND_ORDER[entry.kind], entry.name, entry.code))
        for entry in load_directory()
        if (found := best_fit(query, entry.name)) is not None
    ]
    return [hit.entry for hit in sorted(hits, key=lambda hit: hit.rank)[:limit]]


def raw_place(entry: DirectoryEntry) -> RawPlace:
    """Return the entry as `Location.raw` and the search's JSON carry it."""
    return {
        "kind": entry.kind,
        "code": entry.code,
        "slug": entry.slug,
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "parent": entry.parent,
        "parent_new": entry.parent_new,
        "quality": entry.quality,
    }


def _nearby_entries() -> list[DirectoryEntry]:
    return [entry for entry in load_directory() if entry.kind in NEARBY_KINDS and entry.quality != "district_seat"]


def _location(entry: DirectoryEntry, distance_km: float | None = None) -> Location:
    raw = raw_place(entry)
    if distance_km is not None:
        raw["distance_km"] = round(distance_km, 3)
    if entry.point is None:
        raise ValueError(f"{entry.name} has no point.")
    return Location(entry.name, (entry.point.lat, entry.point.lon), raw)


def _answer(found: list[Location], *, exactly_one: bool) -> Any:  # noqa: ANN401 -- as above
    if not found:
        return None
    return found[0] if exactly_one else found
