"""One whole story in a browser: three activities ticked, moved, moved back and moved again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core.recurrence import Frequency, Recurrence
from events.models import Activity
from tests.factories import at, make_activity, make_area, make_campaign, make_unit, make_user
from units.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/calendar/?view=list&date=2023-08-01"


def make_plan() -> None:
    area = make_area()
    office = make_unit(areas=(area,))
    make_user("Alice", role=Role.UNIT_PLANNER, unit=office)
    keys: dict[str, Any] = {"area_id": area.pk, "lead_unit_id": office.pk, "campaign_id": make_campaign().pk}
    for title in ("Đêm hội", "Đêm thơ"):
        make_activity(title=title, **keys)
    make_activity(title="Tối thứ Ba", recurrence=Recurrence(freq=Frequency.WEEKLY, count=3), **keys)
    make_activity(title="Ở lại", **keys)


def moved() -> set[str]:
    return set(Activity.objects.filter(event__start=at(date(2023, 8, 15)).start).values_list("event__title", flat=True))


@pytest.mark.parametrize("width", [1280, 390])
def test_three_are_moved_a_week_undone_and_redone(page: Page, live_server: LiveServer, width: int) -> None:
    make_plan()
    chosen = {"Đêm hội", "Đêm thơ", "Tối thứ Ba"}
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/login/?next=/")
    page.fill("#id_username", "alice")
    page.fill("#id_password", "mat-khau")
    page.click("main button[type=submit]")
    page.goto(live_server.url + LIST)
    for title in sorted(chosen):
        page.get_by_label(f"Chọn «{title}»").first.check()
    expect(page.locator("[data-count]")).to_have_text("đã đánh dấu: 3")
    page.get_by_role("button", name="Tiếp tục").click()
    page.fill("#id_days", "7")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Dời 3 hoạt động +7 ngày").click()
    expect(page.locator(".messages")).to_contain_text("3 hoạt động đã thay đổi")
    assert moved() == chosen
    page.get_by_role("button", name="Hoàn tác: Dời 3 hoạt động +7 ngày").click()
    expect(page.locator(".messages")).to_contain_text("Dời 3 hoạt động +7 ngày")
    assert moved() == set()
    page.goto(f"{live_server.url}/campaigns/asean-2023/steps/")
    page.get_by_role("link", name="Làm lại: Dời 3 hoạt động +7 ngày").click()
    page.get_by_role("button", name="Làm lại", exact=True).click()
    page.wait_for_url(f"{live_server.url}/campaigns/asean-2023/steps/")
    assert moved() == chosen


def test_all_shown_are_ticked_by_the_keyboard(page: Page, live_server: LiveServer) -> None:
    make_plan()
    page.goto(f"{live_server.url}/login/?next=/")
    page.fill("#id_username", "alice")
    page.fill("#id_password", "mat-khau")
    page.click("main button[type=submit]")
    page.goto(live_server.url + LIST)
    page.locator("[data-all]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-count]")).to_have_text("đã đánh dấu: 4")
    page.goto(f"{live_server.url}{LIST}&select=all")
    expect(page.locator("[data-count]")).to_have_text("đã đánh dấu: 4")
