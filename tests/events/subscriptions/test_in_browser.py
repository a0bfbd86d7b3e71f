"""Subscribing as a person does it: pick, copy, and the address that was copied answers with a calendar."""

from __future__ import annotations

from typing import Any

import icalendar
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import UrgentChange
from tests.events.late.makers import make_soon
from tests.factories import make_area, make_planner, make_unit, make_user
from units.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def true_address(settings: Any, live_server: LiveServer, page: Page) -> None:
    settings.PANO_BASE_URL = live_server.url
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def sign_in(page: Page, server: LiveServer, name: str) -> None:
    page.goto(f"{server.url}/login/?next=/feeds/mine/")
    page.fill("#id_username", name)
    page.fill("#id_password", "mat-khau")
    page.click("main button[type=submit]")


def copied(page: Page) -> str:
    page.click("[data-copy]")
    page.get_by_role("button", name="Đã chép").wait_for()
    text = str(page.evaluate("navigator.clipboard.readText()"))
    assert text == page.locator("#feed-address, textarea").first.input_value()
    return text


def titles(page: Page, address: str) -> list[str]:
    """The titles in the calendar that the address answers with."""
    answer = page.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")]


def test_a_visitor_picks_an_area_by_keyboard_copies_the_address_and_it_answers(
    page: Page, live_server: LiveServer
) -> None:
    area = make_area("Huyện Cao Lộc", slug="huyen-cao-loc")
    make_soon(area_id=area.pk, title="Chiếu phim")
    make_soon(area_id=make_area("Huyện Lộc Bình").pk, title="Ở huyện khác")
    page.goto(f"{live_server.url}/feeds/")
    page.get_by_label("Tìm (không cần gõ dấu)").fill("cao loc")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Huyện Cao Lộc").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Địa bàn: Huyện Cao Lộc")).to_be_visible()
    assert titles(page, copied(page)) == ["Chiếu phim"]
    page.get_by_text("Google Lịch", exact=True).first.click()
    expect(page.get_by_text("bấm dấu + rồi chọn «Từ URL»")).to_be_visible()


def test_a_private_link_is_made_shown_once_renewed_and_revoked(page: Page, live_server: LiveServer) -> None:
    unit = make_unit()
    make_user("Alice", role=Role.TEAM_MEMBER, unit=unit)
    make_soon(lead_unit_id=unit.pk, title="Việc nội bộ", is_public=False)
    sign_in(page, live_server, "alice")
    page.get_by_role("link", name="Tạo liên kết riêng").first.click()
    page.fill("#id_name", "Điện thoại")
    page.get_by_role("button", name="Tạo liên kết và hiện đường dẫn").click()
    first = copied(page)
    assert titles(page, first) == ["Việc nội bộ"]
    page.get_by_role("link", name="Tôi đã chép xong").click()
    assert first.rpartition("/")[2].removesuffix(".ics") not in page.content()
    expect(page.get_by_text("lần tải gần nhất của ứng dụng bạn")).to_be_visible()
    page.get_by_role("link", name="Đổi đường dẫn").click()
    page.get_by_role("button", name="Lấy đường dẫn mới").click()
    second = copied(page)
    assert (page.request.get(first).status, titles(page, second)) == (404, ["Việc nội bộ"])
    page.get_by_role("link", name="Tôi đã chép xong").click()
    page.get_by_role("link", name="Thu hồi").click()
    page.get_by_role("button", name="Thu hồi").click()
    expect(page.get_by_text("Đã thu hồi «Điện thoại»")).to_be_visible()
    assert page.request.get(second).status == 404


def test_a_message_about_a_late_change_is_copied_whole(page: Page, live_server: LiveServer) -> None:
    make_planner("Phuong")
    make_soon(title="Chiếu phim")
    assert UrgentChange.objects.count() == 1
    sign_in(page, live_server, "phuong")
    page.goto(f"{live_server.url}/feeds/late-changes/")
    assert copied(page).splitlines()[0] == "BỔ SUNG: Chiếu phim"


@pytest.mark.parametrize(
    "address", ["/feeds/", "/feeds/?all=1", "/feeds/?what=theme", "/feeds/mine/", "/feeds/late-changes/"]
)
def test_no_page_is_wider_than_a_small_phone(page: Page, live_server: LiveServer, address: str) -> None:
    make_planner("Phuong")
    make_soon(title="Tuyên truyền lưu động " * 8)
    sign_in(page, live_server, "phuong")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
