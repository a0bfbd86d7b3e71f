"""Roman numerals, by which appendices of a Vietnamese paper are numbered."""

from __future__ import annotations

from typing import Final

LARGEST: Final = 99
_PARTS: Final = (
    (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def to_roman(number: int) -> str:
    """Return 1 to 99 as a Roman numeral: 2 is "II"; ValueError beyond."""
    if not 1 <= number <= LARGEST:
        message = f"{number} is not from 1 to {LARGEST}"
        raise ValueError(message)
    written = ""
    for value, letters in _PARTS:
        times, number = divmod(number, value)
        written += letters * times
    return written


_NUMBERS: Final = {to_roman(number): number for number in range(1, LARGEST + 1)}


def parse_roman(text: str) -> int:
    """Return the number that "II", "ii" or "2" says; ValueError for anything but 1 to 99 in its regular form."""
    written = text.strip().upper()
    if written.isascii() and written.isdecimal() and len(written) <= len(str(LARGEST)):
        written = to_roman(int(written))
    if written not in _NUMBERS:
        message = f"{text!r} is no Roman numeral from I to {to_roman(LARGEST)}"
        raise ValueError(message)
    return _NUMBERS[written]
