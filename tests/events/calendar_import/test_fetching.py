"""Calendars fetched from addresses: from allowed hosts alone, never into a private network by a trick."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import translation

from events.calendar_import import fetching
from events.calendar_import.fetching import FetchRefused, fetch_calendar, is_public, target_of
from events.models import CalendarUploadState
from events.planning.calendar_uploads import keep_calendar
from events.tasks import read_calendar_upload
from tests.events.calendar_import.makers import Importer, calendar, event

BODY = calendar(event())
HOSTS = ("lich.example", "noi-bo.example:8443")


class Answers(BaseHTTPRequestHandler):
    """A server of calendars, and of what servers do instead."""

    def do_GET(self) -> None:
        answer = getattr(self, f"answer_{self.path.strip('/').partition('?')[0]}", None)
        if answer is None:
            self.send_error(404)
        else:
            answer()

    def answer_ok(self) -> None:
        self._send(200, {"Content-Length": str(len(BODY))}, BODY)

    def answer_near(self) -> None:
        self._send(302, {"Location": "/ok?x=ă b"})

    def answer_loop(self) -> None:
        self._send(302, {"Location": "/loop"})

    def answer_far(self) -> None:
        self._send(302, {"Location": f"http://localhost:{self.headers['Host'].partition(':')[2]}/ok"})

    def answer_inside(self) -> None:
        self._send(301, {"Location": "http://169.254.169.254/latest/meta-data/"})

    def answer_packed(self) -> None:
        self._send(200, {"Content-Encoding": "gzip"}, b"\x1f\x8b")

    def answer_large(self) -> None:
        self._send(200, {}, b"x" * 2_000)

    def answer_slow(self) -> None:
        self._send(200, {})
        for _ in range(40):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _send(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value.encode().decode("latin-1"))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def refusal(address: str, hosts: tuple[str, ...] = HOSTS) -> str:
    with pytest.raises(FetchRefused) as refused:
        fetch_calendar(address, hosts)
    return str(refused.value)


def of(port: int, path: str, host: str = "127.0.0.1") -> tuple[str, tuple[str, ...]]:
    return f"http://{host}:{port}/{path}", (f"{host}:{port}",)


@pytest.mark.parametrize("path", ["ok", "near"])
def test_a_calendar_is_fetched_also_over_a_redirect_of_its_own_host(port: int, path: str) -> None:
    assert fetch_calendar(*of(port, path)) == BODY


def test_webcal_means_https_and_ports_are_those_that_are_allowed() -> None:
    target = target_of("webcal://Lich.example/a b?c=ê", HOSTS)
    assert target.address == "https://lich.example/a%20b?c=%C3%AA"
    assert (target.port, target.is_private_allowed) == (443, False)
    assert target_of("https://noi-bo.example:8443/x", HOSTS).netloc == "noi-bo.example:8443"
    assert target_of("http://[::1]:81/", ("[::1]:81",)).address == "http://[::1]:81/"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("ftp://lich.example/", "Give an address that begins with https://, http:// or webcal://."),
        ("file:///etc/passwd", "Give an address that begins with https://, http:// or webcal://."),
        ("https://lich.example/\r\nHost: x", "Give an address that begins with https://, http:// or webcal://."),
        ("https://", "Give an address that begins with https://, http:// or webcal://."),
        ("https://[x/", "This is no address of a calendar."),
        ("https://a:b@lich.example/", "The address holds a name or a password; use one without."),
        ("https://xau.example/", "Calendars may not be fetched from xau.example; ask the operator to allow it."),
        ("https://lich.example:22/", "Calendars may not be fetched from lich.example; ask the operator to allow it."),
        ("https://noi-bo.example/", "Calendars may not be fetched from noi-bo.example; ask the operator to allow it."),
        ("http://127.0.0.1/", "Calendars may not be fetched from 127.0.0.1; ask the operator to allow it."),
    ],
)
def test_an_address_that_may_not_be_asked_has_its_sentence(address: str, sentence: str) -> None:
    assert refusal(address) == sentence


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "10.0.0.7", "169.254.169.254"])
def test_an_allowed_name_that_leads_inside_is_refused_unless_its_port_is_allowed(host: str) -> None:
    sentence = f"{host} lies in a private network; ask the operator to allow it with its port."
    assert refusal(f"http://{host}/", (host,)) == sentence


def test_redirects_lead_to_no_other_server(port: int) -> None:
    both = (f"127.0.0.1:{port}", f"localhost:{port}")
    assert refusal(f"http://127.0.0.1:{port}/far", both) == "The address leads on to another server (localhost)."
    allowed = "Calendars may not be fetched from 169.254.169.254; ask the operator to allow it."
    assert refusal(*of(port, "inside")) == allowed
    assert refusal(*of(port, "loop")) == "The address leads on and on to other addresses."


def test_what_is_no_calendar_has_its_sentence(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(*of(port, "none")) == "The server answered 404 instead of a calendar."
    assert refusal(*of(port, "packed")) == "The server sent the calendar packed although it was asked not to."
    monkeypatch.setattr(fetching, "MAX_BYTES", 1_000)
    assert refusal(*of(port, "large")) == "The file is larger than 20 MB; split the calendar."


def test_a_server_that_drips_is_cut_off(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.5)
    began = time.monotonic()
    assert refusal(*of(port, "slow")) == "127.0.0.1 did not send the calendar within 30 seconds."
    assert time.monotonic() - began < 3


def test_nobody_at_home_and_no_such_name() -> None:
    sentence = "%s cannot be reached, or gives no proper answer."
    assert refusal("http://127.0.0.1:9/", ("127.0.0.1:9",)) == sentence % "127.0.0.1"
    assert refusal("https://khong-co.invalid/", ("khong-co.invalid",)) == sentence % "khong-co.invalid"


def test_a_plain_server_asked_for_https_is_no_proper_answer(port: int) -> None:
    sentence = "127.0.0.1 cannot be reached, or gives no proper answer."
    assert refusal(f"https://127.0.0.1:{port}/ok", (f"127.0.0.1:{port}",)) == sentence


def test_public_addresses() -> None:
    inside = ("127.0.0.1", "10.1.2.3", "::1", "fe80::1%eth0", "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1", "0.0.0.0")  # noqa: S104
    assert [is_public(each) for each in (*inside, "8.8.8.8", "2606:4700::1111")] == [*[False] * 8, True, True]


@pytest.mark.django_db
def test_an_upload_from_an_address_is_fetched_in_the_background(port: int, settings: Any) -> None:
    importer = Importer(language="en")
    for path, hosts, state in (
        ("ok", [f"127.0.0.1:{port}"], CalendarUploadState.READY), ("ok", [], CalendarUploadState.FAILED),
    ):  # fmt: skip
        settings.PANO_IMPORT_HOSTS = hosts
        kept = keep_calendar(
            content=b"", name="x", address=f"http://127.0.0.1:{port}/{path}", campaign=importer.campaign,
            choices=importer.choices.to_json(), by=importer.by,
        )  # fmt: skip
        read_calendar_upload.enqueue(kept.token)
        kept.refresh_from_db()
        assert kept.state == state
    assert kept.message == "Calendars may not be fetched from 127.0.0.1; ask the operator to allow it."
