"""The page that waits for a calendar to be read: it tells how far the work is and goes on by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import CalendarUpload, CalendarUploadState
from tests.events.calendar_import.makers import Importer, calendar, event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_progress_is_told_and_the_preview_follows(page: Page, live_server: LiveServer) -> None:
    importer = Importer()
    upload = importer.read(calendar(event()))
    CalendarUpload.objects.update(state=CalendarUploadState.READING, done=0, total=0)
    page.goto(f"{live_server.url}/login/?next=/plans/import-calendar/{upload.token}/")
    page.fill("#id_username", importer.by.username)
    page.fill("#id_password", "mat-khau")
    page.click("main button[type=submit]")
    status = page.locator("#progress [role=status]")
    expect(status).to_have_text("Đang chờ đến lượt")
    CalendarUpload.objects.update(done=30, total=100)
    expect(status).to_have_text("30 trên 100 sự kiện")
    assert page.locator("progress").get_attribute("value") == "30"
    CalendarUpload.objects.update(state=CalendarUploadState.READY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước tệp lịch")
    page.get_by_role("button", name="Lưu 1 hoạt động").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhập lịch")
