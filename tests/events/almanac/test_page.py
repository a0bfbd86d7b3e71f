from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import FestivalState
from tests.events.almanac.makers import (
    make_day_off,
    make_election,
    make_festival,
    make_mourning,
    make_observance,
    set_days,
)
from tests.factories import make_user
from units.models import Role

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    """The page without tags, spaces folded."""
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_festival_stands_with_its_days_area_state_and_source(client: Client) -> None:
    make_festival(area="Phường Đông Kinh", checked_on=date(2026, 11, 24), note="Khoảng 114.000 lượt khách.")
    page = text_of(client, "/almanac/?year=2026")
    for stated in (
        "15/03/2026", "Chủ nhật · 27/1 ÂL", "10/03–15/03/2026", "Lễ hội Kỳ Cùng", "Phường Đông Kinh",
        "Tính theo quy tắc", "Nguồn: Báo Lạng Sơn · kiểm tra 24/11/2026", "114.000",
    ):  # fmt: skip
        assert stated in page


def test_the_clash_with_election_day_is_said(client: Client) -> None:
    make_festival()
    make_election()
    page = text_of(client, "/almanac/?year=2026")
    assert "Lễ hội Kỳ Cùng : lễ hội trùng ngày 15/03/2026 – Ngày bầu cử (ngày chính hội)" in page
    assert "trùng ngày" not in text_of(client, "/almanac/?year=2027")


def test_what_is_doubtful_set_or_unknown_says_so(client: Client) -> None:
    make_festival("phai-lua", name="Phài Lừa", rule="4/4", state=FestivalState.CONFIRM)
    make_festival("hang-vi", name="Háng Ví", rule="", state=FestivalState.CONFIRM, note="Cần hỏi cơ sở.", source="")
    season = make_festival("hoa-dao", name="Hoa Đào", rule="", state=FestivalState.YEARLY, has_eve=True)
    set_days(season, date(2026, 1, 1), date(2026, 3, 16), main=date(2026, 2, 7))
    page = text_of(client, "/almanac/?year=2026")
    for stated in (
        "cần xác nhận",
        "Đã ấn định cho năm này",
        "Chưa có ngày trong năm này",
        "Cần hỏi cơ sở.",
        "Chưa có nguồn",
    ):
        assert stated in page


def test_days_off_that_follow_each_other_are_one_row(client: Client) -> None:
    for day in (14, 15, 16):
        make_day_off(date(2026, 2, day))
    make_day_off(date(2026, 1, 10), "Làm bù", is_working=True)
    make_day_off(date(2026, 11, 24), "Ngày Văn hoá", is_confirmed=False)
    make_observance("tinh", name="Ngày thành lập tỉnh", month=11, day=4, since_year=1831, is_big=True)
    make_mourning(date(2026, 7, 25), date(2026, 7, 26))
    page = text_of(client, "/almanac/?year=2026")
    for stated in ("14/02–16/02/2026", "ngày làm bù", "195 năm", "Quốc tang : 25/07/2026 – 26/07/2026"):
        assert stated in page


def test_only_administrators_find_the_links_to_edit(client: Client) -> None:
    festival = make_festival()
    make_observance()
    make_day_off(date(2026, 2, 16))
    assert "/admin/" not in client.get("/almanac/?year=2026").content.decode()
    client.force_login(make_user("Quân", role=Role.ADMINISTRATOR, is_staff=True))
    page = client.get("/almanac/?year=2026").content.decode()
    assert f"/admin/events/festival/{festival.pk}/change/" in page
    assert "/admin/events/festivaldate/add/" in page


def test_an_empty_year_says_what_to_do(client: Client) -> None:
    assert "Hãy nạp dữ liệu nền" in text_of(client, "/almanac/")


@pytest.mark.parametrize("year", ["1899", "2101", "nay", "20260", "２０２６", "-1"])
def test_nonsense_for_a_year_is_answered_with_a_sentence(client: Client, year: str) -> None:
    page = client.get("/almanac/", {"year": year})
    assert page.status_code == 400
    assert "“year” phải là một năm từ 1901 đến 2099." in page.content.decode()


@pytest.mark.parametrize(("year", "links"), [("1901", ["next"]), ("2099", ["prev"]), ("2026", ["prev", "next"])])
def test_the_years_beside_are_one_step_away(client: Client, year: str, links: list[str]) -> None:
    page = client.get(f"/almanac/?year={year}").content.decode()
    assert re.findall(r'rel="(prev|next)" href="\?year=\d{4}"', page) == links


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    make_festival("f0", area="Xã 0")
    one = count_queries(client, "/almanac/?year=2026")
    for number in (1, 2):
        make_festival(f"f{number}", area=f"Xã {number}")
        make_observance(f"o{number}")
        make_day_off(date(2026, 2, number))
    assert count_queries(client, "/almanac/?year=2026") == one


def test_the_month_shows_festivals_with_area_lunar_date_and_doubt(client: Client) -> None:
    make_festival(area="Phường Đông Kinh")
    make_festival("phai-lua", name="Phài Lừa", rule="4/4", first_offset=0, state=FestivalState.CONFIRM)
    march, may = (text_of(client, f"/calendar/?date=2026-{month}-01&view=month") for month in ("03", "05"))
    assert march.count("Lễ hội Kỳ Cùng") == 6
    assert "Lễ hội Kỳ Cùng – Phường Đông Kinh (ngày chính hội 27/1 ÂL)" in march
    assert "Phài Lừa (ngày chính hội 4/4 ÂL) cần xác nhận" in may
    assert "cần xác nhận" not in march
