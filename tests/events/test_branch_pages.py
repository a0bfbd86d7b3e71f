"""The pages of draft plans, from opening one to releasing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.keys import OccurrenceKey
from core.recurrence import from_rrule
from events import planning
from events.models import Activity, BranchStatus, Campaign, PlanBranch
from events.planning import ActivityChange, plan_of
from events.planning.branches import discard_branch
from events.planning.states import from_json
from tests.events.planning.branch_makers import draft_change, draft_new, make_branch
from tests.factories import (
    at,
    make_activity,
    make_area,
    make_campaign,
    make_plan,
    make_planner,
    make_resource,
    make_unit,
    make_user,
)
from units.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client: Client) -> Campaign:
    client.force_login(make_planner())
    return make_campaign()


def entered(campaign: Campaign, **changes: Any) -> dict[str, Any]:
    """What a planner fills in for a show on 08/08/2023."""
    values = {
        "campaign": campaign.pk,
        "title": "Đêm văn nghệ",
        "kind": "mobile_team",
        "status": "confirmed",
        "is_public": "on",
        "area": make_area().pk,
        "lead_unit": make_unit().pk,
        "start_date": "2023-08-08",
        "start_time": "19:30",
        "end_time": "21:30",
        "repeat": "none",
    }
    return values | changes


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def sentences(client: Client, address: str, values: dict[str, Any] | None = None) -> list[str]:
    """What the page says after a post."""
    response = client.post(address, values or {}, follow=True)
    return [str(message) for message in response.context["messages"]]


def test_a_draft_plan_is_opened_from_the_campaigns_page(client: Client, campaign: Campaign) -> None:
    make_activity(campaign_id=campaign.pk)
    address = f"/campaigns/{campaign.code}/drafts/"
    assert address in page(client, f"/campaigns/{campaign.code}/")
    response = client.post(address, {"name": "Phương án mưa", "note": "Khi trời mưa"})
    branch = PlanBranch.objects.get()
    assert response["Location"] == f"/drafts/{branch.pk}/"
    assert "Phương án mưa" in page(client, f"/campaigns/{campaign.code}/")
    assert "Khi trời mưa" in page(client, address)
    again = client.post(address, {"name": "Phương án mưa"})
    assert again.context["form"].errors == {
        "name": ["Kế hoạch này đã có bản dự thảo cùng tên; hãy chọn tên khác."],
    }
    assert client.get("/campaigns/khong-co/drafts/").status_code == 404
    assert client.get("/drafts/987654/").status_code == 404


def test_a_new_activity_is_planned_in_the_draft_alone(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    assert client.get(f"/drafts/{branch.pk}/activities/plan/").status_code == 200
    response = client.post(f"/drafts/{branch.pk}/activities/plan/", entered(campaign))
    assert response["Location"] == f"/drafts/{branch.pk}/"
    assert not Activity.objects.exists()
    assert "Đêm văn nghệ" in page(client, f"/drafts/{branch.pk}/")
    assert client.get("/calendar/entries.json?start=2023-08-01&end=2023-09-01").json()["entries"] == []


def test_an_activity_is_changed_in_the_draft_and_told_before_and_after(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    activity = make_activity(campaign_id=campaign.pk, title="Tên cũ")
    address = f"/drafts/{branch.pk}/activities/{activity.uid}/edit/"
    form = client.get(address)
    values = entered(campaign, title="Tên mới", code=activity.code, version=form.context["edited"].base_version)
    client.post(address, values)
    told = page(client, f"/drafts/{branch.pk}/")
    assert "<del>Tên cũ</del>" in told
    assert "<ins>Tên mới</ins>" in told
    assert plan_of(Activity.objects.get()).title == "Tên cũ"
    again = client.get(address)
    assert again.context["form"].initial["title"] == "Tên mới"
    stale = client.post(address, values)
    assert "Trong lúc đó có người đã sửa" in stale.content.decode()
    seen_at = again.context["edited"].seen_at.isoformat()
    client.post(address, values | {"title": "Tên nữa", "seen_at": seen_at})
    assert from_json(branch.activities.get().state).plan.title == "Tên nữa"  # type: ignore[arg-type]


def test_a_series_keeps_its_exceptions_in_the_draft(campaign: Campaign) -> None:
    first = at(date(2023, 8, 8))
    activity = make_activity(campaign_id=campaign.pk, recurrence=from_rrule("FREQ=WEEKLY;COUNT=4", first.start))
    key = activity.occurrences.order_by("start")[1]
    moved = planning.change_occurrence(
        change=planning.OccurrenceChange(
            key=OccurrenceKey(activity.uid, key.recurrence_id), version=1, interval=first.shifted(timedelta(days=8))
        ),
        by=None,
    )
    branch = make_branch(campaign)
    row = draft_change(branch, moved, title="Tên mới")
    assert len(from_json(row.state).overrides) == 1  # type: ignore[arg-type]


def test_a_form_in_the_draft_is_checked_against_both_plans(client: Client, campaign: Campaign) -> None:
    team = make_resource("Đội 1")
    branch = make_branch(campaign)
    address = f"/drafts/{branch.pk}/activities/plan/"
    assert "Không có xung đột" in client.post(address, entered(campaign, action="check")).content.decode()
    draft_new(branch, make_plan(campaign_id=campaign.pk, title="Đêm của dự thảo", resource_ids=(team.pk,)))
    checked = client.post(address, entered(campaign, action="check", resources=[team.pk]))
    assert "Đêm của dự thảo" in checked.content.decode()
    assert branch.activities.count() == 1
    wrong = client.post(address, entered(campaign, title=""))
    assert wrong.context["form"].errors.keys() == {"title"}


def test_what_the_form_cannot_see_is_refused_by_the_plan(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    draft_new(branch, make_plan(campaign_id=campaign.pk, code="A1"))
    for action in ("save", "check"):
        response = client.post(f"/drafts/{branch.pk}/activities/plan/", entered(campaign, code="A1", action=action))
        assert response.status_code == 200
    assert branch.activities.count() == 1
    make_activity(campaign_id=campaign.pk, code="A2")
    checked = client.post(f"/drafts/{branch.pk}/activities/plan/", entered(campaign, code="A2", action="check"))
    assert "A2" in checked.content.decode()


def test_activities_are_found_dropped_and_taken_back(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    activity = make_activity(campaign_id=campaign.pk, code="LD-7", title="Đêm thơ")
    address = f"/drafts/{branch.pk}/"
    assert activity.uid in page(client, f"{address}?q=DEM+tho")
    assert "không có hoạt động nào khớp" in page(client, f"{address}?q=xyz").lower()
    done = sentences(client, f"{address}activities/{activity.uid}/drop/", {"version": activity.version})
    assert done == ["Đã bỏ trong bản dự thảo; kế hoạch đã phát hành vẫn còn hoạt động này."]
    assert "Không bỏ nữa" in page(client, address)
    done = sentences(client, f"{address}activities/{activity.uid}/forget/")
    assert done == ["Đã đưa ra khỏi bản dự thảo; giữ nguyên như kế hoạch đã phát hành."]
    done = sentences(client, f"{address}activities/{activity.uid}/drop/", {"version": activity.version + 1})
    assert done[0].startswith("Kế hoạch đã được người khác sửa")


def test_a_changed_released_plan_is_shown_with_the_choice(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    activity = make_activity(campaign_id=campaign.pk, title="Ban đầu")
    draft_change(branch, activity, title="Trong dự thảo")
    plan = replace(plan_of(activity), title="Đã phát hành")
    change = ActivityChange(uid=activity.uid, version=activity.version, plan=plan)
    newer = planning.change_activity(change=change, by=None)
    address = f"/drafts/{branch.pk}/"
    told = page(client, address)
    assert ("Ban đầu" in told, "Đã phát hành" in told, "Giữ bản của dự thảo" in told) == (True, True, True)
    assert "Phát hành bản dự thảo</button>" not in page(client, f"{address}release/")
    done = sentences(client, f"{address}activities/{activity.uid}/keep/", {"version": newer.version})
    assert done == ["Giữ bản của dự thảo; khi phát hành, bản này thay bản đã phát hành."]
    assert "Phát hành bản dự thảo</button>" in page(client, f"{address}release/")


def test_a_draft_plan_is_released_with_the_diff_in_sight(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    draft_new(branch, make_plan(campaign_id=campaign.pk, title="Đêm mới"))
    branch.refresh_from_db()
    address = f"/drafts/{branch.pk}/release/"
    assert "Đêm mới" in page(client, address)
    stale = client.post(address, {"version": branch.version - 1})
    assert "hãy xem lại trước khi phát hành" in stale.content.decode()
    response = client.post(address, {"version": branch.version})
    assert response["Location"] == f"/campaigns/{campaign.code}/"
    assert plan_of(Activity.objects.get()).title == "Đêm mới"
    closed = page(client, f"/drafts/{branch.pk}/")
    assert "Đêm mới" in closed
    assert "/release/" not in closed
    assert client.get(address)["Location"] == f"/drafts/{branch.pk}/"
    assert sentences(client, address, {"version": 9}) == ["Bản dự thảo này đã phát hành; hãy lập bản mới."]


def test_a_release_that_clashes_says_with_whom(client: Client, campaign: Campaign) -> None:
    team = make_resource("Đội 1")
    make_activity(title="Đêm đã có", resource_ids=(team.pk,))
    branch = make_branch(campaign)
    draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(team.pk,)))
    branch.refresh_from_db()
    response = client.post(f"/drafts/{branch.pk}/release/", {"version": branch.version})
    assert response.status_code == 200
    assert "Đêm đã có" in response.content.decode()
    assert PlanBranch.objects.get().status == BranchStatus.OPEN


def test_a_draft_plan_is_discarded_after_asking(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    assert branch.name in page(client, f"/drafts/{branch.pk}/discard/")
    assert sentences(client, f"/drafts/{branch.pk}/discard/") == ["Đã bỏ bản dự thảo."]
    assert PlanBranch.objects.get().status == BranchStatus.DISCARDED
    assert "Đã bỏ lúc" in page(client, f"/drafts/{branch.pk}/")


def test_a_unit_planner_may_not_release_what_is_not_theirs(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    activity = make_activity(campaign_id=campaign.pk)
    row = draft_change(branch, activity, title="Khác")
    new = draft_new(branch, make_plan(campaign_id=campaign.pk))
    branch.refresh_from_db()
    client.force_login(make_user("Alice", role=Role.UNIT_PLANNER))
    assert client.get(f"/drafts/{branch.pk}/").status_code == 200
    refused = [
        client.post(f"/drafts/{branch.pk}/release/", {"version": branch.version}),
        client.post(f"/drafts/{branch.pk}/discard/"),
        client.post(f"/drafts/{branch.pk}/activities/{row.uid}/forget/"),
        client.get(f"/drafts/{branch.pk}/activities/{new.uid}/edit/"),
    ]
    assert [each.status_code for each in refused] == [403] * 4


def test_an_activity_of_another_campaign_is_not_found_in_the_draft(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    assert client.get(f"/drafts/{branch.pk}/activities/{make_activity().uid}/edit/").status_code == 404
    discard_branch(branch_id=branch.pk, by=None)
    response = client.post(f"/drafts/{branch.pk}/activities/plan/", entered(campaign))
    assert "hãy lập bản mới" in response.content.decode()


def test_the_page_asks_as_many_questions_for_many_as_for_few(client: Client, campaign: Campaign) -> None:
    branch = make_branch(campaign)
    counts = []
    for number in range(6):
        interval = at(date(2023, 8, 8) + timedelta(days=number))
        activity = make_activity(campaign_id=campaign.pk, interval=interval)
        draft_change(branch, activity, title=f"Tên {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/drafts/{branch.pk}/")
        counts.append(len(queries))
    assert counts[2] == counts[5]
