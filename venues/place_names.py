"""How people write names of places, and how well what they typed fits a name."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Final

from core.text import fold

# An abbreviation may mean more than one thing (domain: "TT" is thị trấn and trung tâm).
ABBREVIATIONS: Final = {
    "tp": ("thành phố",),
    "tt": ("thị trấn", "trung tâm"),
    "tx": ("thị xã",),
    "h": ("huyện",),
    "x": ("xã",),
    "p": ("phường",),
    "kv": ("khu vực",),
    "ck": ("cửa khẩu",),
    "nvh": ("nhà văn hóa",),
    "ttvh": ("trung tâm văn hóa",),
}
TYPE_WORDS: Final = ("tỉnh", "thành phố", "huyện", "thị trấn", "thị xã", "phường", "xã", "khu vực")
_TYPE_PREFIX: Final = re.compile(rf"(?:{'|'.join(map(fold, TYPE_WORDS))}) ")
_ABBREVIATION: Final = re.compile(rf"\b({'|'.join(ABBREVIATIONS)})(?:\.\s*|\s+|$)", re.IGNORECASE)
_ATTACHED: Final = re.compile(r"[,;/()«»\"]+")
EQUAL, PREFIX, PHRASE, WORDS = range(4)


def readings(query: str) -> tuple[str, ...]:
    """Return what the query may stand for, abbreviations written out; the query as typed is always one of them."""
    text = " ".join(_ATTACHED.sub(" ", query).split())
    parts = _ABBREVIATION.split(text)
    choices = [
        tuple(f"{word} " for word in (*ABBREVIATIONS[part.lower()], part)) if position % 2 else (part,)
        for position, part in enumerate(parts)
    ]
    found = (" ".join("".join(choice).split()) for choice in product(*choices))
    return tuple(dict.fromkeys(each for each in (text, *found) if each))


def fit(query: str, name: str) -> tuple[bool, int] | None:
    """Tell how well a name answers a query; smaller sorts first, None is no answer.

    First come names that hold the query with its marks, then within each: the whole name (with or without its "xã",
    "huyện" …), its beginning, the query inside it, all words of the query anywhere at the beginning of words.
    """
    wanted, folded = fold(query), fold(name)
    bare = _TYPE_PREFIX.sub("", folded, count=1)
    if not wanted:
        return None
    if wanted in (folded, bare):
        rank = EQUAL
    elif folded.startswith(wanted) or bare.startswith(wanted):
        rank = PREFIX
    elif f" {wanted}" in folded:
        rank = PHRASE
    elif all(f" {word}" in f" {folded}" for word in wanted.split()):
        rank = WORDS
    else:
        return None
    return _marked(query) not in _marked(name), rank


def best_fit(query: str, name: str) -> tuple[bool, int] | None:
    """Return the best fit of any reading of the query."""
    fits = [found for reading in readings(query) if (found := fit(reading, name))]
    return min(fits, default=None)


def _marked(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
