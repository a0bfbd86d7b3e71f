"""The main job in a real browser: sign in, plan, and meet the same activity on calendar, map, feed and paper."""

from __future__ import annotations

from datetime import date

import icalendar
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Activity
from tests.factories import make_activity, make_area, make_campaign, make_resource, make_unit, make_user, make_venue
from units.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Đêm hội «Sắc màu ASEAN» ở Đồng Đăng"


def sign_in(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/login/")
    page.fill("#id_username", "phương")
    page.fill("#id_password", "mat-khau")
    page.click("main button[type=submit]")


def choose(page: Page, field: str, words: str) -> None:
    """Find a choice of a long list by typing without marks."""
    picker = page.locator("[data-picker]").filter(has=page.locator(f"#id_{field}"))
    picker.locator("input[type=search]").fill(words)
    picker.locator("[data-choice]:visible input").check()


def plan_an_evening(page: Page, server: LiveServer, area: int) -> None:
    """Fill the form as a planner does, and save."""
    page.goto(f"{server.url}/activities/plan/?date=2023-08-08")
    page.fill("#id_title", TITLE)
    page.select_option("#id_kind", "exchange")
    page.select_option("#id_status", "confirmed")
    page.select_option("#id_area", str(area))
    page.select_option("#id_lead_unit", index=1)
    page.fill("#id_start_time", "19h30")
    page.fill("#id_end_time", "21h30")
    choose(page, "venues", "san ga")
    choose(page, "resources", "xe loa")
    page.click("button[value=save]")


@pytest.mark.timeout(120)
def test_what_is_planned_is_met_everywhere(page: Page, live_server: LiveServer) -> None:
    area = make_area("Huyện Cao Lộc", slug="huyen-cao-loc")
    office = make_unit("SVHTTDL", areas=(area,))
    make_user("Phương", role=Role.PROVINCIAL_PLANNER, unit=office)
    make_campaign()
    for number in range(9):
        make_venue(f"Nhà văn hóa {number}", area=area)
    make_venue("Sân ga Đồng Đăng", area=area)
    team = make_resource("Xe loa 1", code="XE-1")
    for number in range(2, 11):
        make_resource(f"Đội {number} huyện")
    sign_in(page, live_server)
    plan_an_evening(page, live_server, area.pk)
    page.wait_for_url(f"{live_server.url}/activities/*-*/")
    policy = page.request.get(page.url).headers["content-security-policy"]
    assert "script-src 'self'" in policy
    activity = Activity.objects.get()
    assert (activity.code, list(activity.resources.all())) == ("GL-001", [team])

    page.goto(f"{live_server.url}/calendar/?date=2023-08-08&area=huyen-cao-loc")
    expect(page.locator(".entry__title")).to_have_text([TITLE])
    page.goto(f"{live_server.url}/map/?area=huyen-cao-loc")
    expect(page.locator("[data-activities='1']")).to_be_visible()

    feed = page.request.get(f"{live_server.url}/feeds/area/huyen-cao-loc.ics")
    (event,) = icalendar.Calendar.from_ical(feed.body()).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["UID"])) == (TITLE, activity.uid)
    paper = page.request.get(f"{live_server.url}/print/area/huyen-cao-loc.pdf")
    assert paper.body().startswith(b"%PDF-")


def test_a_clash_is_told_in_words_and_nothing_typed_is_lost(page: Page, live_server: LiveServer) -> None:
    area = make_area("Huyện Cao Lộc")
    campaign = make_campaign()
    make_user("Phương", role=Role.PROVINCIAL_PLANNER, unit=make_unit(areas=(area,)))
    team = make_resource("Xe loa 1")
    for number in range(2, 11):
        make_resource(f"Đội {number} huyện")
    make_venue("Sân ga Đồng Đăng", area=area)
    for number in range(9):
        make_venue(f"Nhà văn hóa {number}", area=area)
    make_activity(campaign_id=campaign.pk, title="Đêm nhạc", resource_ids=(team.pk,))
    sign_in(page, live_server)
    plan_an_evening(page, live_server, area.pk)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Xe loa 1")
    expect(summary).to_contain_text("Đêm nhạc")
    expect(summary).to_contain_text("19h30–21h30, 08/08/2023")
    expect(page.locator("#id_title")).to_have_value(TITLE)
    assert Activity.objects.filter(event__start__date=date(2023, 8, 8)).count() == 1
