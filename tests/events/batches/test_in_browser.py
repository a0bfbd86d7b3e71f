"""The whole way in a browser, with a real worker: ask for eleven papers, see them come, take them."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.batches.tasks import purge_old_batches
from tests.events.batches.makers import DATABASE_TASKS, make_areas
from tests.events.batches.workers import wait_for, worker
from tests.factories import make_planner

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


@pytest.fixture
def choice(page: Page, live_server: LiveServer, settings: Any) -> Page:
    """The page "Print" with a slow document chosen, for eleven districts."""
    settings.TASKS = DATABASE_TASKS
    settings.PANO_DOCUMENT_KINDS = settings.PANO_DOCUMENT_KINDS | {"slow": "tests.events.batches.slow.SLOW"}
    make_areas(11)
    make_planner()
    page.goto(f"{live_server.url}/login/?next=/print/%3Fdocument%3Dslow%26period%3Dquarter")
    page.fill("#id_username", "phương")
    page.fill("#id_password", "mat-khau")
    page.click("main button[type=submit]")
    return page


def begin(choice: Page) -> None:
    choice.get_by_role("button", name="Lập mỗi địa bàn đã chọn một tờ").click()
    choice.wait_for_url(re.compile(r"/print/batches/[0-9a-f]{32}/$"))


def body(page: Page, link: Locator) -> bytes:
    return page.request.get(urljoin(page.url, link.get_attribute("href"))).body()


def test_the_progress_moves_and_the_papers_can_be_taken(choice: Page, tmp_path: Path) -> None:
    with worker(tmp_path, seconds=0.4):
        purge_old_batches.enqueue()
        wait_for(DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).exists)  # it is up, as in the product
        begin(choice)
        began = time.monotonic()
        expect(choice.locator("#batch-count")).to_contain_text("trên 11 tờ")
        expect(choice.locator(".batch-part--claimed").first).to_be_visible()
        assert time.monotonic() - began < 15  # within one second where the machine is idle
        seen = set()
        while choice.locator("[data-over]").count() == 0:
            seen.add(choice.locator("#batch-count").inner_text())
            if len(seen) == 3:
                first = choice.locator(".batch-part--done a").first
                assert body(choice, first).startswith(b"%PDF-")
            choice.wait_for_timeout(100)
    assert len(seen) >= 4
    expect(choice.locator("#batch-count")).to_contain_text("11 trên 11 tờ")
    for name, start in (("Tất cả các tờ (ZIP)", b"PK"), ("Ghép thành một PDF", b"%PDF-")):
        link = choice.get_by_role("link", name=name)
        assert body(choice, link).startswith(start)


def test_cancelling_ends_it_and_nobody_at_work_is_said(choice: Page) -> None:
    begin(choice)
    choice.get_by_role("button", name="Huỷ những tờ chưa lập").click()
    expect(choice.locator("#batch-sum")).to_contain_text("Đã huỷ.")
    expect(choice.locator(".batch-part--dropped")).to_have_count(11)
