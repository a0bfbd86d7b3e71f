import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import override_settings

from tests.factories import make_venue
from venues.geocoding import geocoder

pytestmark = pytest.mark.django_db


class Nominatim(BaseHTTPRequestHandler):
    """A server on this machine that knows Hà Nội."""

    def do_GET(self) -> None:
        wanted = parse_qs(urlsplit(self.path).query)["q"][0]
        known = [{"display_name": "Hà Nội", "lat": "21.03", "lon": "105.85"}] if wanted == "Hà Nội" else []
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(known).encode())

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""


@pytest.fixture
def nominatim() -> Iterator[str]:
    """The address of a running server."""
    server = HTTPServer(("127.0.0.1", 0), Nominatim)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@override_settings(NOMINATIM_URL="")
def test_without_an_address_only_the_gazetteer_is_asked() -> None:
    make_venue("Hội trường A")
    geocode = geocoder()
    found = geocode("hoi truong a")
    assert (found and found.address, geocode("Hà Nội")) == ("Hội trường A", None)


def test_a_configured_server_is_asked_for_what_is_not_ours(nominatim: str) -> None:
    found = geocoder(nominatim)("Hà Nội")
    assert found is not None
    assert (found.address, found.latitude, found.longitude) == ("Hà Nội", 21.03, 105.85)


def test_our_own_places_are_not_sent_out(nominatim: str) -> None:
    make_venue("Hà Nội phố")
    found = geocoder(nominatim)("Hà Nội")
    assert found is not None
    assert found.address == "Hà Nội phố"


def test_a_server_that_fails_counts_as_nothing_found(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("WARNING", logger="venues.geocoding"):
        assert geocoder("http://127.0.0.1:9")("Hà Nội") is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
