"""Campaigns as a viewer may see them."""

from __future__ import annotations

from datetime import date

import pytest

from events.models import Status
from events.programme.campaigns import load_campaign, load_campaigns
from tests.factories import at, make_activity, make_campaign, make_planner, make_user, whole_days
from units.models import Role
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db
VISITOR = viewer_of(None)


@pytest.mark.parametrize(
    ("written", "number"), [("", ""), (" /SVHTTDL-QLVHGĐ", ""), ("103/KH-UBND", "103/KH-UBND"), ("  12 ", "12")]
)
def test_a_letter_without_its_number_has_none_yet(written: str, number: str) -> None:
    make_campaign(letter_number=written)
    (summary,) = load_campaigns(viewer=viewer_of(make_planner()))
    assert summary.number == number


def test_the_last_safe_day_is_the_one_before() -> None:
    make_campaign("co")
    make_campaign("khong", report_before=None)
    found = {each.campaign.code: each.last_safe_day for each in load_campaigns(viewer=viewer_of(make_planner()))}
    assert found == {"co": date(2023, 12, 9), "khong": None}


def test_each_viewer_gets_the_size_of_what_they_may_see() -> None:
    campaign = make_campaign()
    make_activity(campaign_id=campaign.pk)
    make_activity(campaign_id=campaign.pk, status=Status.DRAFT)
    make_activity(campaign_id=make_campaign("nhap").pk, status=Status.TENTATIVE)
    viewers = (VISITOR, viewer_of(make_user("Dung", role=Role.VIEWER)), viewer_of(make_planner()))
    found = [{each.campaign.code: each.occurrences for each in load_campaigns(viewer=viewer)} for viewer in viewers]
    assert found == [{"asean-2023": 1}, {"asean-2023": 1, "nhap": 1}, {"asean-2023": 2, "nhap": 1}]


def test_a_campaign_without_anything_public_does_not_exist_for_a_visitor() -> None:
    make_activity(campaign_id=make_campaign().pk, is_public=False)
    assert load_campaign(code="asean-2023", viewer=VISITOR) is None
    planner = viewer_of(make_planner())
    assert load_campaign(code="khong-co", viewer=planner) is None
    reading = load_campaign(code="asean-2023", viewer=planner)
    assert reading is not None
    assert (reading.summary.activities, reading.summary.occurrences) == (1, 1)


def test_the_days_hold_the_whole_plan() -> None:
    campaign = make_campaign()
    make_activity(campaign_id=campaign.pk, **whole_days(date(2023, 5, 20), date(2023, 9, 2)))
    make_activity(campaign_id=campaign.pk, interval=at(date(2023, 8, 8)))
    reading = load_campaign(code="asean-2023", viewer=VISITOR)
    assert reading is not None
    assert reading.days == (date(2023, 5, 20), date(2023, 9, 2))


def test_a_campaign_without_a_plan_has_no_days() -> None:
    make_campaign()
    reading = load_campaign(code="asean-2023", viewer=viewer_of(make_planner()))
    assert reading is not None
    assert (reading.days, reading.kinds, reading.districts) == (None, (), ())
