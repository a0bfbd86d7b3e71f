from __future__ import annotations

import html

import pytest
from django.test import Client

from events.models import Festival, FestivalState, Observance, ObservanceKind
from tests.events.almanac.makers import make_festival, make_observance
from tests.factories import make_user
from units.models import AuditEntry, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    """A browser of an administrator."""
    client.force_login(make_user("Quân", role=Role.ADMINISTRATOR, is_staff=True))
    return client


def festival_fields(**changes: object) -> dict[str, object]:
    fields = {
        "code": "ky-cung", "name": "Kỳ Cùng", "rule": "27/1", "is_lunar": "on", "first_offset": -5, "last_offset": 0,
        "state": FestivalState.COMPUTED, "position": 1, "source": "Báo Lạng Sơn",
    }  # fmt: skip
    return {name: value for name, value in (fields | changes).items() if value is not None}


def test_what_the_office_saves_is_marked_as_its_own_and_audited(admin: Client) -> None:
    festival = make_festival()
    page = admin.post(f"/admin/events/festival/{festival.pk}/change/", festival_fields(rule="28/1"))
    assert page.status_code == 302
    festival.refresh_from_db()
    assert (festival.rule, festival.is_edited) == ("28/1", True)
    assert AuditEntry.objects.filter(verb="change").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rule": "ngày đẹp"}, "Không hiểu «ngay dep»"),
        ({"rule": "10/1;INTERVAL=2"}, "phải nêu một năm có tổ chức"),
        ({"rule": "31/4", "is_lunar": None}, "Không có ngày 31/4 trong lịch"),
    ],
)
def test_a_rule_that_gives_no_day_is_refused(admin: Client, changes: dict[str, object], sentence: str) -> None:
    page = admin.post("/admin/events/festival/add/", festival_fields(**changes))
    assert sentence in html.unescape(page.content.decode())
    assert not Festival.objects.exists()


@pytest.mark.parametrize("changes", [{"rule": ""}, {"rule": "10/10", "is_lunar": None}, {"rule": "rằm tháng Giêng"}])
def test_a_rule_may_be_lunar_solar_or_not_known_yet(admin: Client, changes: dict[str, object]) -> None:
    assert admin.post("/admin/events/festival/add/", festival_fields(**changes)).status_code == 302
    assert Festival.objects.get().is_edited


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ({"lunar": "ngày đẹp"}, "Không hiểu «ngay dep»"),
        ({"day": 31, "month": 4}, "Không có ngày 31/4 trong lịch"),
        ({}, "Hãy nhập ngày và tháng"),
    ],
)
def test_an_observance_needs_a_day_that_exists(admin: Client, when: dict[str, object], sentence: str) -> None:
    fields = {"code": "le", "name": "Lễ", "kind": ObservanceKind.NATIONAL} | when
    page = admin.post("/admin/events/observance/add/", fields)
    assert page.status_code == 200
    assert sentence in html.unescape(page.content.decode())
    assert not Observance.objects.exists()


def test_an_observance_of_the_moon_or_of_the_sun_is_saved(admin: Client) -> None:
    solar = make_observance()
    fields = {"code": solar.code, "name": "Quốc khánh", "kind": ObservanceKind.NATIONAL, "lunar": "10/3"}
    assert admin.post(f"/admin/events/observance/{solar.pk}/change/", fields).status_code == 302
    assert Observance.objects.get().lunar == "10/3"
