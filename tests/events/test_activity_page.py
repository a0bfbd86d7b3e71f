"""One activity's page, and what may be done on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.lunar_recurrence import parse_lunar
from core.recurrence import Frequency, Recurrence
from events import planning
from events.models import Activity, Occurrence, Status
from tests.factories import at, make_activity, make_area, make_planner, make_unit, make_user
from units.models import Role

pytestmark = pytest.mark.django_db

WEEKLY = Recurrence(freq=Frequency.WEEKLY, count=4)
SECOND = "20230815T123000Z"


def test_a_visitor_reads_the_public_facts_and_no_more(client: Client) -> None:
    activity = make_activity(notes="Gọi ông Bảy", recurrence=WEEKLY)
    response = client.get(f"/activities/{activity.uid}/")
    page = response.content.decode()
    assert (response.context["recurrence"], len(response.context["entries"])) == ("hằng tuần, gồm 4 buổi", 4)
    assert ("Gọi ông Bảy" in page, "history" in response.context, "/edit/" in page) == (False, False, False)


def test_the_page_says_a_rule_by_the_moon_and_the_days_left_out(client: Client) -> None:
    by_moon = parse_lunar("ngày 2, 7 âm lịch hằng tháng, gồm 4 buổi")
    market = make_activity(lunar=by_moon, interval=at(date(2023, 8, 17)))
    weekly = make_activity(recurrence=WEEKLY, excluded_dates=(at(date(2023, 8, 15)).start,))
    said = [client.get(f"/activities/{each.uid}/").context["recurrence"] for each in (market, weekly)]
    assert said[0].startswith("ngày 2, 7 âm lịch hằng tháng")
    assert said[1] == "hằng tuần, gồm 4 buổi; trừ 15/08/2023"


@pytest.mark.parametrize("fields", [{"status": Status.DRAFT}, {"is_public": False}])
def test_what_a_visitor_may_not_see_is_not_found(client: Client, fields: dict[str, Any]) -> None:
    activity = make_activity(**fields)
    assert client.get(f"/activities/{activity.uid}/").status_code == 404
    assert client.get(f"/activities/{activity.uid}/edit/").status_code == 302


def test_the_occurrence_asked_for_is_shown(client: Client) -> None:
    activity = make_activity(recurrence=WEEKLY)
    address = f"/activities/{activity.uid}/"
    assert client.get(f"{address}?occurrence={SECOND}").context["entry"].interval == at(date(2023, 8, 15)).local()
    assert client.get(address).context["entry"].interval == at(date(2023, 8, 29)).local()
    assert client.get(f"{address}?occurrence=20230816T123000Z").status_code == 404
    assert client.get(f"{address}?occurrence=hom-nay").status_code == 400


def test_the_next_occurrence_is_shown_when_none_is_asked_for(client: Client) -> None:
    activity = make_activity(interval=at(date(2098, 8, 5)), recurrence=WEEKLY)
    assert client.get(f"/activities/{activity.uid}/").context["entry"].interval == at(date(2098, 8, 5)).local()


def test_a_planner_reads_who_changed_what(client: Client) -> None:
    planner = make_planner()
    activity = make_activity()
    planning.set_status(uid=activity.uid, version=1, status=Status.POSTPONED, reason="Mưa to", by=planner)
    client.force_login(planner)
    history = client.get(f"/activities/{activity.uid}/").context["history"]
    assert [(change.who, change.verb) for change in history] == [("Phương", "status: postponed"), ("Pano", "plan")]
    assert [(field.before, field.after) for field in history[0].fields if field.after == "Mưa to"] == [("", "Mưa to")]
    assert history[1].fields == ()


def test_charlie_reads_but_may_neither_change_nor_open_the_forms(client: Client) -> None:
    activity = make_activity(recurrence=WEEKLY)
    client.force_login(make_user("Charlie", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area("Lộc Bình"),))))
    assert "/edit/" not in client.get(f"/activities/{activity.uid}/").content.decode()
    address = f"/activities/{activity.uid}"
    for path in ("edit/", "cancel/", f"occurrences/{SECOND}/move/", f"occurrences/{SECOND}/cancel/"):
        assert client.get(f"{address}/{path}").status_code == 403
    assert client.post(f"{address}/status/", {"version": 1, "status": "cancelled"}).status_code == 403
    assert Activity.objects.get().status == Status.CONFIRMED


def test_a_viewer_may_open_no_form(client: Client) -> None:
    client.force_login(make_user("Dung", role=Role.VIEWER))
    assert client.get("/activities/plan/").status_code == 403


def test_an_approver_confirms_but_does_not_plan(client: Client) -> None:
    area = make_area()
    activity = make_activity(area_id=area.pk, status=Status.TENTATIVE)
    client.force_login(make_user("Hoa", role=Role.APPROVER, unit=make_unit(areas=(area,))))
    assert client.get("/activities/plan/").status_code == 403
    response = client.post(f"/activities/{activity.uid}/status/", {"version": 1, "status": "confirmed"})
    assert (response.status_code, Activity.objects.get().status) == (302, Status.CONFIRMED)


def test_cancelling_needs_a_reason(client: Client) -> None:
    activity = make_activity()
    client.force_login(make_planner())
    address = f"/activities/{activity.uid}/cancel/"
    assert client.get(address).context["version"] == 1
    assert client.post(address, {"version": 1}).status_code == 200
    assert client.post(address, {"version": 1, "reason": "Mưa"}).status_code == 302
    assert Activity.objects.get().status_reason == "Mưa"


def test_a_stale_status_form_is_told(client: Client) -> None:
    activity = make_activity()
    client.force_login(make_planner())
    response = client.post(f"/activities/{activity.uid}/status/", {"version": 7, "status": "done"})
    assert (response.status_code, response.context["attempt"].stale.sequence) == (200, 1)


def test_one_occurrence_is_moved_and_another_cancelled(client: Client) -> None:
    activity = make_activity(recurrence=WEEKLY)
    client.force_login(make_planner())
    address = f"/activities/{activity.uid}/occurrences"
    moved = {"version": 1, "start_date": "2023-08-16", "start_time": "19:30", "end_time": "21:30"}
    assert client.get(f"{address}/{SECOND}/move/").context["form"]["start_time"].value().hour == 19
    answer = client.post(f"{address}/{SECOND}/move/", moved)
    assert (answer.status_code, answer["Location"]) == (302, f"/activities/{activity.uid}/?occurrence={SECOND}")
    assert client.post(f"{address}/20230822T123000Z/cancel/", {"version": 2}).status_code == 302
    rows = Occurrence.objects.order_by("recurrence_id").values_list("start__day", "status")
    assert list(rows) == [(8, "confirmed"), (16, "confirmed"), (22, "cancelled"), (29, "confirmed")]


@pytest.mark.parametrize("recurrence_id", ["hom-nay", "20230816T123000Z"])
def test_an_occurrence_that_is_none_is_not_found(client: Client, recurrence_id: str) -> None:
    activity = make_activity(recurrence=WEEKLY)
    client.force_login(make_planner())
    assert client.get(f"/activities/{activity.uid}/occurrences/{recurrence_id}/move/").status_code == 404


def test_queries_do_not_grow_with_the_occurrences(client: Client) -> None:
    client.force_login(make_planner())

    def queries(count: int) -> int:
        activity = make_activity(recurrence=Recurrence(freq=Frequency.WEEKLY, count=count))
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/activities/{activity.uid}/")
        return len(captured)

    assert queries(3) == queries(1)


def test_the_list_of_activities_is_the_calendars(client: Client) -> None:
    response = client.get("/activities/?area=x")
    assert response["Location"] == "/calendar/?area=x&view=list"


@pytest.mark.parametrize("address", ["events:activity-cancel", "events:activity-delete"])
def test_a_version_that_no_database_can_hold_is_a_fault_of_the_form(client: Client, address: str) -> None:
    activity = make_activity()
    client.force_login(make_planner())
    answer = client.post(reverse(address, args=[activity.uid]), {"version": "9" * 20, "reason": "Mưa"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["version"])
