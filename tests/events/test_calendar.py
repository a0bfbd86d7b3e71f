from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.recurrence import Frequency, Recurrence
from events.models import Status
from tests.factories import at, make_activity, make_area, make_planner, make_resource, make_venue, whole_days

pytestmark = pytest.mark.django_db

AUGUST = "date=2023-08-08"


def count_on(client: Client, address: str) -> int:
    """The count a page states."""
    page = client.get(address).content.decode()
    stated = re.search(r'id="entry-count">\s*(\d+)', page)
    assert stated is not None
    return int(stated[1])


def plan_some() -> None:
    make_activity(recurrence=Recurrence(freq=Frequency.WEEKLY, count=6))
    make_activity(**whole_days(date(2023, 7, 25), date(2023, 8, 20)))
    make_activity(status=Status.DRAFT)


@pytest.mark.parametrize(
    ("view", "window", "expected"),
    [
        ("month", "start=2023-08-01&end=2023-09-01", 5),
        ("week", "start=2023-08-07&end=2023-08-14", 2),
        ("list", "start=2023-08-01&end=2023-09-01", 5),
    ],
)
def test_each_view_states_the_count_of_the_json_of_its_days(
    client: Client, *, view: str, window: str, expected: int
) -> None:
    plan_some()
    document = client.get(f"/calendar/entries.json?{window}").json()
    assert len(document["entries"]) == expected
    assert count_on(client, f"/calendar/?view={view}&{AUGUST}") == expected


def test_a_list_shows_exactly_the_days_asked_for(client: Client) -> None:
    plan_some()
    assert count_on(client, "/calendar/?view=list&start=2023-08-15&end=2023-08-16") == 2


def test_filters_narrow_what_is_shown(client: Client) -> None:
    area = make_area(slug="huyen-cao-loc")
    make_activity(area_id=area.pk)
    make_activity()
    assert count_on(client, f"/calendar/?{AUGUST}&area=huyen-cao-loc") == 1
    assert count_on(client, f"/calendar/?{AUGUST}&q=khong co chuyen do") == 0


def test_far_from_the_plan_it_opens_on_the_nearest_day_and_says_so(client: Client) -> None:
    make_activity()
    context = client.get("/calendar/").context
    assert (context["period"].first, context["shown"].missed.first) == (
        date(2023, 8, 1),
        timezone.localdate().replace(day=1),
    )


def test_an_explicit_day_is_kept_even_where_nothing_is_on(client: Client) -> None:
    make_activity()
    context = client.get("/calendar/?date=2023-01-15").context
    assert (context["period"].first, context["shown"].missed) == (date(2023, 1, 1), None)


def test_without_any_plan_it_shows_today(client: Client) -> None:
    context = client.get("/calendar/?view=week").context
    assert (context["shown"].missed, context["layout"].count) == (None, 0)


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_queries_do_not_grow_with_the_plan(client: Client, view: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(f"/calendar/?view={view}&{AUGUST}")
        return len(captured)

    def plan(day: int) -> None:
        make_activity(interval=at(date(2023, 8, day)), venue_ids=(make_venue().pk,), resource_ids=(make_resource().pk,))

    plan(8)
    first = queries()
    plan(9)
    plan(10)
    assert queries() == first


def test_an_unchanged_programme_is_answered_with_304_and_a_changed_one_is_not(client: Client) -> None:
    make_activity()
    answer = client.get("/calendar/entries.json")
    again = client.get("/calendar/entries.json", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_activity()
    assert client.get("/calendar/entries.json", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_planner_sees_drafts_and_the_way_to_plan(client: Client) -> None:
    make_activity(status=Status.DRAFT)
    client.force_login(make_planner())
    page = client.get(f"/calendar/?{AUGUST}").content.decode()
    assert ("/activities/plan/" in page, count_on(client, f"/calendar/?{AUGUST}")) == (True, 1)


def test_the_edges_of_the_calendar_have_no_way_beyond(client: Client) -> None:
    assert client.get("/calendar/?date=1901-01-15").context["period"].previous is None
    assert client.get("/calendar/?date=2099-12-15").context["period"].following is None
    assert client.get("/calendar/?date=1901-01-01&view=week").status_code == 200
