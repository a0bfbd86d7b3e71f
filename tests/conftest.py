"""Fixtures that every app's tests may use; apps keep makers of their own in tests/<app>/."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import hypothesis
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from config.catalogs import compile_catalogs
from tests.sources import BASE_DIR

hypothesis.settings.register_profile("pano", deadline=None)  # a busy machine is no fault of the code
if not os.environ.get("CI"):  # there hypothesis has a repeatable profile of its own
    hypothesis.settings.load_profile("pano")
compile_catalogs(BASE_DIR)  # before Django reads the first message

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(autouse=True)
def forgotten_feeds() -> None:
    """What a process keeps of feeds is right while the marks of changes are: a test rolled back leaves equal ones."""
    from events.feeds.building import visitors_joining
    from events.feeds.keeping import MEMORY
    from events.feeds.rates import RATES
    from events.feeds.subscriptions import forget_subscribers

    MEMORY.clear()
    visitors_joining.cache_clear()
    RATES.clear()
    forget_subscribers()


QUIET_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOCAL_HOSTS = {"localhost", "127.0.0.1"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, one for the whole session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET_CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a fresh page. The test fails if it logs a console error or asks for anything outside this machine."""
    context = chromium.new_context(
        locale="en-US", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1280, "height": 900}
    )
    faults: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    def note_request(request: Request) -> None:
        if urlsplit(request.url).scheme.startswith("http") and urlsplit(request.url).hostname not in LOCAL_HOSTS:
            faults.append(f"outside: {request.url}")

    opened = context.new_page()
    opened.on("console", note_console)
    opened.on("pageerror", lambda error: faults.append(f"script: {error}"))
    context.on("request", note_request)
    yield opened
    context.close()
    assert faults == []
