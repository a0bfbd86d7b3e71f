"""What of the Scope asks for an area alone, for venues and for audiences."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.recurrence import Frequency, Recurrence
from events import planning
from events.expansion import Override
from events.planning.states import state_of
from events.programme import Scope, load_programme
from events.programme.selection import activities_in
from tests.factories import at, make_activity, make_area, make_campaign, make_space, make_venue
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db
WEEKLY = Recurrence(freq=Frequency.WEEKLY, until=date(2023, 8, 22))


def found(**scope: Any) -> set[str]:
    """The UIDs of the entries, which must be those of the activities."""
    asked, viewer = Scope(**scope), viewer_of(None)
    entries = load_programme(window=None, scope=asked, viewer=viewer).entries
    uids = {entry.key.uid for entry in entries}
    assert sorted(activities_in(asked, viewer=viewer).values_list("uid", flat=True)) == sorted(uids)
    return uids


def test_an_area_alone_leaves_out_what_lies_below_it() -> None:
    district = make_area(slug="huyen-a")
    own, below = make_activity(area_id=district.pk), make_activity(area_id=make_area(parent=district).pk)
    make_activity()
    assert found(areas=("huyen-a",)) == {own.uid, below.uid}
    assert found(areas=("huyen-a",), is_alone=True) == {own.uid}


def test_a_venue_finds_what_takes_place_there_or_takes_a_hall_of_it() -> None:
    hall, other = make_venue(code="NVH"), make_venue(code="SVD")
    there = make_activity(venue_ids=(hall.pk, other.pk))
    within = make_activity(resource_ids=(make_space(hall).resource_id,))
    make_activity(venue_ids=(make_venue().pk,))
    assert found(venues=("NVH",)) == {there.uid, within.uid}
    assert found(venues=("NVH", "SVD")) == {there.uid, within.uid}


@pytest.mark.parametrize("position", [0, 1])
def test_a_venue_finds_a_series_that_moves_there_once(position: int) -> None:
    hall, other = make_venue(code="NVH"), make_venue(code="SVD")
    activity = make_activity(recurrence=WEEKLY, venue_ids=(make_venue().pk,))
    interval, state = at(date(2023, 8, 15)), state_of(activity)
    venues = (hall.pk, other.pk) if position == 0 else (other.pk, hall.pk)
    override = Override(interval=interval, changes={"venue_ids": venues})
    wanted = {activity.uid: state.__class__(plan=state.plan, overrides={interval.start: override})}
    planning.apply_states(wanted=wanted, expected_versions={activity.uid: 1}, by=None, verb="change", label="Đổi")
    assert found(venues=("NVH",)) == {activity.uid}


def test_an_audience_finds_what_is_for_it() -> None:
    campaign = make_campaign()
    audience = campaign.audiences.get()
    told = make_activity(campaign_id=campaign.pk, audience_ids=(audience.pk,))
    make_activity(campaign_id=campaign.pk)
    assert found(audiences=(audience.code,)) == {told.uid}
