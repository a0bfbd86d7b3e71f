from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from events.outputs.month_grid import MonthCell, build_month_grid, month_bounds, next_month, previous_month
from events.programme.entries import Programme, ProgrammeEntry
from tests.events.outputs.programmes import at, make_days, make_entry


def test_weeks_run_from_monday_and_leave_other_months_empty() -> None:
    grid = build_month_grid(Programme.of([]), year=2023, month=8)
    numbers = [[cell.day.day.day if cell else None for cell in week] for week in grid.weeks]
    assert numbers[0] == [None, 1, 2, 3, 4, 5, 6]
    assert numbers[-1] == [28, 29, 30, 31, None, None, None]
    assert {len(week) for week in grid.weeks} == {7}


@pytest.mark.parametrize(("entries", "shown", "hidden"), [(5, 5, 0), (6, 6, 0), (7, 5, 2), (19, 5, 14)])
def test_a_day_shows_five_entries_and_counts_the_rest(entries: int, shown: int, hidden: int) -> None:
    programme = Programme.of(make_entry(uid=f"e{number:02}") for number in range(entries))
    cells = [cell for week in build_month_grid(programme, year=2023, month=8).weeks for cell in week if cell]
    assert [(len(cell.shown), cell.hidden) for cell in cells if cell.day.entries] == [(shown, hidden)]


def cell_of(entries: Iterable[ProgrammeEntry], day: int) -> MonthCell:
    grid = build_month_grid(Programme.of(entries), year=2023, month=8)
    return next(cell for week in grid.weeks for cell in week if cell and cell.day.day.day == day)


def test_what_has_a_time_stands_before_what_lasts_whole_days() -> None:
    entries = [
        make_days(date(2023, 8, 8), 3, uid="hangs"),
        make_entry(uid="evening"),
        make_entry(at(hour=7), uid="early"),
    ]
    assert [entry.key.uid for entry in cell_of(entries, 8).shown] == ["early", "evening", "hangs"]


@pytest.mark.parametrize(("entries", "folded", "hidden"), [(1, 1, 0), (6, 6, 0), (9, 5, 4)])
def test_what_continues_is_folded_and_takes_no_room_from_what_begins(entries: int, folded: int, hidden: int) -> None:
    hanging = [make_days(date(2023, 8, 1), 20, uid=f"h{number}") for number in range(entries)]
    cell = cell_of([*hanging, make_entry(uid="show")], 8)
    assert ([entry.key.uid for entry in cell.shown], cell.hidden) == (["show"], 0)
    assert (len(cell.folded), cell.folded_hidden) == (folded, hidden)


def test_the_month_counts_different_entries_that_touch_it() -> None:
    entries = [
        make_days(date(2023, 7, 25), 20, uid="hangs"),
        make_entry(uid="show"),
        make_entry(at(1, month=9), uid="later"),
    ]
    assert build_month_grid(Programme.of(entries), year=2023, month=8).count == 2


def test_months_follow_each_other_over_the_new_year() -> None:
    assert month_bounds(date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert next_month(date(2023, 12, 31)) == date(2024, 1, 1)
    assert previous_month(date(2024, 1, 15)) == date(2023, 12, 1)
