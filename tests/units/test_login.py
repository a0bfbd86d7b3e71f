from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import make_planner

pytestmark = pytest.mark.django_db


def test_signing_in_leads_back_and_signing_out_is_a_post(client: Client) -> None:
    make_planner("Alice")
    response = client.post(
        "/login/?next=/calendar/", {"username": "alice", "password": "mat-khau", "next": "/calendar/"}
    )
    assert (response.status_code, response["Location"]) == (302, "/calendar/")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/"


def test_a_wrong_password_is_told_and_the_name_kept(client: Client) -> None:
    response = client.post("/login/", {"username": "alice", "password": "sai"})
    assert (response.status_code, response.context["form"]["username"].value()) == (200, "alice")
    assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize(("environment", "password"), [("demo", "bi-mat"), ("production", None), ("test", None)])
def test_only_a_demonstration_copy_shows_its_accounts(
    client: Client, settings: Settings, *, environment: str, password: str | None
) -> None:
    settings.PANO_ENV = environment
    settings.PANO_DEMO_PASSWORD = "bi-mat"
    assert client.get("/login/").context["demo_password"] == password
