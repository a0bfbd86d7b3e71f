"""A draft plan beside the released plan."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from core.recurrence import from_rrule
from events import planning
from events.models import Activity, ActivityKind, Campaign, Status
from events.planning import ActivityChange, plan_of
from events.planning.branches import BranchChange, drop_in_branch
from events.planning.comparison import BranchComparison, DifferenceKind, StaleField, compare, conflicts_within
from events.planning.states import ActivityState, state_of
from mobile_teams.models import Team
from tests.events.planning.branch_makers import draft_change, draft_new, make_branch, seen
from tests.factories import at, make_activity, make_campaign, make_plan, make_resource, make_unit, make_venue
from tests.mobile_teams.makers import make_road

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 1)


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign()


def kinds(comparison: BranchComparison) -> dict[str, DifferenceKind]:
    return {each.title: each.kind for each in comparison.differences}


def test_each_activity_is_told_by_what_happens_to_it(campaign: Campaign) -> None:
    titles = ("Dời", "Đổi nơi", "Đổi tên", "Bỏ", "Nguyên", "Ngoài dự thảo")
    stored = {title: make_activity(campaign_id=campaign.pk, title=title) for title in titles}
    branch = make_branch(campaign)
    draft_new(branch, make_plan(campaign_id=campaign.pk, title="Mới"))
    draft_change(branch, stored["Dời"], interval=at(date(2023, 8, 9)))
    draft_change(branch, stored["Đổi nơi"], venue_ids=(make_venue().pk,))
    draft_change(branch, stored["Đổi tên"], title="Tên mới")
    draft_change(branch, stored["Nguyên"])
    drop_in_branch(change=seen(branch, stored["Bỏ"], None), by=None)
    found = compare(branch, today=TODAY)
    assert kinds(found) == {
        "Mới": DifferenceKind.ADDED,
        "Dời": DifferenceKind.MOVED,
        "Đổi nơi": DifferenceKind.MOVED,
        "Tên mới": DifferenceKind.CHANGED,
        "Bỏ": DifferenceKind.DROPPED,
        "Nguyên": DifferenceKind.SAME,
    }
    assert [len(group) for _kind, group in found.groups] == [1, 2, 1, 1, 1]
    moved = next(each for each in found.differences if each.title == "Dời")
    with translation.override("vi"):
        assert [(each.before, each.after) for each in moved.fields] == [
            ("19h30–21h30, 08/08/2023", "19h30–21h30, 09/08/2023")
        ]


def test_only_conflicts_that_the_draft_plan_brings_are_told_and_those_it_settles(campaign: Campaign) -> None:
    hall, team = make_resource("Hội trường", kind="space"), make_resource("Đội 1")
    rival = make_activity(resource_ids=(hall.pk,))
    clashing = make_activity(campaign_id=campaign.pk, status=Status.DRAFT, resource_ids=(hall.pk,))
    branch = make_branch(campaign)
    draft_change(branch, clashing, resource_ids=(team.pk,))
    new = draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,)))
    found = compare(branch, today=TODAY)
    assert [set(each.uids) for each in found.settled_conflicts] == [{rival.uid, clashing.uid}]
    assert [set(each.uids) for each in found.new_conflicts] == [{rival.uid, new.uid}]
    assert found.has_blocking
    assert found.is_blocked


def test_two_activities_of_the_draft_plan_clash_with_each_other(campaign: Campaign) -> None:
    hall = make_resource()
    branch = make_branch(campaign)
    uids = {draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,))).uid for _each in range(2)}
    assert [set(each.uids) for each in compare(branch, today=TODAY).new_conflicts] == [uids]


def test_what_a_dropped_activity_held_is_free_for_the_draft_plan(campaign: Campaign) -> None:
    hall = make_resource()
    dropped = make_activity(campaign_id=campaign.pk, resource_ids=(hall.pk,))
    branch = make_branch(campaign)
    drop_in_branch(change=seen(branch, dropped, None), by=None)
    draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,)))
    found = compare(branch, today=TODAY)
    assert (found.new_conflicts, found.is_blocked) == ((), False)


def test_the_plan_in_figures_before_and_after(campaign: Campaign) -> None:
    rule = from_rrule("FREQ=WEEKLY;COUNT=4", at(date(2023, 8, 8)).start)
    series = make_activity(campaign_id=campaign.pk, recurrence=rule, budget_vnd=4_000_000)
    make_activity(campaign_id=campaign.pk, kind=ActivityKind.EXHIBITION, budget_vnd=1_000_000)
    make_activity(campaign_id=campaign.pk, status=Status.CANCELLED, budget_vnd=7_000_000)
    make_activity(budget_vnd=9_000_000)
    branch = make_branch(campaign)
    drop_in_branch(change=seen(branch, series, None), by=None)
    draft_new(branch, make_plan(campaign_id=campaign.pk, kind=ActivityKind.EXHIBITION, budget_vnd=500_000))
    found = compare(branch, today=TODAY)
    assert (found.before.activities, found.before.budget_vnd) == (2, 5_000_000)
    assert found.before.occurrences == {"mobile_team": 4, "exhibition": 1}
    assert (found.after.activities, found.after.budget_vnd) == (2, 1_500_000)
    assert (found.after.occurrences, found.after.occurrences_in_all) == ({"exhibition": 2}, 2)


def test_what_the_teams_drive_on_the_days_concerned(campaign: Campaign) -> None:
    make_road()
    team = make_resource("Đội 1")
    Team.objects.create(resource=team, unit=make_unit())
    here, there = make_venue("A", lon=106.7613, lat=21.8537), make_venue("B", lon=106.60, lat=21.95)
    day = date(2023, 8, 8)
    first: dict[str, Any] = {"campaign_id": campaign.pk, "resource_ids": (team.pk,), "interval": at(day, "08:00")}
    make_activity(venue_ids=(here.pk,), **first)
    moved = make_activity(venue_ids=(here.pk,), **(first | {"interval": at(day, "19:00")}))
    branch = make_branch(campaign)
    draft_change(branch, moved, venue_ids=(there.pk,))
    before, after = compare(branch, today=TODAY).drives
    assert (before.km, before.legs) == (0, 0)
    assert after.km > 15
    assert after.legs == 1


def change_released(activity: Activity, **fields: object) -> Activity:
    plan = replace(plan_of(activity), **fields)  # type: ignore[arg-type]
    return planning.change_activity(
        change=ActivityChange(uid=activity.uid, version=activity.version, plan=plan), by=None
    )


def test_what_the_released_plan_changed_meanwhile_is_told_field_by_field(campaign: Campaign) -> None:
    activity = make_activity(campaign_id=campaign.pk, title="Ban đầu")
    branch = make_branch(campaign)
    draft_change(branch, activity, title="Trong dự thảo")
    once = change_released(activity, title="Lần một")
    change_released(once, title="Lần hai")
    with translation.override("vi"):
        (found,) = compare(branch, today=TODAY).differences
    assert found.is_stale
    assert found.stale == (StaleField(label="tên", base="Ban đầu", released="Lần hai", drafted="Trong dự thảo"),)
    assert (found.base_version, found.released_version) == (activity.version, activity.version + 2)


def test_what_the_released_plan_deleted_meanwhile_is_told(campaign: Campaign) -> None:
    activity = make_activity(campaign_id=campaign.pk)
    branch = make_branch(campaign)
    draft_change(branch, activity, title="Trong dự thảo")
    planning.delete_activities(seen={activity.uid: activity.version}, by=None)
    (found,) = compare(branch, today=TODAY).differences
    assert (found.kind, found.is_stale) == (DifferenceKind.ADDED, True)
    assert [each.drafted for each in found.stale if each.label in {"title", "tên"}] == ["Trong dự thảo"]


def test_dropping_what_is_gone_already_is_the_same(campaign: Campaign) -> None:
    activity = make_activity(campaign_id=campaign.pk)
    branch = make_branch(campaign)
    drop_in_branch(change=seen(branch, activity, None), by=None)
    planning.delete_activities(seen={activity.uid: activity.version}, by=None)
    (found,) = compare(branch, today=TODAY).differences
    assert found.kind is DifferenceKind.SAME


def test_an_empty_draft_plan_is_the_released_plan(campaign: Campaign) -> None:
    make_activity(campaign_id=campaign.pk)
    found = compare(make_branch(campaign), today=TODAY)
    assert (found.differences, found.new_conflicts, found.before) == ((), (), found.after)


def test_a_form_is_checked_against_both_plans(campaign: Campaign) -> None:
    hall = make_resource()
    branch = make_branch(campaign)
    rival = draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,)))
    draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,), interval=at(date(2023, 8, 7))))
    plan = make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,))
    change = BranchChange(branch_id=branch.pk, uid=None, state=ActivityState(plan=plan))
    (found,) = conflicts_within(branch, change, today=TODAY)
    assert rival.uid in found.uids
    assert conflicts_within(branch, replace(change, state=None), today=TODAY) == []


def test_the_number_of_queries_does_not_grow(campaign: Campaign, django_assert_max_num_queries: object) -> None:
    branch = make_branch(campaign)
    hall = make_resource()
    for number in range(6):
        interval = at(date(2023, 8, 8) + timedelta(days=number))
        activity = make_activity(campaign_id=campaign.pk, resource_ids=(hall.pk,), interval=interval)
        draft_change(branch, activity, title=f"Tên {number}")
    with django_assert_max_num_queries(100):  # type: ignore[operator]
        compare(branch, today=TODAY)
    assert state_of(Activity.objects.first()).is_deleted is False  # type: ignore[arg-type]
