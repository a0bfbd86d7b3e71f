from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.intervals import local_days
from events.almanac.entries import Almanac, ObservedDay
from events.outputs.days import count_entries, lay_out_days
from events.programme.entries import Programme, ProgrammeEntry
from tests.events.outputs.programmes import at, make_days, make_entry

AUGUST = (date(2023, 8, 1), date(2023, 8, 31))


def uids(entries: tuple[ProgrammeEntry, ...]) -> list[str]:
    return [entry.key.uid for entry in entries]


def test_an_entry_stands_on_every_day_it_touches_and_begins_on_one() -> None:
    programme = Programme.of([make_days(date(2023, 8, 7), 3, uid="flags"), make_entry(uid="show")])
    days = {day.day.day: day for day in lay_out_days(programme, first=AUGUST[0], last=AUGUST[1])}
    assert uids(days[7].starting) == ["flags"]
    assert uids(days[8].entries) == ["show", "flags"]
    assert uids(days[9].continuing) == ["flags"]
    assert uids(days[10].entries) == []


def test_a_show_over_midnight_continues_on_the_next_day_but_one_until_midnight_does_not() -> None:
    programme = Programme.of(
        [make_entry(at(hour=22), hours=3, uid="late"), make_entry(at(hour=22, minute=0), hours=2, uid="full")]
    )
    days = lay_out_days(programme, first=date(2023, 8, 8), last=date(2023, 8, 9))
    assert [sorted(uids(day.entries)) for day in days] == [["full", "late"], ["late"]]


def test_days_carry_their_lunar_date_and_what_they_are_known_for() -> None:
    asean = ObservedDay(day=date(2023, 8, 8), code="asean", name="Ngày ASEAN", kind="asean")
    almanac = Almanac(first=asean.day, last=asean.day, observances=(asean,))
    (day,) = lay_out_days(Programme.of([]), first=asean.day, last=asean.day, almanac=almanac)
    assert (day.lunar, [each.name for each in day.observances]) == ("22/6 ÂL", ["Ngày ASEAN"])


@given(st.lists(st.tuples(st.integers(-40, 40), st.integers(1, 50)), max_size=8, unique=True))
def test_each_entry_stands_exactly_on_its_own_days_and_counts_once(spans: list[tuple[int, int]]) -> None:
    first, last = AUGUST
    entries = [make_days(first + timedelta(days=a), n, uid=f"e{i}") for i, (a, n) in enumerate(spans)]
    days = lay_out_days(Programme.of(entries), first=first, last=last)
    shown = sorted((entry.key.uid, day.day) for day in days for entry in day.entries)
    expected = sorted((e.key.uid, d) for e in entries for d in local_days(e.interval) if first <= d <= last)
    assert shown == expected
    assert count_entries(days) == len({uid for uid, _day in expected})
