"""Planning new activities: all that is stored, and all that is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import PlanRejected
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, Booking, Occurrence, Status
from tests.factories import (
    at,
    make_activity,
    make_campaign,
    make_plan,
    make_planner,
    make_resource,
    make_site,
    make_venue,
)
from units.models import AuditEntry

pytestmark = pytest.mark.django_db
WEEKLY = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 8, 29))


def test_what_is_planned_is_what_is_stored() -> None:
    campaign = make_campaign()
    plan = make_plan(
        uid="1f0e", campaign_id=campaign.pk, recurrence=WEEKLY, excluded_dates=(at(date(2023, 8, 15)).start,),
        extra_dates=(at(date(2023, 8, 16)).start,), venue_ids=(make_venue().pk,), site_ids=(make_site().pk,),
        resource_ids=(make_resource().pk,), theme_ids=(campaign.themes.get(code="ND1").pk,),
        form_ids=(campaign.forms.get().pk,), audience_ids=(campaign.audiences.get().pk,),
        funding_source_ids=(campaign.funding_sources.get().pk,), quantity=Decimal("12.50"), quantity_unit="cái",
        quantity_source="số liệu minh hoạ", description="Mô tả", notes="Ghi chú", is_public=False,
    )  # fmt: skip
    activity = planning.plan_activity(plan=plan, by=None)
    stored = Activity.objects.get(pk=activity.pk)
    assert planning.plan_of(stored) == planning.normalise(plan)


def test_a_recurring_activity_books_each_of_its_occurrences() -> None:
    team = make_resource()
    activity = make_activity(recurrence=WEEKLY, resource_ids=(team.pk,))
    starts = list(Booking.objects.filter(resource=team).values_list("start", flat=True))
    assert starts == list(activity.occurrences.values_list("start", flat=True))
    assert len(starts) == 4


@pytest.mark.parametrize("status", [Status.DRAFT, Status.POSTPONED, Status.CANCELLED])
def test_what_is_not_held_books_nothing(status: str) -> None:
    make_activity(status=status, resource_ids=(make_resource().pk,))
    assert Booking.objects.count() == 0


def test_each_new_activity_leaves_an_audit_row() -> None:
    planner = make_planner("Phương")
    activity = make_activity(by=planner)
    entry = AuditEntry.objects.get(subject_type="events.activity")
    assert (entry.actor, entry.actor_label, entry.verb) == (planner, "Phương", "plan")
    assert (entry.subject_id, entry.before) == (str(activity.pk), None)
    assert entry.after is not None
    assert entry.after["time"] == "19h30–21h30, 08/08/2023"


def test_a_taken_resource_rejects_the_whole_batch() -> None:
    team = make_resource("Đội 1")
    make_activity(title="Đêm nhạc", resource_ids=(team.pk,))
    free, clashing = make_plan(), make_plan(resource_ids=(team.pk,), interval=at(date(2023, 8, 8), "20:00"))
    with pytest.raises(PlanRejected) as caught:
        planning.plan_activities(plans=[free, clashing], by=None)
    assert [conflict.code for conflict in caught.value.conflicts] == ["double_booking"]
    assert Activity.objects.count() == 1


def test_two_plans_of_one_batch_clash_with_each_other() -> None:
    team = make_resource()
    plans = [make_plan(resource_ids=(team.pk,)), make_plan(resource_ids=(team.pk,))]
    with pytest.raises(PlanRejected):
        planning.plan_activities(plans=plans, by=None)


def test_a_series_that_overlaps_itself_cannot_take_a_resource() -> None:
    daily = Recurrence(freq=Frequency.DAILY, count=2)
    with pytest.raises(PlanRejected):
        make_activity(interval=at(date(2023, 8, 8), hours=30), recurrence=daily, resource_ids=(make_resource().pk,))


def test_touching_bookings_are_allowed() -> None:
    team = make_resource()
    make_activity(resource_ids=(team.pk,))
    make_activity(resource_ids=(team.pk,), interval=at(date(2023, 8, 8), "21:30"))
    assert Booking.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "255"),
        ({"code": "x" * 41}, "40"),
        ({"kind": "picnic"}, "loại không hợp lệ"),
        ({"status": "maybe"}, "trạng thái"),
        ({"quantity": Decimal(-1)}, "âm"),
        ({"all_day": True}, "cả ngày"),
        ({"theme_ids": (999,)}, "nội dung tuyên truyền"),
        ({"venue_ids": (999,)}, "địa điểm"),
        ({"recurrence": replace(WEEKLY, by_weekday=(Weekday(2),))}, "không khớp"),
        ({"excluded_dates": (at(date(2023, 8, 8)).start,)}, "bị bỏ"),
    ],
)
def test_a_faulty_plan_is_refused_in_words(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make_activity(**fields)
    assert words in " ".join(caught.value.messages).lower()
    assert Activity.objects.count() == 0


def test_every_fault_is_told_at_once() -> None:
    plans = [make_plan(title=""), make_plan(kind="x", campaign_id=make_campaign("b").pk)]
    with pytest.raises(ValidationError) as caught:
        planning.plan_activities(plans=plans, by=None)
    assert len(caught.value.messages) == 2


def test_a_code_is_used_once_in_a_campaign() -> None:
    campaign = make_campaign()
    make_activity(campaign_id=campaign.pk, code="A1")
    with pytest.raises(ValidationError):
        make_activity(campaign_id=campaign.pk, code="A1")
    with pytest.raises(ValidationError):
        planning.plan_activities(plans=[make_plan(campaign_id=campaign.pk, code="B")] * 2, by=None)
    make_activity(campaign_id=make_campaign("khac").pk, code="A1")
    assert Activity.objects.count() == 2


def test_an_empty_code_becomes_the_next_of_its_kind() -> None:
    campaign = make_campaign()
    make_activity(campaign_id=campaign.pk, code="LD-041")
    make_activity(campaign_id=campaign.pk, code="LD-CL-07")
    blank = make_plan(campaign_id=campaign.pk, code="")
    made = planning.plan_activities(plans=[blank, blank, replace(blank, kind="exhibition")], by=None)
    assert [activity.code for activity in made] == ["LD-042", "LD-043", "TL-001"]


def test_a_theme_of_another_campaign_is_refused() -> None:
    foreign = make_campaign("khac").themes.get(code="ND1")
    with pytest.raises(ValidationError):
        make_activity(theme_ids=(foreign.pk,))


def test_the_number_of_queries_does_not_grow() -> None:
    campaign, team = make_campaign(), make_resource()
    first = make_plan(campaign_id=campaign.pk, resource_ids=(team.pk,))
    planning.plan_activity(plan=first, by=None)  # makes the unit's calendar
    days = iter(range(1, 10))
    made = []
    for size in (1, 3):
        plans = [
            replace(first, code=f"A{day}", interval=first.interval.shifted(timedelta(days=day)))
            for day in (next(days) for _ in range(size))
        ]
        with CaptureQueriesContext(connection) as queries:
            planning.plan_activities(plans=plans, by=None)
        made.append(len(queries))
    assert made[0] == made[1]
    assert Occurrence.objects.count() == 5
