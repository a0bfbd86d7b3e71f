"""Removals on the front page: whose, which, how many queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from events import planning
from events.models import Status
from tests.factories import make_area, make_planner, make_unit, make_user
from tests.visuals.makers import LAST, banner, hang
from units.models import Role
from units.permissions import Viewer, viewer_of
from visuals.due import removals_due

pytestmark = pytest.mark.django_db


def planner() -> Viewer:
    return viewer_of(make_planner())


def days(viewer: Viewer, today: date) -> list[tuple[date, int]]:
    return [(item.day, item.days_left) for item in removals_due(viewer, today)]


def test_the_next_fourteen_days_are_due_by_activity(django_assert_num_queries: Any) -> None:
    late = LAST + timedelta(days=14)
    hang(
        banner("1"),
        banner("2"),
        banner("3", remove_by=late),
        banner("4", remove_by=late + timedelta(days=1)),
        title="X",
    )
    viewer = planner()
    assert viewer.plans_everywhere
    with django_assert_num_queries(1):
        items = removals_due(viewer, LAST)
    assert [(item.text, item.day, item.days_left) for item in items] == [
        ("Tháo dỡ 2 hạng mục: X", LAST, 0),
        ("Tháo dỡ 1 hạng mục: X", late, 14),
    ]


def test_far_from_any_removal_the_nearest_day_is_shown() -> None:
    hang(banner("1"), banner("2", remove_by=LAST + timedelta(days=1)))
    assert days(planner(), date(2023, 5, 1)) == [(LAST, 99)]


def test_where_none_is_to_come_the_latest_past_day_is_shown() -> None:
    hang(banner("1"), banner("2", remove_by=LAST + timedelta(days=1)))
    (item,) = removals_due(planner(), LAST + timedelta(days=3))
    assert (item.day, item.days_left, item.is_past) == (LAST + timedelta(days=1), -2, True)


def test_what_is_done_or_has_no_date_is_not_due() -> None:
    hang(banner(remove_by=None))
    done = hang()
    planning.set_status(uid=done.uid, version=1, status=Status.DONE, reason="", by=None)
    assert removals_due(planner(), LAST) == ()


def test_visitors_are_told_nothing(django_assert_num_queries: Any) -> None:
    hang()
    with django_assert_num_queries(0):
        assert removals_due(viewer_of(None), LAST) == ()


def test_staff_are_told_of_their_own_unit_and_area() -> None:
    area = make_area()
    unit = make_unit(areas=(area,))
    hang(banner(unit_id=unit.pk), title="treo")
    hang(lead_unit_id=unit.pk, title="chu tri")
    hang(area_id=area.pk, title="dia ban")
    hang(title="noi khac")
    hang(area_id=make_area().pk, lead_unit_id=make_unit().pk, status=Status.DRAFT, title="nhap")
    found = {
        role: {item.text.rpartition(": ")[2] for item in removals_due(viewer_of(person), LAST)}
        for role in (Role.VIEWER, Role.UNIT_PLANNER)
        for person in [make_user(role, role=role, unit=unit)]
    }
    assert found == {Role.VIEWER: {"treo", "chu tri"}, Role.UNIT_PLANNER: {"treo", "chu tri", "dia ban"}}


def test_the_front_page_names_them_beside_the_report(client: Client) -> None:
    hang(title="Cổ động Đồng Đăng")
    assert client.get("/").context["due_items"] == ()
    client.force_login(make_planner())
    page = client.get("/").content.decode()
    assert ("Tháo dỡ 1 hạng mục: Cổ động Đồng Đăng" in page, "Đã quá hạn từ 08/08/2023." in page) == (True, True)


def test_the_front_page_asks_no_more_for_more_of_them(client: Client, django_assert_max_num_queries: Any) -> None:
    client.force_login(make_planner())
    hang()
    with django_assert_max_num_queries(40) as one:
        client.get("/")
    hang(), hang()
    with django_assert_max_num_queries(len(one)):
        client.get("/")
