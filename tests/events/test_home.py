from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.programme.deadlines import load_deadlines
from tests.factories import at, make_activity, make_area, make_campaign, make_planner, make_unit, make_user
from units.models import Role
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db


def test_a_visitor_sees_the_week_of_the_whole_province(client: Client) -> None:
    today = timezone.localdate()
    make_activity(interval=at(today + timedelta(days=2)))
    context = client.get("/").context
    assert (context["first"], context["own"].count, context["others"].count) == (today, 0, 1)
    assert context["deadlines"] == ()


def test_far_from_any_plan_the_nearest_week_is_shown(client: Client) -> None:
    make_activity()
    context = client.get("/").context
    assert (context["first"], context["last"], context["others"].count) == (date(2023, 8, 2), date(2023, 8, 8), 1)


def test_a_plan_to_come_is_shown_from_its_first_day(client: Client) -> None:
    day = timezone.localdate() + timedelta(days=60)
    make_activity(interval=at(day))
    assert client.get("/").context["first"] == day


def test_an_empty_installation_has_a_front_page(client: Client) -> None:
    context = client.get("/").context
    assert (context["first"], context["others"].count) == (timezone.localdate(), 0)


def test_alice_sees_her_own_units_part_first(client: Client) -> None:
    area = make_area("Huyện Cao Lộc")
    office = make_unit("PVHTT-CL", areas=(area,))
    make_activity(area_id=area.pk)
    make_activity(coordinating_unit_ids=(office.pk,))
    make_activity()
    client.force_login(make_user("Alice", role=Role.UNIT_PLANNER, unit=office))
    context = client.get("/").context
    assert (context["own"].count, context["others"].count) == (2, 1)


def test_the_week_is_the_nearest_in_which_her_unit_has_something(client: Client) -> None:
    office = make_unit("PVHTT-CL")
    make_activity(interval=at(timezone.localdate()))
    make_activity(lead_unit_id=office.pk)
    client.force_login(make_user("Alice", role=Role.UNIT_PLANNER, unit=office))
    context = client.get("/").context
    assert (context["last"], context["own"].count) == (date(2023, 8, 8), 1)


def test_a_deadline_before_a_day_is_safe_on_the_day_before() -> None:
    make_campaign()
    (deadline,) = load_deadlines(viewer=viewer_of(make_planner()), today=date(2023, 11, 29))
    assert (deadline.before, deadline.last_safe_day) == (date(2023, 12, 10), date(2023, 12, 9))
    assert (deadline.days_left, deadline.is_past) == (10, False)


def test_coming_deadlines_stand_before_past_ones() -> None:
    make_campaign("cu", report_before=date(2023, 6, 10))
    make_campaign("moi", report_before=date(2023, 12, 10))
    viewer = viewer_of(make_planner())
    assert [each.campaign_code for each in load_deadlines(viewer=viewer, today=date(2023, 7, 1))] == ["moi"]
    (past,) = load_deadlines(viewer=viewer, today=date(2024, 1, 1))
    assert (past.campaign_code, past.is_past) == ("moi", True)


def test_deadlines_are_no_concern_of_visitors() -> None:
    make_campaign()
    assert load_deadlines(viewer=viewer_of(None), today=date(2023, 7, 1)) == ()


@pytest.mark.parametrize("address", ["/", "/activities/plan/"])
def test_a_planner_of_an_empty_installation_is_led_to_the_import(client: Client, address: str) -> None:
    client.force_login(make_planner())
    assert '<a class="button" href="/plans/import/">' in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/feeds/", "/print/"])
def test_without_areas_the_pages_of_areas_say_how_to_load_them(client: Client, address: str) -> None:
    assert "manage.py load_reference" in client.get(address).content.decode()
