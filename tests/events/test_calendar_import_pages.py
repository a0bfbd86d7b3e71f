"""The pages of a calendar that comes in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from events.models import Activity, CalendarUpload, CalendarUploadState
from tests.events.calendar_import.makers import calendar, event
from tests.factories import make_area, make_campaign, make_planner, make_unit, make_user
from units.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db
FORM = "/plans/import-calendar/"


@pytest.fixture(autouse=True)
def english(client: Client) -> Iterator[None]:
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def answers() -> dict[str, object]:
    area = make_area()
    return {
        "campaign": make_campaign("nhap-lich").pk,
        "area": area.pk,
        "lead_unit": make_unit(areas=(area,)).pk,
        "kind": "exchange",
        "status": "draft",
        "is_public": "on",
    }


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(make_planner())
    return client


def upload(client: Client, content: bytes, answers: dict[str, object]) -> HttpResponse:
    file = SimpleUploadedFile("lich.ics", content)
    return client.post(FORM, {**answers, "file": file}, follow=True)  # type: ignore[return-value]


def address() -> str:
    return f"{FORM}{CalendarUpload.objects.get().token}/"


def test_upload_preview_save(planner: Client, answers: dict[str, object]) -> None:
    preview = upload(planner, calendar(event(summary="<script>alert(1)</script>")), answers).content.decode()
    assert ("Save 1 activity" in preview, Activity.objects.count()) == (True, 0)
    assert ("&lt;script&gt;alert(1)&lt;/script&gt;" in preview, "<script>alert" in preview) == (True, False)
    done = planner.post(f"{address()}save/", follow=True).content.decode()
    assert ("The calendar was imported" in done, Activity.objects.count()) == (True, 1)
    assert CalendarUpload.objects.get().content in (b"", memoryview(b""))
    assert planner.post(f"{address()}save/", follow=True).status_code == 200
    assert Activity.objects.count() == 1


def test_a_file_that_is_no_calendar_gets_a_sentence(planner: Client, answers: dict[str, object]) -> None:
    page = upload(planner, b"PK\x03\x04", answers).content.decode()
    assert "This is no calendar file: it has no BEGIN:VCALENDAR." in page
    again = planner.post(f"{address()}retry/", follow=True).content.decode()
    assert "This is no calendar file" in again


def test_the_form_names_what_is_missing(planner: Client, answers: dict[str, object]) -> None:
    page = planner.post(FORM, answers | {"area": ""}).content.decode()
    assert ("Choose the calendar file to import." in page, "Please fill this in." in page) == (True, True)


def test_a_unit_plans_only_in_its_own_area(client: Client, answers: dict[str, object]) -> None:
    own = make_area()
    unit = make_unit(areas=(own,))
    client.force_login(make_user("Carol", role=Role.UNIT_PLANNER, unit=unit))
    assert "Select a valid choice" in upload(client, calendar(event()), answers).content.decode()
    page = upload(client, calendar(event()), answers | {"area": own.pk, "lead_unit": unit.pk}).content.decode()
    assert "Save 1 activity" in page
    client.force_login(make_planner())
    assert client.get(address()).status_code == 404


def test_work_that_was_killed_can_be_begun_again(planner: Client, answers: dict[str, object]) -> None:
    upload(planner, calendar(event()), answers)
    CalendarUpload.objects.update(state=CalendarUploadState.SAVING)
    assert "Events gone through" in planner.get(address()).content.decode()
    assert planner.get(f"{address()}progress.json").json() == {
        "state": "saving", "done": 0, "total": 0, "silent": False,
    }  # fmt: skip
    planner.post(f"{address()}retry/")
    assert CalendarUpload.objects.get().state == "saving"
    CalendarUpload.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    assert "This work has stopped" in planner.get(address()).content.decode()
    assert "Save 1 activity" in planner.post(f"{address()}retry/", follow=True).content.decode()
    CalendarUpload.objects.update(state=CalendarUploadState.READING, seen_at=timezone.now() - timedelta(minutes=3))
    assert "Save 1 activity" in planner.post(f"{address()}retry/", follow=True).content.decode()


def test_an_import_can_be_given_up(planner: Client, answers: dict[str, object]) -> None:
    upload(planner, calendar(event()), answers)
    assert planner.post(f"{address()}discard/")["Location"] == f"{FORM}?campaign=nhap-lich"
    assert CalendarUpload.objects.count() == 0


def test_lines_are_shown_by_outcome_and_page(planner: Client, answers: dict[str, object]) -> None:
    parts = [event(uid=f"u{number}", summary=f"Buổi {number:03}") for number in range(120)]
    upload(planner, calendar(*parts, event(uid="x", start="DTSTART:?")), answers)
    page = planner.get(f"{address()}?outcome=new&page=2").content.decode()
    assert ("Buổi 119" in page, "Buổi 000" in page, "Page 2 of 2" in page) == (True, False, True)
    assert "DTSTART has the value “?”" in planner.get(f"{address()}?outcome=refused").content.decode()


def test_the_campaign_page_leads_here(planner: Client, answers: dict[str, object]) -> None:
    assert f'href="{FORM}?campaign=nhap-lich"' in planner.get("/campaigns/nhap-lich/").content.decode()
    form = planner.get(f"{FORM}?campaign=nhap-lich").content.decode()
    assert f'<option value="{answers["campaign"]}" selected>' in form


def test_an_address_is_asked_for_only_where_the_operator_allows_hosts(
    planner: Client, answers: dict[str, object], settings: Any
) -> None:
    assert 'name="address"' not in planner.get(FORM).content.decode()
    settings.PANO_IMPORT_HOSTS = ["lich.example"]
    assert 'name="address"' in planner.get(FORM).content.decode()
    page = planner.post(FORM, answers | {"address": "https://xau.example/"}).content.decode()
    assert "Calendars may not be fetched from xau.example" in page
    failed = planner.post(FORM, answers | {"address": "https://lich.example/"}, follow=True).content.decode()
    assert "lich.example cannot be reached, or gives no proper answer." in failed
