from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from core.geometry import Point
from tests.factories import make_area, make_site, make_venue
from venues.directory import load_directory
from venues.gazetteer import Gazetteer, find_places
from venues.reference_loader import load_places

pytestmark = pytest.mark.django_db


def slugs(query: str, limit: int = 3) -> list[str]:
    return [entry.slug or entry.code for entry in find_places(query, limit=limit)]


def raw(query: str) -> dict[str, Any]:
    found = Gazetteer().geocode(query)
    return found.raw if found else {}


@pytest.fixture
def _places(db: None) -> None:  # noqa: ARG001 -- opens the database
    load_places()


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("dong dang", "xa-dong-dang"),
        ("Đồng Đăng", "xa-dong-dang"),
        ("TT Đồng Đăng", "thi-tran-dong-dang-06184"),
        ("TP. Lạng Sơn", "khu-vuc-thanh-pho-lang-son"),
        ("h cao loc", "huyen-cao-loc"),
        ("hoang dong", "xa-hoang-dong-05986"),
        ("bảo tàng tỉnh", "V-LS-01"),
        ("cụm cổ động quảng trường", "CD-LS-01"),
    ],
)
def test_places_are_found_with_and_without_marks(query: str, first: str) -> None:
    assert slugs(query, 1) == [first]


@pytest.mark.usefixtures("_places")
def test_every_hit_says_its_old_and_its_new_parent() -> None:
    parents = {query: (raw(query)["parent"], raw(query)["parent_new"]) for query in (
        "Xã Bính Xá", "TT Thất Khê", "Phường Kỳ Lừa", "Huyện Cao Lộc", "Khu vực Cao Lộc", "Ga Đồng Đăng",
    )}  # fmt: skip
    assert parents == {
        "Xã Bính Xá": ("Huyện Đình Lập", "Xã Đình Lập; Xã Kiên Mộc"),
        "TT Thất Khê": ("Huyện Tràng Định", "Xã Thất Khê"),
        "Phường Kỳ Lừa": ("Thành phố Lạng Sơn; Huyện Cao Lộc", "Khu vực Cao Lộc"),
        "Huyện Cao Lộc": ("Tỉnh Lạng Sơn", "Khu vực Cao Lộc"),
        "Khu vực Cao Lộc": ("Huyện Cao Lộc", "Tỉnh Lạng Sơn"),
        "Ga Đồng Đăng": ("Thị trấn Đồng Đăng, Huyện Cao Lộc", "Xã Đồng Đăng"),
    }


@pytest.mark.usefixtures("_places")
def test_a_location_carries_everything_a_picker_shows() -> None:
    found = Gazetteer().geocode("Xã Hoàng Văn Thụ")
    assert (found.address, found.latitude, found.longitude) == ("Xã Hoàng Văn Thụ", 21.9654, 106.6499)
    assert found.raw == {
        "kind": "commune", "code": "06172", "slug": "xa-hoang-van-thu", "valid_from": "2025-07-01", "valid_to": None,
        "parent": "Huyện Văn Lãng", "parent_new": "Khu vực Văn Lãng", "quality": "commune_centroid",
    }  # fmt: skip


@pytest.mark.usefixtures("_places")
def test_a_zone_borrows_the_seat_of_its_district_and_says_so() -> None:
    entry = find_places("Khu vực Cao Lộc", limit=1)[0]
    assert (entry.point, entry.quality) == (Point(106.76833, 21.8665), "district_seat")


@pytest.mark.usefixtures("_places")
def test_the_nearest_known_point_comes_with_its_distance() -> None:
    near = Gazetteer().reverse("21.944, 106.697", exactly_one=False, limit=2)
    assert [(place.address, place.raw["distance_km"]) for place in near] == [
        ("Ga quốc tế Đồng Đăng", 0.01),
        ("Đền Mẫu Đồng Đăng", 0.096),
    ]
    one = Gazetteer().reverse((21.944, 106.697))
    assert one.address == "Ga quốc tế Đồng Đăng"


def test_what_is_not_there_is_none() -> None:
    gazetteer = Gazetteer()
    assert [gazetteer.geocode("Hà Nội"), gazetteer.geocode(" "), gazetteer.reverse("21, 106")] == [None, None, None]
    assert gazetteer.geocode("Hà Nội", exactly_one=False) is None


def test_a_place_without_any_point_is_named_but_never_located() -> None:
    make_venue("Nhà văn hóa xã Tân Mỹ", lon=None, lat=None, point_quality="none")
    assert [(entry.name, entry.point) for entry in find_places("tan my")] == [("Nhà văn hóa xã Tân Mỹ", None)]
    assert Gazetteer().geocode("tan my") is None


def test_a_place_in_a_commune_borrows_nearest_seat() -> None:
    district = make_area("Huyện Văn Lãng", lon=106.6151, lat=22.05639)
    commune = make_area("Xã Tân Mỹ", level="commune", parent=district)
    make_site("Cụm cổ động", area=commune, lon=None, lat=None, point_quality="none")
    entry = find_places("cum co dong")[0]
    assert (entry.parent, entry.point, entry.quality) == (
        "Xã Tân Mỹ, Huyện Văn Lãng", Point(106.6151, 22.05639), "district_seat",
    )  # fmt: skip


def test_successors_that_run_in_a_circle_end() -> None:
    first, second = make_area("Xã A", level="commune"), make_area("Xã B", level="commune")
    first.successors.add(second)
    second.successors.add(first)
    assert [(entry.name, entry.parent_new) for entry in find_places("xã")] == [("Xã A", "Xã B"), ("Xã B", "Xã A")]


def test_places_out_of_use_are_not_offered() -> None:
    make_venue("Hội trường cũ", is_active=False)
    assert find_places("hội trường cũ") == []


@pytest.mark.parametrize("places", [1, 3])
def test_the_directory_costs_five_queries(places: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(places):
        make_venue()
        make_site()
    with django_assert_num_queries(5):
        assert len(load_directory()) == 4 * places
