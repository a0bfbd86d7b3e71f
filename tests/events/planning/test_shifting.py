"""A series moved by days holds exactly the moved days, whatever rule it needs for that."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.lunar_recurrence import LunarFrequency, LunarRecurrence, ShiftPolicy
from core.recurrence import Frequency, Recurrence, Weekday, expand, first_match
from events.expansion import Override, expand_series
from events.planning.commands import ActivityPlan, SkippedDate
from events.planning.shifting import shift_rule, shift_state
from events.planning.states import ActivityState
from tests.factories import at

DAY = timedelta(days=1)
FIRST = at(date(2026, 3, 2)).start  # a Monday


def state(first: date, **fields: object) -> ActivityState:
    keys = {"campaign_id": 1, "area_id": 1, "lead_unit_id": 1, "kind": "mobile_team", "status": "confirmed"}
    plan = ActivityPlan(code="HD-1", title="Đêm văn nghệ", interval=at(first), **keys, **fields)  # type: ignore[arg-type]
    return ActivityState(plan=plan)


def sorted_sets(numbers: st.SearchStrategy[int], *, least: int = 0) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(numbers, min_size=least, max_size=4).map(lambda found: tuple(sorted(found)))


short_parts = st.fixed_dictionaries(
    {
        "freq": st.sampled_from([Frequency.DAILY, Frequency.WEEKLY]),
        "interval": st.integers(1, 4),
        "count": st.integers(1, 12),
        "by_weekday": sorted_sets(st.integers(0, 6)).map(lambda days: tuple(map(Weekday, days))),
        "week_start": st.integers(0, 6),
    }
)
long_parts = st.fixed_dictionaries(
    {
        "freq": st.sampled_from([Frequency.MONTHLY, Frequency.YEARLY]),
        "interval": st.integers(1, 3),
        "count": st.integers(1, 12),
        "by_month_day": sorted_sets(st.integers(1, 31)),
        "by_month": sorted_sets(st.sampled_from([1, 3, 5]), least=1),
    }
)


def made(parts: dict[str, Any]) -> Recurrence | None:
    try:
        return Recurrence(**parts)
    except ValueError:
        return None


@given(rule=(short_parts | long_parts).map(made), days=st.integers(-40, 40))
def test_a_moved_rule_gives_the_moved_days(rule: Recurrence | None, days: int) -> None:
    assume(rule is not None)
    assert rule is not None
    start = first_match(rule, FIRST)
    moved = shift_rule(rule, start, days)
    if moved is None:
        return
    expected = tuple(each + days * DAY for each in expand(rule, start))
    assert expand(moved, start + days * DAY) == expected


@pytest.mark.parametrize(
    "rule",
    [
        Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(1, 2),)),
        Recurrence(freq=Frequency.MONTHLY, by_month_day=(27,)),
        Recurrence(freq=Frequency.MONTHLY, by_month_day=(1, 31)),
        Recurrence(freq=Frequency.MONTHLY, by_month_day=(1, 15), by_set_position=(1,)),
        Recurrence(freq=Frequency.YEARLY, by_year_day=(100,)),
        Recurrence(freq=Frequency.YEARLY, by_week_no=(20,), by_weekday=(Weekday(0),)),
        Recurrence(freq=Frequency.DAILY, by_month=(3,)),
        Recurrence(freq=Frequency.DAILY, by_month_day=(2,)),
    ],
)
def test_some_rules_cannot_say_the_moved_days(rule: Recurrence) -> None:
    assert shift_rule(rule, FIRST, 3) is None


def starts_of(plan: ActivityPlan) -> list[datetime]:
    slots = expand_series(
        first=plan.interval,
        rule=plan.recurrence,
        extra_dates=plan.extra_dates,
        excluded_dates=plan.excluded_dates,
    )
    return [slot.recurrence_id for slot in slots]


def test_everything_of_a_series_moves_together() -> None:
    rule = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(0), Weekday(6)), until=date(2026, 3, 29))
    starts = [at(date(2026, 3, day)).start for day in (2, 8, 9, 15)]
    before = state(
        date(2026, 3, 2),
        recurrence=rule,
        extra_dates=(at(date(2026, 3, 4)).start,),
        excluded_dates=(starts[1],),
        skipped_dates=(SkippedDate(start=starts[2], reason="bận"),),
    )
    override = Override(interval=at(date(2026, 3, 17)), reason="mưa", changes={"venue_ids": (3,)})
    before = ActivityState(plan=before.plan, overrides={starts[3]: override})
    after = shift_state(before, 3, starts=starts)
    assert after.note == ""
    assert after.state.plan.recurrence == Recurrence(
        freq=Frequency.WEEKLY, by_weekday=(Weekday(2), Weekday(3)), until=date(2026, 4, 1)
    )
    assert after.state.plan.interval == at(date(2026, 3, 5))
    assert after.state.plan.extra_dates == (at(date(2026, 3, 7)).start,)
    assert after.state.plan.excluded_dates == (at(date(2026, 3, 11)).start,)
    assert after.state.plan.skipped_dates == (SkippedDate(start=at(date(2026, 3, 12)).start, reason="bận"),)
    assert after.state.overrides == {
        at(date(2026, 3, 18)).start: Override(interval=at(date(2026, 3, 20)), reason="mưa", changes={"venue_ids": (3,)})
    }
    assert shift_state(after.state, -3, starts=()).state == before


def test_a_rule_that_cannot_be_moved_becomes_its_dates() -> None:
    rule = Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(0, 1),), count=3)
    before = state(date(2026, 3, 2), recurrence=rule, excluded_dates=(at(date(2026, 3, 2)).start,))
    starts = starts_of(before.plan)
    after = shift_state(before, 2, starts=starts)
    assert starts_of(after.state.plan) == [at(date(2026, 4, 8)).start, at(date(2026, 5, 6)).start]
    assert (after.state.plan.recurrence, after.state.plan.excluded_dates) == (None, ())
    assert "2" in after.note


def test_a_rule_without_end_that_cannot_be_moved_is_refused() -> None:
    endless = state(date(2026, 3, 2), recurrence=Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(0, 1),)))
    with pytest.raises(ValueError, match="2"):
        shift_state(endless, 2, starts=())


@pytest.mark.parametrize("until", [None, date(2026, 12, 31)])
def test_a_lunar_rule_is_held_so_many_days_later(until: date | None) -> None:
    rule = LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(15,), until=until)
    before = state(date(2026, 3, 3), lunar=rule)
    after = shift_state(before, 4, starts=()).state.plan
    assert (after.interval, after.lunar and after.lunar.offset_days) == (at(date(2026, 3, 7)), 4)
    assert (after.lunar and after.lunar.until) == (until and date(2027, 1, 4))


@pytest.mark.parametrize(("shift", "days"), [(ShiftPolicy.NEXT_WORKING_DAY, 3), (ShiftPolicy.NONE, 61)])
def test_a_lunar_rule_that_cannot_be_moved_becomes_its_dates(shift: ShiftPolicy, days: int) -> None:
    rule = LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(15,), count=2, shift=shift)
    starts = [at(date(2026, 3, 3)).start, at(date(2026, 4, 2)).start]
    after = shift_state(state(date(2026, 3, 3), lunar=rule), days, starts=starts).state.plan
    assert (after.lunar, after.interval, after.extra_dates) == (
        None,
        at(date(2026, 3, 3) + days * DAY),
        (starts[1] + days * DAY,),
    )


def test_a_single_evening_moves() -> None:
    assert shift_state(state(date(2026, 3, 2)), -5, starts=()).state.plan.interval == at(date(2026, 2, 25))
