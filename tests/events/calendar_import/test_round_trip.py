"""What our own feed says comes in again as the same occurrences, and never twice where it came from."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Activity, CalendarUploadState, Campaign, Occurrence, Status
from tests.events.calendar_import.makers import Importer, counts
from tests.factories import make_campaign, make_user
from tests.test_agreement import World, ask, discarded, made_up, moment
from units.models import Role

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
EXAMPLES: Final = 15 * int(os.environ.get("PANO_EXAMPLES", "1"))
Told = Counter[tuple[datetime, datetime, bool]]


def told_by(document: dict[str, Any]) -> Told:
    off = {Status.CANCELLED, Status.POSTPONED}
    return Counter((moment(each["start"]), moment(each["end"]), each["status"] in off) for each in document["entries"])


def stored_in(campaign: Campaign) -> Told:
    rows = Occurrence.objects.filter(activity__campaign=campaign)
    return Counter((row.start.astimezone(UTC), row.end.astimezone(UTC), row.status == Status.CANCELLED) for row in rows)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(activities=st.lists(made_up(), min_size=1, max_size=5))
def test_a_feed_imported_into_another_campaign_is_the_same_plan(
    client: Client, activities: list[dict[str, Any]]
) -> None:
    with discarded():
        world = World()
        for number, fields in enumerate(activities):
            world.plan(number, fields)
        answers = ask(client, "huyen-a")
        by = make_user("Người nhập", role=Role.PROVINCIAL_PLANNER)
        if not answers.json["entries"]:
            return
        fresh = Importer(by=by, campaign=make_campaign("moi"))
        assert fresh.bring(answers.feed).state == CalendarUploadState.DONE
        assert stored_in(fresh.campaign) == told_by(answers.json)
        again = fresh.read(answers.feed)
        assert counts(again)[:2] == (0, 0)
        before = Activity.objects.count()
        same = Importer(by=by, campaign=Campaign.objects.exclude(pk=fresh.campaign.pk).get()).bring(answers.feed)
        assert (counts(same)[0], counts(same)[1], Activity.objects.count()) == (0, 0, before)
