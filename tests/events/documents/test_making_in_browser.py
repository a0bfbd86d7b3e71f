"""While a paper is made the page says so."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_activity

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def choice(page: Page, live_server: LiveServer) -> Page:
    """The page "Print" with a schedule chosen; every paper takes a second and a half."""
    make_activity()

    def slowly(route: Route) -> None:
        time.sleep(1.5)
        route.continue_()

    page.route(re.compile(r"/print/document\."), slowly)
    page.goto(f"{live_server.url}/print/?document=schedule")
    return page


def test_a_bar_moves_until_the_file_is_here(choice: Page) -> None:
    bar = choice.locator("#making progress")
    expect(bar).to_be_hidden()
    with choice.expect_download() as coming:
        choice.get_by_role("link", name="Excel (.xlsx)").click()
        expect(choice.get_by_role("status").filter(has_text="Đang lập văn bản…")).to_be_visible()
        expect(bar).to_be_visible()
        assert 0 < bar.evaluate("bar => bar.value") < 1
    assert coming.value.suggested_filename == "lich.xlsx"
    expect(bar).to_be_hidden()
