"""A campaign rolled over into another year: drafts on the answering days, one step, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed
from core.keys import OccurrenceKey
from core.lunar_recurrence import MissingPolicy
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Campaign, PlanStep, Status
from events.planning.rolling import RollBy
from events.planning.rollover import preview_rollover, roll_over
from events.planning.rollover_lines import NewCampaign, RolloverOrder
from events.planning.steps import undo_step
from tests.factories import (
    at,
    make_activity,
    make_area,
    make_campaign,
    make_planner,
    make_resource,
    make_unit,
    make_user,
    make_venue,
    whole_days,
)
from units.models import Role, User

pytestmark = pytest.mark.django_db
NEXT = NewCampaign(
    code="asean-2024", name="Tuyên truyền năm 2024", starts_on=date(2024, 5, 1), ends_on=date(2024, 12, 31)
)


@pytest.fixture
def lan() -> User:
    return make_planner("Lan")


@pytest.fixture
def source() -> Campaign:
    return make_campaign()


def order(source: Campaign, **changes: Any) -> RolloverOrder:
    return replace(RolloverOrder(source_id=source.pk, target=NEXT, by=RollBy.DATE), **changes)


def test_a_new_campaign_takes_the_lists_and_the_activities_as_drafts(source: Campaign, lan: User) -> None:
    theme = source.themes.get(code="ND1")
    old = make_activity(
        campaign_id=source.pk, code="LD-001", title="Đêm văn nghệ năm 2023", theme_ids=(theme.pk,), status_reason="x"
    )
    make_activity(campaign_id=source.pk, status=Status.CANCELLED)
    preview = preview_rollover(order=order(source), by=lan)
    (line,) = preview.lines
    assert (line.years, line.is_outside, line.is_wanted, line.notes) == (("2023",), False, True, ())
    assert (preview.target_name, preview.wanted, preview.conflicts) == (NEXT.name, 1, ())
    assert Campaign.objects.filter(code=NEXT.code).exists() is False
    target, (made,) = roll_over(order=order(source), by=lan)
    assert (target.year, target.letter_number, target.report_before) == (2024, "", None)
    assert list(target.themes.values_list("code", flat=True)) == ["ND1", "ND2"]
    plan = planning.plan_of(made)
    assert (plan.code, plan.status, plan.status_reason, plan.title) == ("LD-001", "draft", "", "Đêm văn nghệ năm 2023")
    assert (plan.interval, made.uid == old.uid) == (at(date(2024, 8, 8)), False)
    assert [each.code for each in made.themes.all()] == ["ND1"]
    step = PlanStep.objects.get(campaign=target)
    undo_step(campaign_id=target.pk, expected=step.number, by=lan)
    made.refresh_from_db()
    assert made.is_deleted is True


def test_rolling_over_twice_makes_nothing_twice(source: Campaign, lan: User) -> None:
    make_activity(campaign_id=source.pk)
    target, (made,) = roll_over(order=order(source), by=lan)
    again = order(source, target=target.pk)
    (line,) = preview_rollover(order=again, by=lan).lines
    assert (line.after, bool(line.refusal)) == (None, True)
    with pytest.raises(ValidationError):
        roll_over(order=again, by=lan)
    planning.delete_activities(seen={made.uid: made.version}, by=lan)
    _target, (anew,) = roll_over(order=again, by=lan)
    assert (anew.uid == made.uid, anew.code == made.code) == (False, False)


def test_what_lies_outside_is_listed_and_made_only_when_wanted(source: Campaign, lan: User) -> None:
    inside = make_activity(campaign_id=source.pk)
    outside = make_activity(campaign_id=source.pk, interval=at(date(2023, 12, 31)))
    short = replace(NEXT, ends_on=date(2024, 12, 30))
    preview = preview_rollover(order=order(source, target=short), by=lan)
    assert [(line.uid, line.is_outside, line.is_wanted) for line in preview.lines] == [
        (inside.uid, False, True),
        (outside.uid, True, False),
    ]
    wanted = order(source, target=short, uids=frozenset({outside.uid}))
    _target, made = roll_over(order=wanted, by=lan)
    assert [each.event.start for each in made] == [at(date(2024, 12, 31)).start]


def test_weekdays_and_lunar_days_are_kept(source: Campaign, lan: User) -> None:
    rule = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), count=3)
    series = make_activity(campaign_id=source.pk, recurrence=rule)
    start = series.event.start
    by_weekday = preview_rollover(order=order(source, by=RollBy.WEEKDAY), by=lan).lines[0]
    assert by_weekday.after is not None
    assert (by_weekday.after.interval, by_weekday.after.recurrence) == (at(date(2024, 8, 6)), rule)
    by_moon = preview_rollover(order=order(source, by=RollBy.LUNAR), by=lan).lines[0]
    assert by_moon.after is not None
    assert by_moon.after.interval.start.weekday() == start.astimezone(by_moon.after.interval.start.tzinfo).weekday()


def test_a_day_that_the_policy_leaves_out_stays_behind(source: Campaign, lan: User) -> None:
    make_activity(campaign_id=source.pk, **whole_days(date(2023, 5, 18)))  # 29/3
    make_activity(campaign_id=source.pk, **whole_days(date(2023, 6, 17)))  # 30/4; of 2024 the month has 29 days
    skipping = order(source, by=RollBy.LUNAR, missing=MissingPolicy.SKIP)
    lines = preview_rollover(order=skipping, by=lan).lines
    assert [bool(line.refusal) for line in lines] == [False, "30" in lines[1].refusal]


def test_lists_of_another_campaign_are_matched_by_code(source: Campaign, lan: User) -> None:
    themes = {theme.code: theme.pk for theme in source.themes.all()}
    make_activity(campaign_id=source.pk, theme_ids=tuple(themes.values()), code="LD-001")
    target = make_campaign(
        "asean-2024",
        year=2024,
        starts_on=NEXT.starts_on,
        ends_on=NEXT.ends_on,
        themes=(planning.ListItem(code="ND2", name="Ba trụ cột"),),
    )
    make_activity(campaign_id=target.pk, code="LD-001", interval=at(date(2024, 9, 1)))
    (line,) = preview_rollover(order=order(source, target=target.pk), by=lan).lines
    assert line.after is not None
    assert line.after.theme_ids == (target.themes.get(code="ND2").pk,)
    assert (line.after.code, len(line.notes)) == ("LD-002", 1)


def test_a_district_that_is_no_more_gives_way_to_its_commune(source: Campaign, lan: User) -> None:
    gone = make_area("Huyện Cao Lộc", valid_to=date(2023, 12, 31))
    one, other = (make_area(name, valid_from=date(2024, 1, 1)) for name in ("Xã Đồng Đăng", "Xã Cao Lộc"))
    gone.successors.set([one, other])
    hall = make_venue(area=gone, successor_area=one)
    placed = make_activity(campaign_id=source.pk, area_id=gone.pk, venue_ids=(hall.pk,))
    make_activity(campaign_id=source.pk, area_id=gone.pk)
    first, second = preview_rollover(order=order(source), by=lan).lines
    assert (first.uid, first.after and first.after.area_id, len(first.notes)) == (placed.uid, one.pk, 1)
    assert (second.after, "Huyện Cao Lộc" in second.refusal) == (None, True)


def test_what_confirming_the_drafts_would_meet_is_told(source: Campaign, lan: User) -> None:
    team = make_resource("Đội 1")
    make_activity(campaign_id=source.pk, resource_ids=(team.pk,))
    make_activity(title="Hội làng", interval=at(date(2024, 8, 8)), resource_ids=(team.pk,))
    preview = preview_rollover(order=order(source), by=lan)
    assert ["Hội làng" in each.message for each in preview.conflicts if each.is_blocking] == [True]
    assert len(roll_over(order=order(source), by=lan)[1]) == 1


def test_exceptions_of_last_year_stay_behind(source: Campaign, lan: User) -> None:
    rule = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), count=3)
    series = make_activity(campaign_id=source.pk, recurrence=rule)
    key = OccurrenceKey(series.uid, series.event.start)
    change = planning.OccurrenceChange(key=key, version=series.version, interval=None, reason="mưa")
    planning.change_occurrence(change=change, by=lan)
    (line,) = preview_rollover(order=order(source), by=lan).lines
    assert [text.startswith("1 ") for text in line.notes][-1:] == [True]


def test_years_and_campaigns_must_fit(source: Campaign, lan: User) -> None:
    make_activity(campaign_id=source.pk)
    same_year = make_campaign("cung-nam")
    bad = [
        order(source, target=same_year.pk),
        order(source, target=0),
        order(source, source_id=0),
        order(source, target=replace(NEXT, code="cung-nam")),
    ]
    for each in bad:
        with pytest.raises(ValidationError):
            roll_over(order=each, by=lan)
    assert Campaign.objects.count() == 2


def test_an_empty_campaign_has_nothing_to_roll(source: Campaign, lan: User) -> None:
    assert preview_rollover(order=order(source), by=lan).lines == ()
    with pytest.raises(ValidationError):
        roll_over(order=order(source), by=lan)


def test_alice_rolls_her_own_district_into_a_campaign_that_is_there(source: Campaign) -> None:
    area = make_area()
    office = make_unit(areas=(area,))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=office)
    target = make_campaign("asean-2024", year=2024, starts_on=NEXT.starts_on, ends_on=NEXT.ends_on)
    own = make_activity(campaign_id=source.pk, area_id=area.pk, lead_unit_id=office.pk)
    make_activity(campaign_id=source.pk)
    lines = preview_rollover(order=order(source, target=target.pk), by=alice).lines
    assert [line.uid for line in lines if line.after is not None] == [own.uid]
    _target, made = roll_over(order=order(source, target=target.pk), by=alice)
    assert len(made) == 1
    with pytest.raises(NotAllowed):
        roll_over(order=order(source, target=replace(NEXT, code="moi")), by=alice)
