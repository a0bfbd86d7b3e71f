"""Venues by the names that calendars write in LOCATION."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from core.text import fold
from venues.models import Venue

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PLACES: Final = 5
_PARTS: Final = re.compile(r"\s*[;\n]\s*")


class VenueNames:
    """All venues in use, by folded name: marks, case and spaces play no part; one query."""

    def __init__(self) -> None:
        self._found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        rows = Venue.objects.filter(is_active=True).order_by("id").values_list("name", "id", "area_id")
        for name, key, area in rows:
            self._found[fold(name)].append((key, area))

    def find(self, location: str, *, area_id: int) -> tuple[int, ...]:
        """The venues a location names, several parted by semicolons; empty unless all of them are known for sure.

        A name that several venues bear means the one of the area; without one there it is not known.
        """
        parts = [part for part in _PARTS.split(location) if part]
        if not 0 < len(parts) <= MOST_PLACES:
            return ()
        keys = [self._one(part, area_id) for part in parts]
        return tuple(dict.fromkeys(key for key in keys if key is not None)) if None not in keys else ()

    def _one(self, text: str, area_id: int) -> int | None:
        for reading in _readings(text):
            found = self._found.get(fold(reading), [])
            here = [key for key, area in found if area == area_id]
            if len(found) == 1:
                return found[0][0]
            if len(here) == 1:
                return here[0]
        return None


def _readings(text: str) -> Iterator[str]:
    """The text, then without what stands after its first comma or in brackets: the rest of an address."""
    yield text
    yield text.partition(",")[0]
    yield text.partition("(")[0]
