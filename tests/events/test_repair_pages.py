"""Repairs beside conflicts, on the activity's page and in its form."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Activity, PlanStep, Status
from events.planning import plan_of
from tests.factories import make_activity, make_area, make_campaign, make_planner, make_space, make_unit, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def halls(client: Client) -> tuple[int, int]:
    """Two halls of one venue, the first taken on the evening of 08/08/2023; a planner is signed in."""
    client.force_login(make_planner())
    venue = make_venue()
    big, small = (make_space(venue, name=name).resource_id for name in ("Hội trường lớn", "Hội trường nhỏ"))
    make_activity(title="Đêm đã có", resource_ids=(big,))
    return big, small


def entered(hall: int, **changes: Any) -> dict[str, Any]:
    """What a planner fills in for a show in a hall on that evening."""
    values = {
        "campaign": make_campaign().pk,
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
        "resources": [hall],
    }
    return values | changes


def key_of(page: str, label: str) -> str:
    """The value of the button that says so."""
    before, _label, _after = page.partition(label)
    assert _label
    return before.rpartition('value="')[2].partition('"')[0]


def test_the_page_of_a_draft_offers_repairs_and_carries_one_out(client: Client, halls: tuple[int, int]) -> None:
    big, small = halls
    draft = make_activity(status=Status.DRAFT, resource_ids=(big,))
    page = client.get(f"/activities/{draft.uid}/").content.decode()
    values = {"version": draft.version, "repair": key_of(page, "Dùng Hội trường nhỏ thay Hội trường lớn")}
    response = client.post(f"/activities/{draft.uid}/repair/", values, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Đã sửa; xung đột không còn nữa."]
    assert plan_of(Activity.objects.get(pk=draft.pk)).resource_ids == (small,)
    assert "Cách gỡ" not in response.content.decode()
    assert PlanStep.objects.filter(verb="repair", undone_at=None).count() == 1


def test_a_repair_that_no_longer_fits_is_refused_with_a_sentence(client: Client, halls: tuple[int, int]) -> None:
    draft = make_activity(status=Status.DRAFT, resource_ids=(halls[0],))
    page = client.get(f"/activities/{draft.uid}/").content.decode()
    key = key_of(page, "Dùng Hội trường nhỏ thay Hội trường lớn")
    for values, begins in (
        ({"version": draft.version, "repair": "khong-co"}, "Cách sửa này không còn phù hợp"),
        ({"version": 99, "repair": key}, "Kế hoạch đã được người khác sửa"),
    ):
        response = client.post(f"/activities/{draft.uid}/repair/", values, follow=True)
        (message,) = response.context["messages"]
        assert str(message).startswith(begins)
    assert plan_of(Activity.objects.get(pk=draft.pk)).resource_ids == (halls[0],)


@pytest.mark.parametrize("action", ["check", "save"])
def test_the_form_of_a_new_activity_saves_with_a_repair(client: Client, halls: tuple[int, int], action: str) -> None:
    big, small = halls
    values = entered(big)
    page = client.post("/activities/plan/", values | {"action": action}).content.decode()
    assert "Đêm đã có" in page
    key = key_of(page, "Lưu: Dùng Hội trường nhỏ thay Hội trường lớn")
    client.post("/activities/plan/", values | {"action": key})
    assert plan_of(Activity.objects.get(event__title="Đêm văn nghệ")).resource_ids == (small,)


def test_the_form_of_a_stored_activity_saves_with_a_repair(client: Client, halls: tuple[int, int]) -> None:
    big, small = halls
    stored = make_activity(title="Đêm cũ")
    address = f"/activities/{stored.uid}/edit/"
    values = entered(big, campaign=stored.campaign_id, code=stored.code, version=stored.version)
    page = client.post(address, values | {"action": "check"}).content.decode()
    key = key_of(page, "Lưu: Dùng Hội trường nhỏ thay Hội trường lớn")
    refused = client.post(address, values | {"action": "repair:khong-co"})
    assert "Cách sửa này không còn phù hợp" in refused.content.decode()
    client.post(address, values | {"action": key})
    assert plan_of(Activity.objects.get(pk=stored.pk)).resource_ids == (small,)
    assert plan_of(Activity.objects.get(pk=stored.pk)).title == "Đêm văn nghệ"
