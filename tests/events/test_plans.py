"""The pages of the plan's workbook."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from openpyxl import load_workbook

from core.intervals import LOCAL_ZONE
from events.models import Activity, PlanUpload, Status
from events.planning.uploads import keep_upload, purge_uploads
from events.views import plans
from tests.events.workbook.makers import Rows, World, activity_row, make_world
from tests.factories import make_activity, make_area, make_planner, make_unit, make_user
from units.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db
IMPORT, CONFIRM = "/plans/import/", "/plans/import/confirm/"


@pytest.fixture(autouse=True)
def world() -> World:
    return make_world()


@pytest.fixture(autouse=True)
def english(client: Client) -> Iterator[None]:
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def planner(client: Client) -> Client:
    client.force_login(make_planner())
    return client


def upload(client: Client, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("ke-hoach.xlsx", content)
    return client.post(IMPORT, {"workbook": file})  # type: ignore[return-value]


def test_a_visitor_signs_in_first(client: Client) -> None:
    response = client.get(IMPORT)
    assert (response.status_code, response["Location"]) == (302, "/login/?next=/plans/import/")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TEAM_MEMBER, Role.APPROVER])
def test_who_does_not_plan_is_refused(client: Client, role: str) -> None:
    client.force_login(make_user("Charlie", role=role))
    statuses = [client.get(path).status_code for path in (IMPORT, "/plans/template.xlsx", "/plans/x.xlsx")]
    assert [*statuses, client.post(CONFIRM).status_code] == [403, 403, 403, 403]


def test_upload_preview_confirm(planner: Client) -> None:
    preview = upload(planner, Rows().content())
    assert (preview.status_code, Activity.objects.count()) == (200, 0)
    token = PlanUpload.objects.get().token
    assert token in preview.content.decode()
    done = planner.post(CONFIRM, {"token": token})
    assert (done.status_code, Activity.objects.count(), PlanUpload.objects.count()) == (200, 1, 0)
    assert planner.post(CONFIRM, {"token": token}).status_code == 404


def test_the_preview_names_what_changes(planner: Client) -> None:
    upload(planner, Rows().content())
    planner.post(CONFIRM, {"token": PlanUpload.objects.get().token})
    page = upload(planner, Rows(activities=[activity_row(Giờ_kết_thúc="22h00")]).content()).content.decode()
    assert "<td>Giờ kết thúc</td><td>21h30</td><td>22h00</td>" in page
    same = upload(planner, Rows().content()).content.decode()
    assert ("importing it changes nothing" in same, "Import now" in same) == (True, False)


def test_problems_are_shown_and_nothing_is_kept(planner: Client) -> None:
    response = upload(planner, Rows(activities=[activity_row(Địa_bàn="<b>Sao Hoả</b>")]).content())
    assert (response.status_code, PlanUpload.objects.count()) == (200, 0)
    assert "No area is called “&lt;b&gt;Sao Hoả&lt;/b&gt;” on 08/08/2023." in response.content.decode()


def test_many_problems_are_shown_in_part(planner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "SHOWN_PROBLEMS", 2)
    rows = [activity_row(f"A{number}", Địa_bàn="?") for number in range(5)]
    assert "And 3 more problems." in upload(planner, Rows(activities=rows).content()).content.decode()


def test_no_file_and_a_too_large_file_are_refused(planner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose the workbook to import." in planner.post(IMPORT).content.decode()
    monkeypatch.setattr(plans, "MAX_BYTES", 10)
    response = upload(planner, b"PK" + b"0" * 20)
    assert "larger than 20 MB" in response.content.decode()


def test_a_clash_that_came_meanwhile_stops_the_confirmation(planner: Client, world: World) -> None:
    from tests.factories import make_activity

    upload(planner, Rows(activities=[activity_row(Nguồn_lực=world.hall.resource.code)]).content())
    make_activity(resource_ids=(world.hall.resource_id,))
    response = planner.post(CONFIRM, {"token": PlanUpload.objects.get().token})
    assert ("has 1 problem." in response.content.decode(), Activity.objects.filter(code="A1").count()) == (True, 0)


def test_a_workbook_is_confirmed_by_who_brought_it(client: Client, planner: Client) -> None:
    upload(planner, Rows().content())
    client.force_login(make_user("Bob", role=Role.PROVINCIAL_PLANNER))
    assert client.post(CONFIRM, {"token": PlanUpload.objects.get().token}).status_code == 404


def test_drafts_of_another_district_do_not_go_out(client: Client, planner: Client) -> None:
    draft = make_activity(status=Status.DRAFT)
    address = f"/plans/{draft.campaign.code}.xlsx"
    assert codes_in(planner.get(address).content) == [draft.code]
    client.force_login(make_user("Carol", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area(),))))
    assert codes_in(client.get(address).content) == []


def codes_in(content: bytes) -> list[object]:
    rows = load_workbook(io.BytesIO(content))["Hoạt động"].iter_rows(min_row=2, max_col=1, values_only=True)
    return [code for (code,) in rows]


def test_template_and_export_are_downloads(planner: Client) -> None:
    upload(planner, Rows().content())
    planner.post(CONFIRM, {"token": PlanUpload.objects.get().token})
    template, export = planner.get("/plans/template.xlsx"), planner.get("/plans/thu-2023.xlsx")
    assert template["Content-Disposition"] == 'attachment; filename="mau-ke-hoach.xlsx"'
    assert export["Content-Disposition"] == 'attachment; filename="thu-2023.xlsx"'
    assert load_workbook(io.BytesIO(export.content))["Hoạt động"]["A2"].value == "A1"
    assert planner.get("/plans/khong-co.xlsx").status_code == 404


def test_uploads_older_than_a_day_are_forgotten() -> None:
    now = datetime(2023, 8, 8, 12, tzinfo=LOCAL_ZONE)
    by = make_planner()
    for hours in (1, 25):
        keep_upload(content=b"x", name="a" * 300, by=by, now=now - timedelta(hours=hours))
    assert (purge_uploads(now=now), PlanUpload.objects.count()) == (1, 1)
    assert len(PlanUpload.objects.get().name) == 200


def test_an_upload_asks_for_a_purge(planner: Client) -> None:
    old = keep_upload(content=b"x", name="cu.xlsx", by=make_planner("Cũ"), now=timezone.now() - timedelta(days=2))
    upload(planner, Rows().content())
    assert not PlanUpload.objects.filter(pk=old.pk).exists()
