"""The page of late changes, and the ways to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import planning
from events.models import Activity, Status, UrgentChange, UrgentNotice
from tests.events.late.makers import make_link, make_soon
from tests.factories import make_area, make_planner, make_unit, make_user
from units.models import Role

pytestmark = pytest.mark.django_db

PAGE = "/feeds/late-changes/"


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(make_planner())
    return client


def call_off(activity: Activity, client: Client) -> Any:
    version = Activity.objects.get(pk=activity.pk).version
    sent = {"version": version, "status": Status.POSTPONED, "reason": "Mưa lớn"}
    return client.post(f"/activities/{activity.uid}/status/", sent, follow=True)


def test_each_change_has_its_message_and_all_have_one(browser: Client) -> None:
    first, second = make_soon(title="Đêm văn nghệ"), make_soon(5, title="Chiếu phim")
    call_off(second, browser)
    context = browser.get(PAGE).context
    assert [each.text.splitlines()[0] for each in context["messages_to_send"]] == [
        "HOÃN: Chiếu phim",
        "BỔ SUNG: Chiếu phim",
        "BỔ SUNG: Đêm văn nghệ",
    ]
    assert (context["all_count"], context["all_text"].count("Chiếu phim")) == (1, 0)
    page = browser.get(PAGE).content.decode()
    assert (page.count("<textarea"), page.count('data-copy="late-text-'), first.uid in page) == (4, 3, True)


def test_the_office_is_named_and_no_person(browser: Client) -> None:
    unit = make_unit(office_phone="0205 386 1234")
    make_user("Nga", role=Role.UNIT_PLANNER, unit=unit, phone="0912345678", email="nga@so.vn")
    make_soon(lead_unit_id=unit.pk)
    page = browser.get(PAGE).content.decode()
    assert f"Liên hệ: {unit.name}, điện thoại 0205 386 1234" in page
    assert [word in page for word in ("0912345678", "nga@so.vn", "Nga")] == [False] * 3


def test_only_what_one_may_see_and_only_two_days(browser: Client) -> None:
    draft = make_soon(title="Của huyện khác")
    Activity.objects.filter(pk=draft.pk).update(status=Status.DRAFT)
    alice = Client()
    area = make_area()
    alice.force_login(make_user("Alice", role=Role.UNIT_PLANNER, unit=make_unit(areas=(area,))))
    make_soon(title="Chung")
    assert [each.change.title for each in alice.get(PAGE).context["messages_to_send"]] == ["Chung"]
    UrgentChange.objects.update(at=timezone.now() - timedelta(hours=49))
    page = browser.get(PAGE)
    assert (page.context["messages_to_send"], page.context["all_text"]) == ([], "")


def test_what_was_mailed_and_what_was_not_is_told_without_an_address(browser: Client) -> None:
    links = [make_link(make_user(name, email=f"{name}@so.vn")) for name in ("An", "Ba", "Cu")]
    activity = make_soon()
    change, now = UrgentChange.objects.get(activity=activity), timezone.now()
    faults = ("", "unreachable", "login")
    for link, fault in zip(links, faults, strict=True):
        UrgentNotice.objects.create(
            change=change, subscription=link, claimed_at=now, sent_at=None if fault else now, fault=fault
        )
    context = browser.get(PAGE).context
    (message,) = context["messages_to_send"]
    assert (message.told, message.waiting, len(context["faults"])) == (1, 2, 2)
    page = browser.get(PAGE).content.decode()
    assert ["Máy chủ thư không trả lời" in page, "EMAIL_URL" in page, "@so.vn" in page] == [True, True, False]
    UrgentNotice.objects.update(fault="refused", sent_at=None)
    assert "từ chối một thư" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize(("kind", "told"), [("console", 1), ("dummy", 1), ("smtp", 0)])
def test_a_missing_mail_server_is_said_plainly(browser: Client, settings: Any, *, kind: str, told: int) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{kind}.EmailBackend"
    assert browser.get(PAGE).content.decode().count("Chưa đặt máy chủ thư") == told


def test_more_changes_cost_no_more_queries(browser: Client) -> None:
    counts = []
    for more in (1, 2):
        for _each in range(more):
            make_soon()
        with CaptureQueriesContext(connection) as queries:
            browser.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_saving_a_late_change_leads_to_its_message_and_another_save_does_not(browser: Client) -> None:
    page = call_off(make_soon(), browser).content.decode()
    assert (page.count(f'href="{PAGE}"'), "trong vòng 24 giờ tới" in page) == (1, True)
    UrgentChange.objects.all().delete()
    far = call_off(make_soon(72), browser).content.decode()
    assert PAGE not in far


def test_the_front_page_leads_planners_there_and_nobody_else(browser: Client, client: Client) -> None:
    make_soon()
    viewer = Client()
    viewer.force_login(make_user("Vy", role=Role.VIEWER))
    assert [f'href="{PAGE}"' in each.get("/").content.decode() for each in (browser, viewer, client)] == [
        True, False, False,
    ]  # fmt: skip


def test_markup_in_a_title_stays_text(browser: Client) -> None:
    title = "<script>alert(1)</script>"
    make_soon(title=title)
    page = browser.get(PAGE).content.decode()
    assert (title in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_undoing_is_a_change_too(browser: Client) -> None:
    activity = make_soon()
    call_off(activity, browser)
    planning.undo_step(campaign_id=activity.campaign_id, by=None)
    texts = [each.text.splitlines()[0] for each in browser.get(PAGE).context["messages_to_send"]]
    assert texts[0].startswith("DIỄN RA TRỞ LẠI")
