"""The parts of an entry as cells: what is long is said briefly."""

from __future__ import annotations

import pytest

from events.outputs.documents.entry_cells import coordinating_cell
from events.programme.entries import Label
from tests.events.outputs.programmes import make_entry


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, ""),
        (2, "Đơn vị 1; Đơn vị 2"),
        (5, "Đơn vị 1; Đơn vị 2; Đơn vị 3; Đơn vị 4; Đơn vị 5"),
        (12, "Đơn vị 1; Đơn vị 2; Đơn vị 3; Đơn vị 4; và 8 đơn vị khác"),
    ],
)
def test_of_many_coordinating_units_the_first_are_named_and_the_others_counted(count: int, expected: str) -> None:
    units = tuple(Label(code=f"u{number}", name=f"Đơn vị {number}") for number in range(1, count + 1))
    assert coordinating_cell(make_entry(coordinating=units)).text == expected
