from __future__ import annotations

import pytest

from core.roman import parse_roman, to_roman


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "I"), (2, "II"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (49, "XLIX"), (90, "XC"), (99, "XCIX")],
)
def test_a_number_and_its_numeral(number: int, written: str) -> None:
    assert (to_roman(number), parse_roman(f" {written.lower()} "), parse_roman(str(number))) == (
        written,
        number,
        number,
    )


@pytest.mark.parametrize("text", ["", "0", "100", "IIII", "VX", "Ⅱ", "٢", "hai", "I I"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"I to XCIX|1 to 99"):
        parse_roman(text)
