from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_area, make_venue

pytestmark = pytest.mark.django_db


def test_an_area_is_listed_with_its_addresses(client: Client) -> None:
    province = make_area("Tỉnh Lạng Sơn", level="province", slug="tinh-lang-son", code="20")
    make_area("Huyện Cao Lộc", parent=province, slug="huyen-cao-loc", code="183", valid_to=date(2025, 6, 30))
    assert client.get("/areas.json?level=district").json() == [
        {
            "code": "183",
            "name": "Huyện Cao Lộc",
            "level": "district",
            "valid_from": "2020-01-01",
            "valid_to": "2025-06-30",
            "slug": "huyen-cao-loc",
            "feed": "/feeds/area/huyen-cao-loc.ics",
            "print": "/print/area/huyen-cao-loc.pdf",
            "parent": "tinh-lang-son",
        }
    ]


def test_areas_of_a_day(client: Client) -> None:
    make_area("Huyện Cao Lộc", valid_to=date(2025, 6, 30))
    make_area("Xã Cao Lộc", level="commune", valid_from=date(2025, 7, 1))
    shown = {day: [area["name"] for area in client.get(f"/areas.json?on={day}").json()] for day in (
        "2025-06-30", "2025-07-01",
    )}  # fmt: skip
    assert shown == {"2025-06-30": ["Huyện Cao Lộc"], "2025-07-01": ["Xã Cao Lộc"]}


@pytest.mark.parametrize("query", ["level=continent", "on=30/6/2025", "on=2025-02-30"])
def test_a_wrong_filter_is_a_400_with_a_sentence(client: Client, query: str) -> None:
    answer = client.get(f"/areas.json?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[2] in answer.json()["error"]


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    make_area()
    tag = client.get("/areas.json").headers["ETag"]
    assert client.get("/areas.json", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("areas", [1, 3])
def test_the_list_costs_one_query(
    client: Client, areas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(areas):
        make_area()
    with django_assert_num_queries(1):
        assert len(client.get("/areas.json").json()) == areas


def test_places_are_searched_without_marks(client: Client) -> None:
    area = make_area("Huyện Cao Lộc")
    make_venue("Ga Đồng Đăng", area=area, code="V-9", lon=106.7, lat=21.94)
    assert client.get("/places.json?q=ga dong dang").json() == {
        "places": [
            {
                "name": "Ga Đồng Đăng",
                "lon": 106.7,
                "lat": 21.94,
                "kind": "venue",
                "code": "V-9",
                "slug": "",
                "valid_from": None,
                "valid_to": None,
                "parent": "Huyện Cao Lộc",
                "parent_new": "",
                "quality": "published",
            }
        ]
    }


def test_at_most_twenty_places_are_offered(client: Client) -> None:
    area = make_area()
    for number in range(25):
        make_venue(f"Nhà văn hóa {number}", area=area)
    assert len(client.get("/places.json?q=nha van hoa").json()["places"]) == 20


def test_no_query_finds_nothing_and_an_endless_one_is_refused(client: Client) -> None:
    assert client.get("/places.json").json() == {"places": []}
    assert client.get("/places.json", {"q": "x" * 201}).status_code == 400
