"""The map in Chromium under the strict policy; the `page` fixture fails on console errors and outside requests."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_activity, make_face, make_site, make_venue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAP = "#map_pano"


def open_map(page: Page, live_server: LiveServer, query: str = "") -> None:
    page.goto(f"{live_server.url}/map/{query}")
    expect(page.locator(f"{MAP}[data-activities]")).to_be_visible()


def test_an_activity_is_found_by_keyboard_and_its_text_stays_text(page: Page, live_server: LiveServer) -> None:
    make_activity(title="Đêm <img src=x onerror=alert(1)>", venue_ids=(make_venue("Hội trường A").pk,))
    open_map(page, live_server)
    pin = page.locator(f"{MAP} .map-pin")
    expect(pin).to_have_text("L")
    page.locator(f"{MAP} .map-icon").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-popup h2")).to_have_text("Đêm <img src=x onerror=alert(1)>")
    expect(page.locator(".map-popup dd").first).to_have_text("Thứ Ba, 19h30–21h30, 08/08/2023 (22/6 ÂL)")
    expect(page.locator(".leaflet-popup-close-button")).to_have_attribute("aria-label", "Đóng")
    page.keyboard.press("Escape")
    expect(page.locator(".map-popup")).to_have_count(0)


def test_what_is_not_on_the_map_is_counted_and_listed(page: Page, live_server: LiveServer) -> None:
    make_activity(venue_ids=(make_venue().pk,))
    make_activity(title="Treo băng rôn", site_ids=(make_site("Ngã ba", lon=None, lat=None).pk,))
    open_map(page, live_server)
    expect(page.locator("#map-count")).to_contain_text("1 buổi trên bản đồ, 1 chưa có toạ độ")
    expect(page.locator("#map-status")).to_have_text("Hoạt động: 1 trên bản đồ, 1 chưa có toạ độ.")
    expect(page.locator("#map-omitted li")).to_have_text("Treo băng rôn – Địa điểm chưa có toạ độ: Ngã ba.")


def test_other_layers_come_when_asked_for(page: Page, live_server: LiveServer) -> None:
    make_activity(venue_ids=(make_venue(lon=106.5, lat=22.2).pk,))
    make_face()
    open_map(page, live_server)
    expect(page.locator(f"{MAP} .map-face")).to_have_count(0)
    page.get_by_label("Mặt bảng cổ động").check()
    expect(page.locator(f"{MAP}[data-faces='1']")).to_be_visible()
    page.get_by_label("Hoạt động", exact=True).uncheck()
    expect(page.locator(f"{MAP} .map-pin")).to_have_count(0)


def test_the_basemap_is_drawn_without_tiles(page: Page, live_server: LiveServer) -> None:
    open_map(page, live_server)
    expect(page.locator(f"{MAP} .map-label-commune")).to_have_count(65)
    expect(page.locator(f"{MAP} .leaflet-control-attribution")).to_have_text(
        "Ranh giới gần đúng, không có giá trị pháp lý · © OpenStreetMap contributors"
    )
    expect(page.locator(f"{MAP} canvas")).not_to_have_count(0)


def test_many_in_one_place_are_one_count(page: Page, live_server: LiveServer) -> None:
    venue, campaign = make_venue(), make_activity().campaign_id
    for _ in range(3):
        make_activity(campaign_id=campaign, venue_ids=(venue.pk,))
    open_map(page, live_server)
    # While the map moves to the places, the former count fades out beside the new one; a list is asked until it fits.
    expect(page.locator(f"{MAP} .map-cluster")).to_have_text(["3"])


def test_a_layer_that_fails_is_told(page: Page, live_server: LiveServer) -> None:
    page.route("**/venues.geojson*", lambda route: route.fulfill(status=200, body="không phải JSON"))
    open_map(page, live_server)
    page.get_by_label("Địa điểm", exact=True).check()
    expect(page.locator("#map-error")).to_have_text(
        "Không tải được lớp «Địa điểm». Hãy kiểm tra kết nối rồi tải lại trang."
    )


def test_on_a_phone_nothing_runs_off_the_side(page: Page, live_server: LiveServer) -> None:
    make_activity(venue_ids=(make_venue().pk,))
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, live_server)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
