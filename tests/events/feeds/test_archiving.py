"""A campaign that was put away leaves its feeds, not at once, and comes back."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from core.errors import NotAllowed
from events.models import Campaign
from events.planning.campaigns import archive_campaign
from tests.factories import make_activity, make_campaign, make_planner, make_user
from units.models import Role

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/asean-2023/archive/"


def count(client: Client, query: str = "") -> int:
    answer = client.get(f"/feeds/filter.ics{query}")
    return len(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def put_away(days_ago: int) -> None:
    today = timezone.localdate() - timedelta(days=days_ago)
    archive_campaign(code="asean-2023", is_archived=True, today=today, by=make_planner())


@pytest.mark.parametrize(("days_ago", "left"), [(0, 1), (400, 1), (401, 0)])
def test_its_activities_leave_the_feeds_some_time_later(client: Client, days_ago: int, left: int) -> None:
    make_activity(campaign_id=make_campaign().pk)
    put_away(days_ago)
    assert [count(client), count(client, "?status=confirmed")] == [left, left]


def test_a_planner_archives_and_reopens_it_on_its_page(client: Client) -> None:
    make_activity(campaign_id=make_campaign().pk)
    client.force_login(make_planner())
    assert "Lưu trữ kế hoạch" in client.get(PAGE).content.decode()
    page = client.post(PAGE, {"wanted": "archive"}, follow=True).content.decode()
    assert ("Kế hoạch đã được lưu trữ." in page, "Mở lại" in page) == (True, True)
    assert Campaign.objects.get().archived_on == timezone.localdate()
    client.post(PAGE, {"wanted": "archive"})
    assert "Mở lại kế hoạch" in client.get(PAGE).content.decode()
    page = client.post(PAGE, {"wanted": "reopen"}, follow=True).content.decode()
    assert ("Kế hoạch đã được mở lại." in page, Campaign.objects.get().archived_on) == (True, None)


def test_only_planners_of_the_province_may() -> None:
    make_activity(campaign_id=make_campaign().pk)
    with pytest.raises(NotAllowed):
        archive_campaign(
            code="asean-2023",
            is_archived=True,
            today=timezone.localdate(),
            by=make_user("Bob", role=Role.UNIT_PLANNER),
        )
