from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from core.conflicts import Conflict
from core.recurrence import Frequency, Recurrence
from events import planning
from events.models import AcceptedWarning, Activity, Occurrence, Status
from events.planning.checking import check_campaign, check_drafts, open_and_accepted
from events.planning.drafting import draft
from events.planning.snapshots import plan_of
from events.planning.warnings import accept_warnings
from tests.events.legal_makers import make_closure, make_figure, make_lead_time, make_mourning, make_trait
from tests.factories import at, make_activity, make_campaign, make_plan, make_resource, make_space, make_venue
from tests.mobile_teams.makers import CITY, DONG_DANG, make_road, make_team
from venues.models import QuietPlace, ResourceKind

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 18)
TODAY = date(2026, 11, 24)
WEEKLY = Recurrence(freq=Frequency.WEEKLY, count=2)


@pytest.fixture
def campaign() -> int:
    return make_campaign("kh-2026", year=2026, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)).pk


def found(conflicts: list[Conflict]) -> list[tuple[str, bool]]:
    return [(conflict.code, conflict.is_blocking) for conflict in conflicts]


def check(campaign: int, *, today: date = TODAY, **fields: object) -> list[tuple[str, bool]]:
    plan = make_plan(**({"campaign_id": campaign, "interval": at(DAY)} | fields))
    return found(check_drafts([draft(plan)], today=today))


def test_a_plan_without_faults_has_no_conflict(campaign: int) -> None:
    assert check(campaign) == []
    assert check_drafts([], today=TODAY) == []
    assert check_campaign(campaign, today=TODAY) == []


def test_a_room_taken_by_another_campaign_blocks(campaign: int) -> None:
    room = make_resource(kind=ResourceKind.SPACE)
    holder = make_activity(resource_ids=(room.pk,), interval=at(date(2023, 8, 8)))
    plan = make_plan(campaign_id=holder.campaign_id, resource_ids=(room.pk,), interval=at(date(2023, 8, 8), "20:00"))
    assert found(check_drafts([draft(plan)], today=date(2023, 7, 1))) == [("double_booking", True)]
    other = make_activity(campaign_id=campaign, resource_ids=(room.pk,), interval=at(DAY))
    assert check(campaign, resource_ids=(room.pk,)) == [("double_booking", True)]
    assert found(check_drafts([draft(plan_of(other), activity=other)], today=TODAY)) == []


def test_the_swap_of_two_rooms_is_no_conflict(campaign: int) -> None:
    one, two = (make_resource(kind=ResourceKind.SPACE).pk for _ in range(2))
    first = make_activity(campaign_id=campaign, resource_ids=(one,), interval=at(DAY))
    second = make_activity(campaign_id=campaign, resource_ids=(two,), interval=at(DAY))
    drafts = [
        draft(_with_room(first, two), activity=first),
        draft(_with_room(second, one), activity=second),
    ]
    assert check_drafts(drafts, today=TODAY) == []


def _with_room(activity: Activity, room: int) -> planning.ActivityPlan:
    return replace(plan_of(activity), resource_ids=(room,))


def test_a_room_is_free_once_its_holder_is_cancelled_in_the_same_step(campaign: int) -> None:
    room = make_resource(kind=ResourceKind.SPACE).pk
    holder = make_activity(campaign_id=campaign, resource_ids=(room,), interval=at(DAY))
    off = draft(replace(plan_of(holder), status=Status.CANCELLED), activity=holder)
    new = draft(make_plan(campaign_id=campaign, resource_ids=(room,), interval=at(DAY)))
    assert check_drafts([off, new], today=TODAY) == []


def test_a_closed_venue_blocks_its_rooms_too(campaign: int) -> None:
    space = make_space()
    make_closure(space.venue, first=DAY, last=DAY)
    assert check(campaign, venue_ids=(space.venue_id,)) == [("closure", True)]
    assert check(campaign, resource_ids=(space.resource_id,)) == [("closure", True)]
    assert check(campaign, venue_ids=(make_venue().pk,)) == []


def test_a_team_cannot_be_there_in_time(campaign: int) -> None:
    make_road()
    team = make_team().resource_id
    here = make_venue("Thành phố", lon=CITY[0], lat=CITY[1]).pk
    there = make_venue("Đồng Đăng", lon=DONG_DANG[0], lat=DONG_DANG[1]).pk
    make_activity(campaign_id=campaign, resource_ids=(team,), venue_ids=(here,), interval=at(DAY, "17:00"))
    assert check(campaign, resource_ids=(team,), venue_ids=(there,), interval=at(DAY, "19:10")) == [("travel", True)]
    assert check(campaign, resource_ids=(team,), venue_ids=(there,), interval=at(DAY, "19:30")) == []
    assert check(campaign, resource_ids=(team,), venue_ids=(here,), interval=at(DAY, "19:10")) == []


def test_an_estimated_way_only_warns(campaign: int) -> None:
    team = make_team().resource_id
    here, there = make_venue(lon=CITY[0], lat=CITY[1]).pk, make_venue(lon=DONG_DANG[0], lat=DONG_DANG[1]).pk
    make_activity(campaign_id=campaign, resource_ids=(team,), venue_ids=(here,), interval=at(DAY, "17:00"))
    clash = check(campaign, resource_ids=(team,), venue_ids=(there,), interval=at(DAY, "19:05"))
    assert clash == [("travel", False)]


def test_papers_mourning_and_quiet_hours_come_from_their_tables(campaign: int) -> None:
    make_trait()
    make_lead_time()
    make_figure("quiet.night_start", 21)
    make_figure("quiet.night_end", 6)
    make_mourning(DAY, DAY)
    late = DAY - timedelta(days=3)
    assert check(campaign, today=late) == [("mourning", True), ("lead_time", False), ("quiet_hours", False)]
    assert check(campaign, status=Status.POSTPONED, today=late) == []


def test_a_loud_show_near_a_school_warns(campaign: int) -> None:
    make_trait()
    make_figure("quiet.distance_m", 100)
    venue = make_venue()
    QuietPlace.objects.create(name="Trường tiểu học", kind="school", lon=venue.lon, lat=venue.lat)
    assert check(campaign, venue_ids=(venue.pk,)) == [("quiet_hours", False)]


def test_warnings_about_what_is_over_are_left_out(campaign: int) -> None:
    make_trait()
    make_figure("quiet.night_start", 21)
    make_figure("quiet.night_end", 6)
    assert check(campaign, today=DAY) == [("quiet_hours", False)]
    assert check(campaign, today=DAY + timedelta(days=1)) == []
    assert check(campaign, today=DAY + timedelta(days=1), recurrence=WEEKLY) == [("quiet_hours", False)]


def test_the_whole_plan_and_one_campaign(campaign: int) -> None:
    room = make_resource(kind=ResourceKind.SPACE).pk
    one = make_activity(campaign_id=campaign, resource_ids=(room,), interval=at(DAY))
    two = make_activity(campaign_id=campaign, interval=at(DAY))
    two.occurrences.get().bookings.create(resource_id=make_resource().pk, start=at(DAY).start, end=at(DAY).end)
    assert check_campaign(campaign, today=TODAY) == check_campaign(None, today=TODAY) == []
    Occurrence.objects.filter(activity=one).update(end=at(DAY).end + timedelta(hours=1))
    outside = make_activity(campaign_id=campaign, interval=at(date(2027, 1, 5)))
    whole = check_campaign(None, today=TODAY)
    assert [(each.code, each.uids) for each in whole] == [("campaign_window", (outside.uid,))]
    assert check_campaign(campaign, today=TODAY) == whole


def test_a_check_asks_no_more_for_more_drafts(
    campaign: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_trait()
    make_lead_time()
    for count in (1, 8):
        drafts = [
            draft(
                make_plan(
                    campaign_id=campaign,
                    interval=at(DAY + timedelta(days=number)),
                    resource_ids=(make_team().resource_id, make_space().resource_id),
                    venue_ids=(make_venue().pk,),
                )
            )
            for number in range(count)
        ]
        with django_assert_max_num_queries(26):
            check_drafts(drafts, today=TODAY)


def test_what_was_accepted_is_told_apart(campaign: int) -> None:
    make_trait()
    make_figure("quiet.night_start", 21)
    make_figure("quiet.night_end", 6)
    quiet = make_activity(campaign_id=campaign, interval=at(DAY))
    make_activity(campaign_id=campaign, interval=at(DAY))
    before = check_campaign(campaign, today=TODAY)
    mine = next(each for each in before if each.uids == (quiet.uid,))
    accept_warnings(
        campaign_id=campaign, fingerprints=[mine.fingerprint], reason="Đã xin phép xã", by=None, today=TODAY
    )
    still_open, accepted = open_and_accepted(check_campaign(campaign, today=TODAY))
    assert [each.uids for each in still_open] != [(quiet.uid,)]
    assert len(still_open) == 1
    assert [(each.conflict, each.accepted.reason) for each in accepted] == [(mine, "Đã xin phép xã")]
    assert AcceptedWarning.objects.get().accepted_by_label == "Pano"
    assert open_and_accepted([]) == ([], [])
