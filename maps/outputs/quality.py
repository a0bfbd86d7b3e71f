"""How far a point on the map can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

# Points that stand for a whole commune or district, or were read off an address: drawn with a dashed outline.
ROUGH_QUALITIES: Final = frozenset({"estimate", "district_seat", "commune_centroid", "none"})
_BEST_FIRST: Final = ("surveyed", "published", "estimate", "district_seat", "commune_centroid", "none")


def weakest(qualities: Collection[str]) -> str:
    """Return the least trusted of some values of `venues.PointQuality`, best first there.

    "none" when there are none, or one is not known.
    """
    if not qualities or not set(qualities) <= set(_BEST_FIRST):
        return "none"
    return max(qualities, key=_BEST_FIRST.index)
