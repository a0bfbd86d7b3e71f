"""Vietnamese text: folding for search, slugs, and the alphabetical order of names."""

from __future__ import annotations

import re
import unicodedata

_HYPHENS = re.compile(r"[-_\u2010-\u2015\u2212\s]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LONE_Y = re.compile(r"\b([hklmstv])y\b")  # kỹ/kĩ, lý/lí, bác sỹ/sĩ; "quy" and "thuy" keep their y
_SPELLINGS = (
    (re.compile(r"\bqui\b"), "quy"),
    (re.compile(r"\b(?:bang ?[rz]o(?:n|ll?)|bandroll?e?)\b"), "bang ron"),
    (re.compile(r"\b(?:pa ?no|panneau)\b"), "pa no"),
)

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {unicodedata.normalize("NFD", letter): rank for rank, letter in enumerate(_ALPHABET, start=0x200)}
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: they make another letter
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: they only break ties


def strip_marks(text: str) -> str:
    """Return the text in lower case without Vietnamese marks, đ as d, spaces and punctuation as they were."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in flat if not unicodedata.combining(char)).replace("đ", "d")


def fold(text: str) -> str:
    """Return the form in which two spellings of the same words are equal; folding twice changes nothing.

    Folds NFC/NFD, case, marks and so tone position (hòa/hoà), đ, i/y after one consonant (kỹ/kĩ), hyphens and
    spaces, and the spellings of *băng rôn* (băng-rôn, băngzôn, băng rol, bandrole) and *pa nô* (panô, pano). *Pa nơ*,
    a small hanging panel of the south, differs from *pa nô* by its mark alone and folds to "pa no" with it: rank
    exact matches first where that matters.
    """
    folded = _HYPHENS.sub(" ", strip_marks(text)).strip()
    folded = _LONE_Y.sub(r"\1i", folded)
    for spelling, standard in _SPELLINGS:
        folded = spelling.sub(standard, folded)
    return folded


def inner_quotes(text: str) -> str:
    """Return a title to be set between « »: its own « » become “ ”, as quotes within quotes are written."""
    return text.replace("«", "“").replace("»", "”")


def slugify(text: str) -> str:
    """Return the text for a URL or a file name: "Kỳ Lừa" becomes "ky-lua" (i and y stay). May be empty."""
    return _NOT_SLUG.sub("-", strip_marks(text)).strip("-")


def matches(query: str, text: str) -> bool:
    """Tell whether every folded word of the query occurs in the folded text, in any order; an empty query matches."""
    folded = fold(text)
    return all(word in folded for word in fold(query).split())


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Return a key that sorts names as Vietnamese dictionaries and ICU "vi" do.

    Letters decide first (a ă â b c d đ e ê ... o ô ơ ... u ư ...), then tones (ngang, huyền, hỏi, ngã, sắc, nặng),
    then the text itself, so that only equal texts have equal keys. Spaces and digits come before letters.
    """
    letters: list[int] = []
    tones: list[int] = []
    for base, marks in _clusters(text):
        shape = "".join(mark for mark in marks if mark in _SHAPES)
        letters.append(_LETTER_RANK.get(base + shape, _LETTER_RANK.get(base, ord(base))))
        tones.append(max((_TONES.find(mark) + 1 for mark in marks), default=0))
    return tuple(letters), tuple(tones), text


def _clusters(text: str) -> list[tuple[str, str]]:
    """Split into base characters, each with its combining marks."""
    found: list[tuple[str, str]] = []
    for char in unicodedata.normalize("NFD", text.casefold()):
        if found and unicodedata.combining(char):
            base, marks = found[-1]
            found[-1] = (base, marks + char)
        else:
            found.append((char, ""))
    return found
