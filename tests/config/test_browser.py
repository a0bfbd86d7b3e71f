"""The strict policy in a real browser: our style by its nonce, no script that was not served by us."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD_INLINE_SCRIPT = """() => {
    const script = document.createElement("script");
    script.textContent = "window.wasRun = true";
    document.head.append(script);
    return window.wasRun === true;
}"""


def test_a_page_without_faults_passes(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/healthz")
    assert page.inner_text("body").strip() == '{"status": "ok"}'


def test_an_error_page_is_styled_and_runs_no_inline_script(chromium: Browser, live_server: LiveServer) -> None:
    with chromium.new_context(locale="en-US") as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/khong-co-trang-nay/")
        width = page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth")
        assert (page.inner_text("h1"), width, page.evaluate(ADD_INLINE_SCRIPT)) == ("Không tìm thấy", "1344px", False)
