"""The page of the appendix, and the links to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Status
from tests.factories import make_area, make_planner, make_site, make_unit, make_user, whole_days
from tests.visuals.makers import banner, hang
from units.models import Role
from units.permissions import viewer_of
from visuals.links import activity_links

pytestmark = pytest.mark.django_db


def test_the_page_says_since_when_a_removal_is_overdue(client: Client) -> None:
    hang(banner(sides=2, quantity_source="số liệu minh hoạ"))
    page = client.get("/postings/").content.decode()
    for words in ("đã quá hạn từ 08/08/2023", "8 × 1 m", "2 mặt", "160", "Băng rôn", "treo từ 01/08/2023", "minh hoạ"):
        assert words in page


def test_what_is_to_come_says_until_when(client: Client) -> None:
    day = timezone.localdate() + timedelta(days=5)
    hang(banner(remove_by=day), **whole_days(day - timedelta(days=2), day))
    page = client.get("/postings/").content.decode()
    assert ("quá hạn" in page, f"hạn {day:%d/%m/%Y}" in page) == (False, True)


def test_one_activity_alone(client: Client) -> None:
    display, _other = hang(title="Cổ động Đồng Đăng"), hang()
    response = client.get("/postings/", {"activity": display.uid})
    assert (len(response.context["appendix"].rows), response.context["activity"].title) == (1, "Cổ động Đồng Đăng")
    narrowed = client.get("/postings/", {"activity": display.uid, "q": "khong co gi"})
    assert (narrowed.context["appendix"].rows, narrowed.context["activity"]) == ((), None)


@pytest.mark.parametrize("fields", [{"status": Status.DRAFT}, {"is_public": False}])
def test_an_activity_a_visitor_may_not_see_hangs_nothing(client: Client, fields: dict[str, Any]) -> None:
    display = hang(**fields)
    assert client.get("/postings/", {"activity": display.uid}).status_code == 404
    assert list(client.get("/postings/").context["appendix"].rows) == []
    client.force_login(make_planner())
    assert client.get("/postings/", {"activity": display.uid}).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [("activity=khong-co", 404), ("activity=%00", 400), ("area=khong-co", 400), ("unit=x", 400), ("campaign=x", 400)],
)
def test_what_does_not_exist_is_refused(client: Client, query: str, status: int) -> None:
    hang()
    assert client.get(f"/postings/?{query}").status_code == status


@pytest.mark.parametrize("who", ["visitor", "planner"])
def test_the_queries_do_not_grow_with_the_items(client: Client, who: str) -> None:
    if who == "planner":
        client.force_login(make_planner())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/postings/").status_code == 200
        return len(captured)

    hang(banner(site_id=make_site(area=make_area()).pk))
    one = queries()
    for _ in range(2):
        hang(banner(site_id=make_site(area=make_area()).pk))
    assert queries() == one


def test_an_activity_links_to_what_it_hangs(client: Client, django_assert_num_queries: Any) -> None:
    display = hang(banner("1"), banner("2"))
    link = ("2 hạng mục cổ động", f"/postings/?activity={display.uid}")
    with django_assert_num_queries(1):
        assert activity_links(display.uid, viewer_of(None)) == (link,)
    assert client.get(f"/activities/{display.uid}/").context["links"] == (link,)


def test_the_link_is_for_those_who_may_see_the_activity() -> None:
    draft, unit = hang(status=Status.DRAFT), make_unit()
    reader = viewer_of(make_user("Dung", role=Role.VIEWER, unit=unit))
    found = [activity_links(draft.uid, viewer) for viewer in (viewer_of(None), reader, viewer_of(make_planner()))]
    assert [len(links) for links in found] == [0, 0, 1]
    assert activity_links("khong-co", viewer_of(None)) == ()
