"""States as JSON: an exact round trip, tolerant of what was written earlier, and a hash of what lives."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intervals import Interval
from core.lunar_recurrence import LunarFrequency, LunarRecurrence
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.expansion import Override
from events.models import Activity
from events.planning import ActivityPlan, SkippedDate
from events.planning.states import ActivityState, from_json, hash_of, state_of, tidy_state, to_json
from tests.factories import at, make_activity, make_plan

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

FIRST = at(date(2023, 8, 8))
RULES = (
    None,
    Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1), Weekday(3)), until=date(2023, 9, 30)),
    Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(1, 2),), count=5),
    Recurrence(freq=Frequency.DAILY, interval=3),
)
LUNAR = LunarRecurrence(freq=LunarFrequency.YEARLY, months=(1,), days=(15,))
KEYS = st.lists(st.integers(1, 9), max_size=3).map(tuple)
STARTS = st.lists(st.integers(0, 99).map(lambda n: FIRST.start + timedelta(days=n)), max_size=3).map(tuple)
TEXTS = st.text("aăơ«»\n", max_size=5)


@st.composite
def overrides(draw: DrawFn) -> dict[Any, Override]:
    found = {}
    for start in draw(STARTS):
        moved = Interval(start + timedelta(hours=draw(st.integers(0, 3))), start + timedelta(hours=5))
        changes = draw(st.fixed_dictionaries({}, optional={"status": st.just("done"), "venue_ids": KEYS}))
        found[start] = Override(
            interval=moved, title=draw(TEXTS), is_cancelled=draw(st.booleans()), reason=draw(TEXTS), changes=changes
        )
    return found


@st.composite
def states(draw: DrawFn) -> ActivityState:
    """States of every shape; their keys need not exist."""
    rule = draw(st.sampled_from(RULES))
    plan = ActivityPlan(
        uid=draw(st.sampled_from([None, "1f0e"])), campaign_id=1, code="A", title=draw(TEXTS), kind="exhibition",
        status="confirmed", area_id=2, lead_unit_id=3, interval=FIRST, all_day=draw(st.booleans()), recurrence=rule,
        lunar=None if rule is not None else draw(st.sampled_from([None, LUNAR])), extra_dates=draw(STARTS),
        excluded_dates=draw(STARTS), skipped_dates=tuple(SkippedDate(start=s, reason="trùng") for s in draw(STARTS)),
        venue_ids=draw(KEYS), resource_ids=draw(KEYS), theme_ids=draw(KEYS), notes=draw(TEXTS),
        quantity=draw(st.sampled_from([None, Decimal("12.50"), Decimal(3000)])), is_public=draw(st.booleans()),
        expected_audience=draw(st.sampled_from([None, 0, 500])), budget_vnd=draw(st.sampled_from([None, 10**9])),
        procedures=draw(st.sampled_from([(), ("R1", "R4")])),
    )  # fmt: skip
    return tidy_state(ActivityState(plan=plan, overrides=draw(overrides()), is_deleted=draw(st.booleans())))


@given(state=states())
def test_a_state_is_read_back_as_it_was_written(state: ActivityState) -> None:
    text = json.dumps(to_json(state))
    assert from_json(json.loads(text)) == state
    assert json.dumps(to_json(from_json(json.loads(text)))) == text


@given(state=states())
def test_a_state_written_before_later_fields_has_their_defaults(state: ActivityState) -> None:
    data = to_json(replace(state, overrides={}, is_deleted=False))
    del data["overrides"], data["is_deleted"], data["plan"]["lunar"], data["plan"]["budget_vnd"]
    data["plan"]["dropped_long_ago"] = 1
    plan = replace(state.plan, lunar=None, budget_vnd=None)
    assert from_json(data) == ActivityState(plan=plan)


def test_a_state_without_what_every_plan_has_is_refused() -> None:
    with pytest.raises(ValueError, match="campaign_id"):
        from_json({"plan": {}})


def test_an_exception_that_says_nothing_is_left_out() -> None:
    plan = ActivityPlan(
        campaign_id=1, code="A", title="A", kind="k", status="s", area_id=1, lead_unit_id=1, interval=FIRST
    )
    idle = {FIRST.start: Override(interval=FIRST)}
    assert tidy_state(ActivityState(plan=plan, overrides=idle)).overrides == {}


def test_the_hash_is_of_what_lives() -> None:
    plan = ActivityPlan(
        uid="a", campaign_id=1, code="A", title="A", kind="k", status="s", area_id=1, lead_unit_id=1, interval=FIRST
    )
    state = ActivityState(plan=plan)
    assert hash_of({"a": replace(state, is_deleted=True), "b": None}) == hash_of({})
    assert hash_of({"a": state}) == hash_of({"a": replace(state, plan=replace(plan, quantity=None)), "b": None})
    assert hash_of({"a": state}) != hash_of({"a": replace(state, plan=replace(plan, title="B"))})


@pytest.mark.django_db
def test_what_is_stored_is_the_state_that_was_planned() -> None:
    plan = make_plan(uid="1f0e", recurrence=RULES[1], budget_vnd=5_000_000, expected_audience=300, procedures=("R4",))
    activity = planning.plan_activity(plan=plan, by=None)
    stored = state_of(Activity.objects.get(pk=activity.pk))
    assert stored == ActivityState(plan=planning.normalise(plan))
    assert from_json(to_json(stored)) == stored


@pytest.mark.django_db
def test_skipped_dates_are_stored_with_their_reason() -> None:
    skipped = (SkippedDate(start=FIRST.start + timedelta(days=2), reason="«Đêm nhạc» đã có Đội 1"),)
    activity = make_activity(interval=FIRST, recurrence=RULES[1], skipped_dates=skipped)
    stored = state_of(Activity.objects.get(pk=activity.pk))
    assert (stored.plan.skipped_dates, stored.plan.excluded_dates) == (skipped, ())
    assert skipped[0].start not in set(activity.occurrences.values_list("recurrence_id", flat=True))
