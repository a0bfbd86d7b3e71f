"""Rolling a campaign over, as pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from events.models import Activity, Campaign
from tests.factories import make_activity, make_campaign, make_planner, make_unit, make_user
from units.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(client: Client) -> Campaign:
    client.force_login(make_planner())
    return make_campaign()


def entered(**changes: Any) -> dict[str, Any]:
    values = {
        "target": "",
        "code": "asean-2024",
        "name": "Tuyên truyền năm 2024",
        "starts_on": "01/05/2024",
        "ends_on": "31/12/2024",
        "by": "date",
        "missing": "LAST_DAY",
        "leap": "REGULAR",
        "stage": "preview",
    }
    return values | changes


def test_the_form_opens_on_the_next_year(source: Campaign, client: Client) -> None:
    page = client.get(f"/campaigns/{source.code}/rollover/").content.decode()
    assert [text in page for text in ("asean-2024", "ASEAN năm 2024", "01/05/2024", "31/12/2024")] == [True] * 4


def test_what_would_be_made_is_shown_then_made(source: Campaign, client: Client) -> None:
    one = make_activity(campaign_id=source.pk, title="Đêm hội 2023")
    other = make_activity(campaign_id=source.pk, title="Đêm thơ")
    address = f"/campaigns/{source.code}/rollover/"
    page = client.post(address, entered()).content.decode()
    assert (page.count(" checked>"), "2023" in page, "08/08/2024" in page) == (2, True, True)
    assert Campaign.objects.count() == 1
    made = client.post(address, entered(stage="apply", picked="1", wanted=[one.uid]), follow=True)
    assert "Hoàn tác: " in made.content.decode()
    target = Campaign.objects.get(code="asean-2024")
    assert [each.event.title for each in target.activities.all()] == ["Đêm hội 2023"]
    again = client.post(address, entered(target=target.pk)).content.decode()
    assert (one.uid in again, other.uid in again) == (False, True)


@pytest.mark.parametrize(
    "changes",
    [{"code": ""}, {"code": "a b"}, {"name": ""}, {"ends_on": "01/01/2024"}, {"by": "moon"}, {"starts_on": "x"}],
)
def test_what_is_missing_is_asked_for(source: Campaign, client: Client, changes: dict[str, str]) -> None:
    page = client.post(f"/campaigns/{source.code}/rollover/", entered(**changes)).content.decode()
    assert "field__error" in page


def test_a_code_that_is_taken_comes_back_as_a_sentence(source: Campaign, client: Client) -> None:
    page = client.post(f"/campaigns/{source.code}/rollover/", entered(code=source.code)).content.decode()
    assert "asean-2023" in page
    fault = client.post(f"/campaigns/{source.code}/rollover/", entered(stage="apply")).content.decode()
    assert "Không còn hoạt động nào để chuyển" in fault


def test_alice_may_only_roll_into_a_campaign_that_is_there(source: Campaign, client: Client) -> None:
    client.force_login(make_user("Alice", role=Role.UNIT_PLANNER, unit=make_unit()))
    page = client.get(f"/campaigns/{source.code}/rollover/").content.decode()
    assert ('name="code"' in page, 'name="target"' in page) == (False, True)
    assert "field__error" in client.post(f"/campaigns/{source.code}/rollover/", entered()).content.decode()
    assert client.get("/campaigns/khong-co/rollover/").status_code == 404
    client.force_login(make_user("Bình", role=Role.APPROVER))
    assert client.get(f"/campaigns/{source.code}/rollover/").status_code == 403
    assert Activity.objects.count() == 0
