"""Liveness and the icon."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from config.context import installation
from config.health import healthz


@pytest.mark.django_db
def test_a_living_installation_says_ok(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json(), "no-store" in response.headers["Cache-Control"]) == (
        200,
        {"status": "ok"},
        True,
    )


@pytest.mark.django_db
def test_a_silent_database_is_unavailable() -> None:
    class Refusing:
        def __call__(self, *_arguments: object) -> None:
            raise OperationalError("gone")

    with connection.execute_wrapper(Refusing()):
        response = healthz(RequestFactory().get("/healthz"))
    assert response.status_code == 503


def test_browsers_find_the_icon(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"] == "/static/config/icon.svg"


def test_templates_know_the_installation() -> None:
    assert installation(RequestFactory().get("/")) == {
        "is_demo": False,
        "base_url": "http://testserver",
        "map_tile_url": "",
    }
