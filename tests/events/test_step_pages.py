"""Steps of a campaign, old versions and deletion, as pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from core.recurrence import Frequency, Recurrence
from events import planning
from events.models import Activity, PlanStep, Status
from events.planning.step_text import hidden_label, read_steps
from tests.factories import at, make_activity, make_planner, make_resource, make_user
from units.models import Role
from units.permissions import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(client: Client) -> Activity:
    client.force_login(make_planner())
    return make_activity(title="Đêm hội")


def rename(activity: Activity, title: str) -> Activity:
    stored = Activity.objects.get(pk=activity.pk)
    plan = replace(planning.plan_of(stored), title=title)
    change = planning.ActivityChange(uid=stored.uid, version=stored.version, plan=plan)
    return planning.change_activity(change=change, by=None)


def steps_page(activity: Activity) -> str:
    return f"/campaigns/{activity.campaign.code}/steps/"


def test_steps_are_listed_undone_and_done_again(show: Activity, client: Client) -> None:
    rename(show, "Đêm văn nghệ")
    page = client.get(steps_page(show)).content.decode()
    assert page.count("Đêm hội") >= 1
    confirm = client.get(f"{steps_page(show)}undo/").content.decode()
    assert ("Đêm hội" in confirm, "Đêm văn nghệ" in confirm) == (True, True)
    number = PlanStep.objects.filter(is_dropped=False).order_by("-number").values_list("number", flat=True)[0]
    client.post(f"{steps_page(show)}undo/", {"expected": number})
    assert Activity.objects.get().event.title == "Đêm hội"
    again = client.get(f"{steps_page(show)}redo/").content.decode()
    assert "Đêm văn nghệ" in again
    client.post(f"{steps_page(show)}redo/", {"expected": number})
    assert Activity.objects.get().event.title == "Đêm văn nghệ"


def test_a_step_of_somebody_else_in_between_is_told(show: Activity, client: Client) -> None:
    seen = PlanStep.objects.get().number
    rename(show, "Đêm văn nghệ")
    page = client.post(f"{steps_page(show)}undo/", {"expected": seen}, follow=True).content.decode()
    assert "Chưa thay đổi gì." in page
    assert Activity.objects.get().event.title == "Đêm văn nghệ"


def test_undoing_what_would_clash_now_names_who_has_it(show: Activity, client: Client) -> None:
    team = make_resource("Đội 1")
    one = make_activity(campaign_id=show.campaign_id, resource_ids=(team.pk,))
    planning.set_status(uid=one.uid, version=one.version, status=Status.CANCELLED, reason="mưa", by=None)
    number = PlanStep.objects.filter(campaign=show.campaign_id).order_by("-number")[0].number
    make_activity(title="Người đến sau", resource_ids=(team.pk,))
    page = client.post(f"{steps_page(show)}undo/", {"expected": number}, follow=True).content.decode()
    assert "Người đến sau" in page


def test_there_is_nothing_to_redo(show: Activity, client: Client) -> None:
    page = client.get(f"{steps_page(show)}redo/", follow=True).content.decode()
    assert "notice--info" in page
    assert "notice--error" in client.post(f"{steps_page(show)}redo/", {}, follow=True).content.decode()


def test_the_page_of_steps_asks_as_often_for_one_as_for_three(show: Activity, client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(steps_page(show))
        asked.append(len(queries))
        rename(show, f"Đêm {len(asked)}a")
        rename(show, f"Đêm {len(asked)}b")
    assert asked[0] == asked[1]


def test_a_reader_learns_nothing_of_drafts_they_may_not_see(client: Client) -> None:
    hidden = make_activity(title="Chuyện kín", status=Status.DRAFT)
    client.force_login(make_user("Charlie", role=Role.UNIT_PLANNER))
    page = client.get(steps_page(hidden)).content.decode()
    confirm = client.get(f"{steps_page(hidden)}undo/").content.decode()
    assert ("Chuyện kín" in page, "Chuyện kín" in confirm) == (False, False)


def test_an_old_version_is_compared_and_brought_back(show: Activity, client: Client) -> None:
    changed = rename(show, "Đêm văn nghệ")
    page = client.get(show.get_absolute_url()).content.decode()
    address = f"/activities/{show.uid}/versions/1/restore/"
    assert address in page
    compared = client.get(address).content.decode()
    assert ("Đêm hội" in compared, "Đêm văn nghệ" in compared) == (True, True)
    stale = client.post(address, {"version": 1}).content.decode()
    assert "Có người đã lưu hoạt động này" in stale
    client.post(address, {"version": changed.version})
    assert Activity.objects.get().event.title == "Đêm hội"
    assert client.get(f"/activities/{show.uid}/versions/99/restore/").status_code == 404


def test_a_version_that_would_clash_now_is_not_brought_back(client: Client) -> None:
    client.force_login(make_planner())
    team = make_resource("Đội 1")
    one = make_activity(resource_ids=(team.pk,))
    cancelled = planning.set_status(uid=one.uid, version=1, status=Status.CANCELLED, reason="mưa", by=None)
    make_activity(title="Người đến sau", resource_ids=(team.pk,))
    page = client.post(f"/activities/{one.uid}/versions/1/restore/", {"version": cancelled.version}).content.decode()
    assert "Người đến sau" in page
    assert Activity.objects.get(pk=one.pk).status == Status.CANCELLED


def test_deleting_says_what_readers_see_and_can_be_undone(show: Activity, client: Client) -> None:
    draft = make_activity(status=Status.DRAFT, campaign_id=show.campaign_id)
    said = {each.uid: client.get(f"/activities/{each.uid}/delete/").content.decode() for each in (show, draft)}
    assert ["đã từng được duyệt" in said[show.uid], "chưa từng được duyệt" in said[draft.uid]] == [True, True]
    answer = client.post(f"/activities/{show.uid}/delete/", {"version": show.version}, follow=True)
    assert "Hoàn tác: " in answer.content.decode()
    assert Activity.objects.get(pk=show.pk).is_deleted is True
    stale = client.post(f"/activities/{draft.uid}/delete/", {"version": 9})
    assert (stale.status_code, Activity.objects.get(pk=draft.pk).is_deleted) == (200, False)


def test_a_cancelled_occurrence_takes_place_again(client: Client) -> None:
    client.force_login(make_planner())
    team = make_resource("Đội 1")
    rule = Recurrence(freq=Frequency.WEEKLY, count=3)
    series = make_activity(recurrence=rule, resource_ids=(team.pk,))
    address = f"/activities/{series.uid}/occurrences/20230815T123000Z"
    client.post(f"{address}/cancel/", {"version": 1, "reason": "mưa"})
    other = make_activity(title="Người đến sau", interval=at(date(2023, 8, 15)), resource_ids=(team.pk,))
    assert f"{address}/restore/" in client.get(series.get_absolute_url()).content.decode()
    refused = client.post(f"{address}/restore/", {"version": 2}).content.decode()
    assert "Người đến sau" in refused
    planning.delete_activities(seen={other.uid: other.version}, by=None)
    client.post(f"{address}/restore/", {"version": 2})
    assert [row.status for row in series.occurrences.order_by("start")] == ["confirmed"] * 3


def test_the_step_that_deleted_a_draft_is_named_to_those_who_plan_there(show: Activity) -> None:
    draft = make_activity(status=Status.DRAFT, campaign_id=show.campaign_id)
    planning.delete_activities(seen={draft.uid: draft.version}, by=None)
    people = [make_planner("Alice"), make_user("Charlie", role=Role.UNIT_PLANNER)]
    told = [read_steps(campaign_id=show.campaign_id, viewer=Viewer(each))[0].label for each in people]
    assert told == ["Xoá 1 hoạt động", hidden_label()]


def test_undoing_is_offered_only_to_those_who_may(show: Activity, client: Client) -> None:
    rename(show, "Đêm văn nghệ")
    offered = ["steps/undo/" in client.get(steps_page(show)).content.decode()]
    client.force_login(make_user("Charlie", role=Role.UNIT_PLANNER))
    offered.append("steps/undo/" in client.get(steps_page(show)).content.decode())
    assert offered == [True, False]
