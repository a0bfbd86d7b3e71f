"""The page on which somebody who has never done it subscribes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.recurrence import Frequency, Recurrence
from events.feeds.addresses import public_path
from events.feeds.spec import spec_of
from events.models import ActivityKind, Status
from events.views.feed_options import WHATS
from tests.events.late.makers import make_soon, soon
from tests.factories import (
    at,
    make_activity,
    make_area,
    make_campaign,
    make_planner,
    make_resource,
    make_unit,
    make_venue,
)
from units.models import Unit
from venues.models import Area, AreaLevel

pytestmark = pytest.mark.django_db


@pytest.fixture
def cao_loc() -> Area:
    return make_area("Huyện Cao Lộc", slug="huyen-cao-loc")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_areas_stand_in_groups_and_are_found_without_marks(client: Client, cao_loc: Area) -> None:
    make_area("Xã Cao Lâu", slug="xa-cao-lau", level=AreaLevel.COMMUNE, valid_to=date(2025, 6, 30))
    make_area("Huyện Lộc Bình", slug="huyen-loc-binh")
    groups = client.get("/feeds/", {"find": "cao"}).context["groups"]
    assert [([option.query for option in group.options], group.is_open) for group in groups] == [
        ([f"area={cao_loc.slug}"], True),
        (["area=xa-cao-lau"], True),
    ]
    assert groups[1].title.endswith("30/06/2025)")


def test_every_kind_of_choice_leads_to_its_feed(client: Client, cao_loc: Area) -> None:
    make_resource("Đội Cao Lộc", code="doi-cl")
    make_venue("Nhà văn hoá", area=cao_loc, code="nvh")
    make_campaign("kh-1", lead_unit_id=make_unit("so").pk)
    found = {}
    for what in WHATS:
        groups = client.get("/feeds/", {"what": what}).context["groups"]
        found[what] = [option.query for group in groups for option in group.options]
    found["unit"].sort()
    assert found == {
        "area": ["area=huyen-cao-loc"],
        "unit": sorted(f"unit={code}" for code in Unit.objects.values_list("code", flat=True)),
        "team": ["team=doi-cl"],
        "venue": ["venue=nvh"],
        "campaign": ["campaign=kh-1"],
        "kind": [f"kind={kind}" for kind in ActivityKind.values],
        "theme": ["campaign=kh-1&theme=ND1", "campaign=kh-1&theme=ND2"],
        "audience": ["campaign=kh-1&audience=DT1"],
    }
    for queries in found.values():
        answer = client.get(f"/feeds/?{queries[0]}")
        assert answer.context["link"].address == f"http://testserver{public_path(spec_of(queries[0]))}"


def test_the_chosen_feed_is_there_to_be_taken_in_every_form(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk)
    answer = client.get("/feeds/", {"area": cao_loc.slug})
    link, page = answer.context["link"], text_of(answer)
    assert (link.title, link.is_local, link.is_private) == ("Địa bàn: Huyện Cao Lộc", False, False)
    assert page.count(f'value="{link.address}"') == page.count(f'href="{link.address}"') == 1
    assert link.webcal == link.address.replace("http://", "webcal://")
    assert page.count(f'href="{link.webcal}"') == 1
    assert page.count('src="data:image/svg+xml') == 1
    assert "localhost" not in page


def test_the_whole_province_is_one_press_away(client: Client) -> None:
    make_activity()
    assert 'href="?all=1#chosen"' in text_of(client.get("/feeds/"))
    answer = client.get("/feeds/?all=1")
    assert (answer.context["preview"].count, answer.context["link"].address) == (
        1, f"http://testserver{public_path(spec_of(''))}",
    )  # fmt: skip


def test_what_it_holds_is_counted_and_the_next_three_are_named(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk, interval=at(date(2023, 8, 8)))
    make_soon(-1, area_id=cao_loc.pk, title="Đang diễn ra")
    make_activity(area_id=cao_loc.pk, interval=soon(2), recurrence=Recurrence(freq=Frequency.DAILY, count=5))
    make_soon(1, area_id=cao_loc.pk, title="Đã huỷ", status=Status.CANCELLED)
    make_soon(1, area_id=cao_loc.pk, title="Nháp", status=Status.DRAFT)
    preview = client.get("/feeds/", {"area": cao_loc.slug}).context["preview"]
    assert (preview.count, preview.coming) == (7, 6)
    assert [entry.interval.start for entry in preview.upcoming] == [soon(2 + 24 * day).start for day in range(3)]


def test_free_text_is_counted_by_reading(client: Client, cao_loc: Area) -> None:
    make_soon(2, area_id=cao_loc.pk, title="Chiếu phim")
    make_soon(3, area_id=cao_loc.pk, title="Văn nghệ")
    preview = client.get("/feeds/", {"q": "chieu phim"}).context["preview"]
    assert (preview.count, preview.coming, [entry.title for entry in preview.upcoming]) == (1, 1, ["Chiếu phim"])


def test_an_area_is_followed_with_or_without_what_lies_below(client: Client, cao_loc: Area) -> None:
    below = make_area("Xã Hợp Thành", level=AreaLevel.COMMUNE, parent=cao_loc)
    make_activity(area_id=cao_loc.pk)
    make_activity(area_id=below.pk)
    counts = {}
    for alone in ("", "&alone=1"):
        answer = client.get(f"/feeds/?area={cao_loc.slug}{alone}")
        counts[alone] = (answer.context["preview"].count, answer.context["link"].title)
    assert counts == {
        "": (2, "Địa bàn: Huyện Cao Lộc"),
        "&alone=1": (1, "Địa bàn: Huyện Cao Lộc (không gồm địa bàn trực thuộc)"),
    }


def test_the_filter_of_the_calendar_keeps_all_it_says(client: Client, cao_loc: Area) -> None:
    query = f"area={cao_loc.slug}&kind=exhibition"
    answer = client.get(f"/feeds/?{query}")
    assert answer.context["link"].title == "Địa bàn: Huyện Cao Lộc; Loại hoạt động: Triển lãm"
    assert answer.context["query"] == query
    page = text_of(answer)
    assert ("/feeds/mine/" in page, "/feeds/filters/" in page) == (False, False)
    client.force_login(make_planner())
    page = text_of(client.get(f"/feeds/?{query}"))
    told = query.replace("&", "&amp;")
    assert [f'href="/feeds/{path}?{told}"' in page for path in ("mine/new/", "filters/save/")] == [True, True]


def test_each_program_has_its_steps_and_its_true_delay(client: Client) -> None:
    page = text_of(client.get("/feeds/"))
    names = ("Google Lịch", "iPhone, iPad", "ICSx⁵, DAVx⁵", "Outlook trên web", "bản cổ điển", "Máy Mac", "Thunderbird")
    delays = (
        "8 đến 24 giờ", "mỗi ngày một lần", "15 phút đến một tuần", "có khi hơn 24 giờ", "Gửi/Nhận", "5 phút đến",
        "30 phút",
    )  # fmt: skip
    assert [name in page for name in (*names, *delays)] == [True] * 14
    assert "Vì vậy, thay đổi trong vòng 24 giờ tới được báo thêm bằng cách khác" in page
    client.cookies["django_language"] = "en"
    english = text_of(client.get("/feeds/"))
    assert [text in english for text in ("8 to 24 hours", "From URL", "told another way too")] == [True] * 3


def test_a_feed_that_only_this_computer_reaches_says_so(client: Client, settings: Any) -> None:
    settings.PANO_BASE_URL = "http://localhost:8000"
    assert "chỉ phần mềm trên chính máy tính này" in text_of(client.get("/feeds/?all=1"))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("area=khong-co", 400),
        ("what=khong-co", 400),
        ("find=khong+co", 200),
        ("what=venue", 200),
        ("find=" + "a" * 999, 200),
    ],
)
def test_an_unknown_choice_is_a_bad_request_and_an_empty_search_a_sentence(
    client: Client, query: str, status: int
) -> None:
    assert client.get(f"/feeds/?{query}").status_code == status


def test_deadlines_have_no_public_feed(client: Client) -> None:
    answer = client.get("/feeds/?deadlines=report")
    assert (answer.status_code, "link" in answer.context) == (200, False)


def test_markup_in_a_name_and_in_a_search_stays_text(client: Client) -> None:
    make_campaign("kh-1", name="<script>alert(1)</script>")
    page = text_of(client.get("/feeds/?what=campaign&find=<script>"))
    assert ("<script>alert" in page, page.count("&lt;script&gt;") > 0) == (False, True)


@pytest.mark.parametrize("what", WHATS)
def test_more_choices_cost_no_more_queries(client: Client, what: str) -> None:
    counts = []
    for number in range(2):
        for each in range(1 + number):
            make_campaign(f"kh-{number}-{each}")
            make_venue()
            make_resource()
        with CaptureQueriesContext(connection) as queries:
            client.get("/feeds/", {"what": what})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_without_a_choice_choosing_comes_before_the_explanations(client: Client, cao_loc: Area) -> None:
    page, chosen = (text_of(client.get(f"/feeds/{query}")) for query in ("", f"?area={cao_loc.slug}"))
    assert page.index('id="option-query"') < page.index('id="steps-title"')
    assert chosen.index('id="chosen-title"') < chosen.index('id="steps-title"') < chosen.index('id="option-query"')
