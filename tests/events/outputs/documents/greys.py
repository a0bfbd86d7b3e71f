"""The greys that a PDF or an SVG really uses, and how they stand apart (WCAG 2.1, relative luminance)."""

from __future__ import annotations

import re

import pikepdf

DARK = 0.03928
RGB = re.compile(r'(stroke|fill)="#([0-9a-f]{3})"')


def contrast(first: float, second: float) -> float:
    """Return the contrast of two greys (0 black, 1 white), 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(grey: float) -> float:
    return grey / 12.92 if grey <= DARK else ((grey + 0.055) / 1.055) ** 2.4


def grey_of(red: float, green: float, blue: float) -> float:
    """Return what a black-and-white printer makes of a colour."""
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 6)


def colours_of_pdf(pdf: pikepdf.Pdf) -> tuple[set[float], set[float]]:
    """Return the greys of all text, and those of all other marks: lines and filled shapes."""
    texts: set[float] = set()
    shapes: set[float] = set()
    for page in pdf.pages:
        _read(page, texts, shapes)
    return texts, shapes


def _read(page: pikepdf.Page, texts: set[float], shapes: set[float]) -> None:
    state = {"rg": 0.0, "RG": 0.0}
    kept: list[dict[str, float]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in {"rg", "RG"}:
            state[operator] = grey_of(*(float(each) for each in operands))
        elif operator == "q":
            kept.append(dict(state))
        elif operator == "Q":
            state = kept.pop()
        elif operator in {"Tj", "TJ"}:
            texts.add(state["rg"])
        elif operator in {"f", "F", "f*", "B", "B*"}:
            shapes.add(state["rg"])
        elif operator in {"S", "s"}:
            shapes.add(state["RG"])
        assert operator not in {"sc", "SC", "k", "K", "g", "G"}, "a colour this reader does not know"


def colours_of_svg(text: str) -> tuple[set[float], set[float]]:
    """Return the greys of strokes and of fills; what names none is black, as text is."""
    found: dict[str, set[float]] = {"stroke": {0.0}, "fill": set()}
    for kind, digits in RGB.findall(text):
        found[kind].add(grey_of(*(int(digit * 2, 16) / 255 for digit in digits)))
    return found["stroke"], found["fill"]
