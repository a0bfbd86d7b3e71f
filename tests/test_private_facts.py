"""No address tells a visitor a phone, a name of staff, a plate or an internal note."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from events.models import Activity
from events.planning.saved_filters import save_filter
from mobile_teams.models import Stop, Tour, Vehicle
from tests.events.late.makers import make_link
from tests.events.planning.branch_makers import make_branch
from tests.factories import make_user
from tests.test_addresses import ROUTES, World, make_rows
from units.models import Role, User

pytestmark = pytest.mark.django_db

SECRET: Final = "KHONGCONGKHAI"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:  # noqa: ARG001 -- makes it first
    with django_db_blocker.unblock(), transaction.atomic():
        tour = make_rows()
        activity = tour.stops.get().activity
        make_user("Nga", role=Role.UNIT_PLANNER, unit=activity.lead_unit)
        fill_with_secrets(tour)
        browsers = {"visitor": Client(), "member": member_of(activity)}
        link = make_link(User.objects.get(username="nga"), SECRET)
        save_filter(name=SECRET, query="kind=exhibition", by=link.owner)
        branch = make_branch(activity.campaign)
        yield World(tour=tour, activity=activity, branch=branch, browsers=browsers, link=link)
        transaction.set_rollback(True)


def fill_with_secrets(tour: Tour) -> None:
    User.objects.update(full_name=f"{SECRET} a", phone=f"{SECRET} b")
    Stop.objects.update(contact_name=f"{SECRET} c", contact_phone=f"{SECRET} d", lodging=f"{SECRET} e", note=SECRET)
    Vehicle.objects.update(plate=f"{SECRET} f")
    Activity.objects.update(notes=f"{SECRET} g")
    Tour.objects.filter(pk=tour.pk).update(note=f"{SECRET} h")


def member_of(activity: Activity) -> Client:
    browser = Client()
    browser.force_login(make_user("Mai", role=Role.TEAM_MEMBER, unit=activity.lead_unit))
    return browser


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type") == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).replace("\n", "")
    return str(body.decode("utf-8", "replace")).replace("\r\n ", "")


@pytest.mark.parametrize("name", [name for name in ROUTES if not name.startswith("admin:")])
def test_a_visitor_is_told_nothing_private(world: World, name: str) -> None:
    found = text_of(world.browsers["visitor"].get(world.path(ROUTES[name])))
    assert SECRET not in found


def test_the_secret_is_there_for_the_team(world: World) -> None:
    """Else the test above could not fail."""
    assert SECRET in text_of(world.browsers["member"].get(world.tour.get_absolute_url()))
