"""COLOR of RFC 7986 is a name of CSS 3, never a number: the nearest one."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# Dark enough to be told from white, and far enough apart to be told from each other.
NAMES: Final = {
    "black": "000000", "blue": "0000ff", "brown": "a52a2a", "crimson": "dc143c", "darkblue": "00008b",
    "darkcyan": "008b8b", "darkgoldenrod": "b8860b", "darkgreen": "006400", "darkmagenta": "8b008b",
    "darkolivegreen": "556b2f", "darkorange": "ff8c00", "darkred": "8b0000", "darkslateblue": "483d8b",
    "darkslategray": "2f4f4f", "dimgray": "696969", "forestgreen": "228b22", "gray": "808080", "indigo": "4b0082",
    "mediumvioletred": "c71585", "midnightblue": "191970", "navy": "000080", "olive": "808000", "orangered": "ff4500",
    "purple": "800080", "rebeccapurple": "663399", "red": "ff0000", "royalblue": "4169e1", "saddlebrown": "8b4513",
    "seagreen": "2e8b57", "sienna": "a0522d", "slategray": "708090", "steelblue": "4682b4", "teal": "008080",
}  # fmt: skip


@lru_cache(maxsize=64)
def css_name(colour: str) -> str:
    """Return the name of NAMES nearest to "#rrggbb"."""
    wanted = _channels(colour.removeprefix("#"))
    return min(NAMES, key=lambda name: sum((a - b) ** 2 for a, b in zip(_channels(NAMES[name]), wanted, strict=True)))


def _channels(digits: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(digits))
