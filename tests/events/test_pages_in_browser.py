"""What only a browser can tell: scripts, the policy, the width of a phone. The page fixture fails on console errors."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core.recurrence import Frequency, Recurrence
from events.models import Activity
from tests.factories import make_activity, make_area, make_campaign, make_resource, make_unit, make_user, whole_days
from units.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, server: LiveServer, address: str) -> None:
    page.goto(f"{server.url}/login/?next={address}")
    page.fill("#id_username", "alice")
    page.fill("#id_password", "mat-khau")
    page.click("main button[type=submit]")


def test_alice_plans_a_show_with_a_team_found_without_marks(page: Page, live_server: LiveServer) -> None:
    area = make_area()
    make_user("Alice", role=Role.UNIT_PLANNER, unit=make_unit(areas=(area,)))
    make_campaign()
    for number in range(8):
        make_resource(f"Xe {number}")
    team = make_resource("Đội Đồng Đăng")
    sign_in(page, live_server, "/activities/plan/?date=2023-08-08")
    page.fill("#id_title", "Đêm văn nghệ")
    page.fill("#id_code", "CL-01")
    page.select_option("#id_area", str(area.pk))
    page.select_option("#id_lead_unit", index=1)
    page.fill("#id_start_time", "19h30")
    page.fill("#id_end_time", "21h30")
    picker = page.locator("[data-picker]").filter(has=page.locator("#id_resources"))
    picker.locator("input[type=search]").fill("dong dang")
    picker.locator("[data-choice]:visible input").check()
    page.click("button[value=save]")
    page.wait_for_url(f"{live_server.url}/activities/*-*/")
    activity = Activity.objects.get()
    assert list(activity.resources.all()) == [team]
    page.goto(f"{live_server.url}/calendar/?date=2023-08-08")
    assert page.locator(".entry__title").all_inner_texts() == ["Đêm văn nghệ"]


@pytest.mark.parametrize(
    "address", ["/", "/calendar/", "/calendar/?view=week", "/calendar/?view=list", "/design/", "/login/"]
)
def test_no_page_is_wider_than_a_small_phone(page: Page, live_server: LiveServer, address: str) -> None:
    make_activity(title="Tuyên truyền lưu động " * 8, recurrence=Recurrence(freq=Frequency.WEEKLY, count=4))
    make_activity(**whole_days(date(2023, 8, 1), date(2023, 8, 31)))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_only_fields_of_the_chosen_repetition_are_shown(page: Page, live_server: LiveServer) -> None:
    make_user("Alice", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area(),)))
    sign_in(page, live_server, "/activities/plan/")
    expect(page.locator("#id_repeat_until")).to_be_hidden()
    shown = {}
    for repeat in ("none", "weekly", "month_day"):
        page.select_option("#id_repeat", repeat)
        shown[repeat] = [page.is_visible(f"#id_repeat_{name}") for name in ("until", "month_days", "ordinal")]
    assert shown == {"none": [False, False, False], "weekly": [True, False, False], "month_day": [True, True, False]}
    page.check("#id_all_day")
    assert page.is_visible("#id_start_time") is False


def test_days_are_written_as_here_whatever_the_browser_speaks(page: Page, live_server: LiveServer) -> None:
    make_user("Alice", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area(),)))
    sign_in(page, live_server, "/activities/plan/?date=2023-08-08")
    first, last = page.locator("#id_start_date"), page.locator("#id_end_date")
    last.fill("9-8-2023")
    last.blur()
    assert (first.input_value(), last.input_value()) == ("08/08/2023", "09/08/2023")
    page.locator(".day-field input[type=date]").nth(1).fill("2023-08-10")
    assert last.input_value() == "10/08/2023"
    assert page.locator(".day-field .field__help").nth(1).inner_text() == "Thứ Năm"


def test_the_address_of_a_feed_is_copied_by_one_press(page: Page, live_server: LiveServer) -> None:
    area = make_area()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/feeds/?area={area.slug}")
    page.click("[data-copy]")
    page.get_by_role("button", name="Đã chép").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#feed-address").input_value()
