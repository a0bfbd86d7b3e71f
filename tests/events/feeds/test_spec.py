from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict

from events.feeds.addresses import private_path, public_path
from events.feeds.naming import LONGEST, feed_name
from events.feeds.spec import FeedSpec, plain_query, query_of, spec_of
from events.feeds.tokens import hash_token, hint_of, is_token, new_token
from events.programme.scope import Scope
from tests.factories import make_area, make_campaign, make_resource, make_unit, make_venue

pytestmark = pytest.mark.django_db
EVERYTHING = (
    "area=huyen-cao-loc&alone=1&kind=exchange&kind=exhibition&campaign=asean-2023&unit=TTVH&team=DOI-1&venue=NVH"
    "&status=confirmed&theme=ND1&audience=DT1&q=dong+dang&deadlines=notice&deadlines=report"
)


@pytest.fixture
def _plan() -> None:
    make_area(slug="huyen-cao-loc")
    make_campaign()
    make_unit("TTVH")
    make_resource("Đội 1", code="DOI-1")
    make_venue("Nhà văn hoá", code="NVH")


@pytest.mark.usefixtures("_plan")
def test_every_part_of_a_filter_is_read_and_written_in_one_order() -> None:
    shuffled = "&".join(reversed(EVERYTHING.split("&"))) + "&kind=exchange&utm_source=zalo"
    spec = spec_of(QueryDict(shuffled), alarm_minutes=30)
    assert spec == FeedSpec(
        scope=Scope(
            areas=("huyen-cao-loc",),
            is_alone=True,
            kinds=("exchange", "exhibition"),
            campaigns=("asean-2023",),
            units=("TTVH",),
            resources=("DOI-1",),
            venues=("NVH",),
            statuses=("confirmed",),
            themes=("ND1",),
            audiences=("DT1",),
            query="dong dang",
        ),
        deadlines=("notice", "report"),
        alarm_minutes=30,
    )
    assert query_of(spec) == EVERYTHING
    assert spec_of(query_of(spec), alarm_minutes=30) == spec


def test_addresses_that_ask_the_same_are_kept_under_one_name() -> None:
    asked = QueryDict("q=b&unit=2&x=1&unit=1&unit=&kind=exchange&unit=2&deadlines=report")
    assert plain_query(asked) == "kind=exchange&unit=1&unit=2&deadlines=report&q=b"
    assert plain_query(QueryDict("utm_source=zalo")) == ""


def test_nothing_asked_is_everything_and_alone_needs_an_area() -> None:
    assert spec_of("alone=1&deadlines=") == FeedSpec()
    assert query_of(FeedSpec()) == ""


@pytest.mark.parametrize("name", ["alone", "venue", "audience", "deadlines", "area"])
def test_what_does_not_exist_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BadRequest, match="khong-co"):
        spec_of(f"{name}=khong-co")


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ({}, "/feeds/all.ics"),
        ({"areas": ("huyen-a",)}, "/feeds/area/huyen-a.ics"),
        ({"areas": ("huyen-a",), "is_alone": True}, "/feeds/area/huyen-a/alone.ics"),
        ({"units": ("TTVH",)}, "/feeds/unit/TTVH.ics"),
        ({"resources": ("DOI-1",)}, "/feeds/team/DOI-1.ics"),
        ({"venues": ("NVH",)}, "/feeds/venue/NVH.ics"),
        ({"campaigns": ("asean",)}, "/feeds/campaign/asean.ics"),
        ({"kinds": ("exchange",)}, "/feeds/kind/exchange.ics"),
        ({"themes": ("ND1.2",)}, "/feeds/theme/ND1.2.ics"),
        ({"audiences": ("DT1",)}, "/feeds/audience/DT1.ics"),
        ({"venues": ("A/B",)}, "/feeds/filter.ics?venue=A%2FB"),
        ({"statuses": ("done",)}, "/feeds/filter.ics?status=done"),
        ({"areas": ("a", "b")}, "/feeds/filter.ics?area=a&area=b"),
        ({"areas": ("a",), "kinds": ("exchange",)}, "/feeds/filter.ics?area=a&kind=exchange"),
    ],
)
def test_a_public_feed_has_a_readable_address_where_one_fits(scope: dict[str, Any], path: str) -> None:
    assert public_path(FeedSpec(scope=Scope(**scope), alarm_minutes=5)) == path


def test_deadlines_stand_in_the_filter() -> None:
    assert public_path(FeedSpec(deadlines=("report",))) == "/feeds/filter.ics?deadlines=report"


@pytest.mark.usefixtures("_plan")
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "Lịch tuyên truyền – toàn tỉnh"),
        ("area=huyen-cao-loc", "Lịch tuyên truyền – Huyện Cao Lộc"),
        ("area=huyen-cao-loc&alone=1", "Lịch tuyên truyền – Huyện Cao Lộc (không gồm cấp dưới)"),
        ("area=huyen-cao-loc&kind=exchange&q=a", "Lịch tuyên truyền – Huyện Cao Lộc, Giao lưu, «a»"),
        ("deadlines=report", "Các hạn – toàn tỉnh"),
    ],
)
def test_a_feed_is_called_after_what_it_holds(query: str, name: str) -> None:
    assert feed_name(spec_of(query)) == name


def test_a_long_name_is_cut() -> None:
    assert len(feed_name(FeedSpec(scope=Scope(query="a" * 200)))) == LONGEST


def test_tokens_are_long_random_and_kept_as_a_hash_alone() -> None:
    tokens = {new_token() for _ in range(100)}
    assert (len(tokens), {len(token) for token in tokens}) == (100, {43})
    assert all(is_token(token) for token in tokens)
    assert [is_token(text) for text in ("", "a" * 42, "a" * 44, "a" * 42 + "\n", "ă" * 43)] == [False] * 5
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hint_of("abcdefgh") == "efgh"
    assert private_path("abc") == "/feeds/private/abc.ics"
