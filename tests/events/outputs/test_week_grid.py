from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.outputs.week_grid import PartOfDay, WeekGrid, build_week_grid, monday_of, part_of
from events.programme.entries import Programme, ProgrammeEntry
from tests.events.outputs.programmes import at, make_days, make_entry

MONDAY = date(2023, 8, 7)


def grid_of(*entries: ProgrammeEntry) -> WeekGrid:
    return build_week_grid(Programme.of(entries), monday=MONDAY)


def lanes_of(grid: WeekGrid) -> list[list[tuple[str, int]]]:
    return [[(bar.entry.key.uid if bar.entry else "", bar.length) for bar in lane] for lane in grid.lanes]


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (7, PartOfDay.MORNING),
        (11, PartOfDay.MORNING),
        (12, PartOfDay.AFTERNOON),
        (18, PartOfDay.EVENING),
        (23, PartOfDay.EVENING),
    ],
)
def test_an_entry_stands_in_the_part_of_the_day_in_which_it_begins(hour: int, part: PartOfDay) -> None:
    assert part_of(make_entry(at(hour=hour))) is part


def test_the_week_of_any_day_begins_on_monday() -> None:
    assert [monday_of(date(2023, 8, day)) for day in (7, 8, 13, 14)] == [MONDAY, MONDAY, MONDAY, date(2023, 8, 14)]


def test_timed_entries_stand_in_rows_by_day() -> None:
    grid = grid_of(make_entry(at(7, hour=7), uid="radio"), make_entry(at(9, hour=20), uid="show"))
    cells = {row.part: [[entry.key.uid for entry in cell] for cell in row.cells] for row in grid.rows}
    assert cells[PartOfDay.MORNING] == [["radio"], [], [], [], [], [], []]
    assert cells[PartOfDay.EVENING] == [[], [], ["show"], [], [], [], []]


def test_whole_days_and_what_began_before_are_bars_that_share_lanes() -> None:
    grid = grid_of(
        make_days(date(2023, 8, 1), 8, uid="a"),
        make_days(date(2023, 8, 8), 2, uid="b"),
        make_days(date(2023, 8, 10), 9, uid="c"),
        make_entry(at(6, hour=23), hours=4, uid="night"),
    )
    assert lanes_of(grid) == [[("a", 2), ("", 1), ("c", 4)], [("night", 1), ("b", 2), ("", 4)]]
    assert [(bar.began_before, bar.goes_on) for bar in grid.lanes[0]] == [(True, False), (False, False), (False, True)]


def test_what_does_not_touch_the_week_is_left_out() -> None:
    grid = grid_of(make_days(date(2023, 8, 1), 6, uid="over"), make_days(date(2023, 8, 14), 1, uid="next"))
    assert (grid.lanes, grid.count) == ((), 0)


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 15)), max_size=10))
def test_every_lane_fills_seven_days_and_every_entry_stands_once(spans: list[tuple[int, int]]) -> None:
    grid = grid_of(*(make_days(date(2023, 8, a), n, uid=f"e{i}") for i, (a, n) in enumerate(spans)))
    assert {sum(bar.length for bar in lane) for lane in grid.lanes} <= {7}
    shown = [bar.entry.key.uid for lane in grid.lanes for bar in lane if bar.entry]
    assert (len(shown), len(set(shown))) == (grid.count, grid.count)
