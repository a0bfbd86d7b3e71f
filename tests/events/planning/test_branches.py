"""Draft plans: a copy of what differs, that changes nothing until it is released."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.errors import NotAllowed, PlanRejected, StalePlan
from events import planning
from events.models import Activity, Booking, BranchActivity, BranchStatus, Campaign, Occurrence, PlanBranch, PlanStep
from events.planning import ActivityChange, plan_of
from events.planning.branches import (
    BranchChange,
    changed_state,
    discard_branch,
    drop_in_branch,
    keep_draft,
    open_branch,
    put_in_branch,
    release_branch,
    take_out,
)
from events.planning.states import ActivityState, from_json, hash_of, state_of
from events.planning.steps import undo_step
from events.programme import Scope, load_programme
from tests.events.planning.branch_makers import draft_change, draft_new, make_branch, seen
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
from units.models import AuditEntry, Role
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign()


def rows() -> tuple[int, int, int, int]:
    return Activity.objects.count(), Occurrence.objects.count(), Booking.objects.count(), PlanStep.objects.count()


def change_released(activity: Activity, **fields: object) -> Activity:
    plan = replace(plan_of(activity), **fields)  # type: ignore[arg-type]
    return planning.change_activity(
        change=ActivityChange(uid=activity.uid, version=activity.version, plan=plan), by=None
    )


def test_a_draft_plan_books_nothing_feeds_nothing_and_appears_nowhere(campaign: Campaign) -> None:
    hall = make_resource()
    kept = make_activity(campaign_id=campaign.pk, resource_ids=(hall.pk,))
    planner = make_planner()
    before = rows(), load_programme(window=None, scope=Scope(), viewer=viewer_of(planner)).revision
    branch = make_branch(campaign)
    draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,), interval=at(date(2023, 9, 9))))
    draft_change(branch, kept, title="Tên khác", interval=at(date(2023, 8, 20)))
    after = rows(), load_programme(window=None, scope=Scope(), viewer=viewer_of(planner)).revision
    assert after == before


def test_what_a_draft_plan_takes_is_free_for_everybody_else(campaign: Campaign) -> None:
    hall = make_resource()
    branch = make_branch(campaign)
    draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,)))
    rival = make_activity(resource_ids=(hall.pk,))
    assert Booking.objects.get().occurrence.activity == rival
    with pytest.raises(PlanRejected):
        release_branch(branch_id=branch.pk, seen=PlanBranch.objects.get().version, by=None)


def test_release_makes_it_the_plan_in_one_step_that_can_be_undone(campaign: Campaign) -> None:
    moved, dropped, untouched = (make_activity(campaign_id=campaign.pk) for _each in range(3))
    first = {each.uid: state_of(each) for each in Activity.objects.all()}
    branch = make_branch(campaign)
    new = draft_new(branch, make_plan(campaign_id=campaign.pk, code="", title="Mới"))
    draft_change(branch, moved, interval=at(date(2023, 8, 20)))
    drop_in_branch(change=seen(branch, dropped, None), by=None)
    branch.refresh_from_db()
    steps = PlanStep.objects.count()
    release_branch(branch_id=branch.pk, seen=branch.version, by=None)
    branch.refresh_from_db()
    assert (branch.status, PlanStep.objects.count(), branch.step) == (
        BranchStatus.RELEASED, steps + 1, PlanStep.objects.first(),
    )  # fmt: skip
    living = {each.uid: plan_of(each) for each in Activity.objects.filter(is_deleted=False)}
    assert living.keys() == {new.uid, moved.uid, untouched.uid}
    assert living[moved.uid].interval == at(date(2023, 8, 20))
    assert living[new.uid].code == "LD-001"
    undo_step(campaign_id=campaign.pk, by=None)
    now = {each.uid: state_of(each) for each in Activity.objects.all()}
    assert hash_of(now) == hash_of(first)


def test_release_that_clashes_writes_nothing(campaign: Campaign) -> None:
    hall = make_resource()
    make_activity(resource_ids=(hall.pk,))
    branch = make_branch(campaign)
    draft_new(branch, make_plan(campaign_id=campaign.pk))
    draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,)))
    before = rows()
    branch.refresh_from_db()
    with pytest.raises(PlanRejected) as caught:
        release_branch(branch_id=branch.pk, seen=branch.version, by=None)
    assert [each.code for each in caught.value.conflicts if each.is_blocking] == ["double_booking"]
    branch.refresh_from_db()
    assert (rows(), branch.status) == (before, BranchStatus.OPEN)


def test_two_activities_may_swap_what_they_take(campaign: Campaign) -> None:
    one, two = make_resource("Đội 1"), make_resource("Đội 2")
    left = make_activity(campaign_id=campaign.pk, resource_ids=(one.pk,))
    right = make_activity(campaign_id=campaign.pk, resource_ids=(two.pk,))
    branch = make_branch(campaign)
    draft_change(branch, left, resource_ids=(two.pk,))
    draft_change(branch, right, resource_ids=(one.pk,))
    branch.refresh_from_db()
    release_branch(branch_id=branch.pk, seen=branch.version, by=None)
    assert plan_of(Activity.objects.get(pk=left.pk)).resource_ids == (two.pk,)


def test_what_one_activity_gives_up_another_may_take(campaign: Campaign) -> None:
    hall = make_resource()
    dropped = make_activity(campaign_id=campaign.pk, resource_ids=(hall.pk,))
    branch = make_branch(campaign)
    drop_in_branch(change=seen(branch, dropped, None), by=None)
    draft_new(branch, make_plan(campaign_id=campaign.pk, resource_ids=(hall.pk,)))
    branch.refresh_from_db()
    release_branch(branch_id=branch.pk, seen=branch.version, by=None)
    assert Booking.objects.count() == 1


def test_a_changed_released_plan_is_told_field_by_field_before_release(campaign: Campaign) -> None:
    activity = make_activity(campaign_id=campaign.pk)
    branch = make_branch(campaign)
    draft_change(branch, activity, title="Tên trong dự thảo")
    newer = change_released(activity, title="Tên đã phát hành")
    branch.refresh_from_db()
    with pytest.raises(StalePlan) as caught:
        release_branch(branch_id=branch.pk, seen=branch.version, by=None)
    assert "Tên đã phát hành" in str(caught.value)
    keep_draft(branch_id=branch.pk, uid=activity.uid, seen_version=newer.version, by=None)
    branch.refresh_from_db()
    release_branch(branch_id=branch.pk, seen=branch.version, by=None)
    assert plan_of(Activity.objects.get()).title == "Tên trong dự thảo"


def test_taking_the_released_version_forgets_the_drafts(campaign: Campaign) -> None:
    activity = make_activity(campaign_id=campaign.pk)
    branch = make_branch(campaign)
    draft_change(branch, activity, title="Tên trong dự thảo")
    take_out(branch_id=branch.pk, uid=activity.uid, by=None)
    assert not branch.activities.exists()
    with pytest.raises(ValidationError):
        take_out(branch_id=branch.pk, uid=activity.uid, by=None)


def test_two_editors_of_one_activity_of_a_draft_plan(campaign: Campaign) -> None:
    activity = make_activity(campaign_id=campaign.pk)
    branch = make_branch(campaign)
    both_saw = seen(branch, activity, state_of(activity))
    put_in_branch(change=both_saw, by=None)
    with pytest.raises(StalePlan):
        put_in_branch(change=both_saw, by=None)
    draft_change(branch, activity, title="Sau khi tải lại")


def test_an_editor_who_saw_an_older_released_version_is_told(campaign: Campaign) -> None:
    activity = make_activity(campaign_id=campaign.pk)
    branch = make_branch(campaign)
    old = seen(branch, activity, state_of(activity))
    change_released(activity, title="Tên đã phát hành")
    with pytest.raises(StalePlan) as caught:
        put_in_branch(change=old, by=None)
    assert "Tên đã phát hành" in str(caught.value)


def test_a_release_of_what_was_not_seen_is_refused(campaign: Campaign) -> None:
    branch = make_branch(campaign)
    draft_new(branch, make_plan(campaign_id=campaign.pk))
    with pytest.raises(StalePlan):
        release_branch(branch_id=branch.pk, seen=branch.version, by=None)


def test_an_empty_or_closed_draft_plan_cannot_be_released_nor_changed(campaign: Campaign) -> None:
    branch = make_branch(campaign)
    with pytest.raises(ValidationError):
        release_branch(branch_id=branch.pk, seen=1, by=None)
    discard_branch(branch_id=branch.pk, by=None)
    branch.refresh_from_db()
    assert (branch.status, branch.closed_at is not None) == (BranchStatus.DISCARDED, True)
    with pytest.raises(ValidationError):
        draft_new(branch, make_plan(campaign_id=campaign.pk))
    PlanBranch.objects.update(status=BranchStatus.RELEASED)
    with pytest.raises(ValidationError):
        discard_branch(branch_id=branch.pk, by=None)
    with pytest.raises(ValidationError):
        discard_branch(branch_id=987654, by=None)


def test_a_name_is_needed_once_a_campaign(campaign: Campaign) -> None:
    make_branch(campaign, "Phương án 2")
    for bad in ("", "x" * 161, " Phương án 2 "):
        with pytest.raises(ValidationError):
            make_branch(campaign, bad)
    with pytest.raises(ValidationError):
        open_branch(campaign_id=987654, name="Phương án", by=None)
    assert make_branch(make_campaign("khac"), "Phương án 2").version == 1


def test_faults_of_the_plan_itself_are_refused_at_once(campaign: Campaign) -> None:
    branch = make_branch(campaign)
    with pytest.raises(ValidationError):
        draft_new(branch, make_plan(campaign_id=campaign.pk, title=""))
    with pytest.raises(ValidationError):
        draft_new(branch, make_plan())
    draft_new(branch, make_plan(campaign_id=campaign.pk, code="A1"))
    with pytest.raises(ValidationError):
        draft_new(branch, make_plan(campaign_id=campaign.pk, code="A1"))
    assert BranchActivity.objects.count() == 1


def test_dropping_what_only_the_draft_has_forgets_it(campaign: Campaign) -> None:
    branch = make_branch(campaign)
    row = draft_new(branch, make_plan(campaign_id=campaign.pk))
    change = BranchChange(branch_id=branch.pk, uid=row.uid, state=None, seen_at=row.changed_at)
    drop_in_branch(change=change, by=None)
    assert not branch.activities.exists()


def test_exceptions_follow_an_edited_series(campaign: Campaign) -> None:
    plan = make_plan(campaign_id=campaign.pk)
    assert changed_state(None, plan) == ActivityState(plan=plan)
    activity = make_activity(campaign_id=campaign.pk)
    state = state_of(activity)
    later = replace(state.plan, interval=state.plan.interval.shifted(timedelta(hours=1)))
    assert changed_state(state, later).plan == later


def test_every_change_is_kept_in_the_audit_trail(campaign: Campaign) -> None:
    planner = make_planner()
    activity = make_activity(campaign_id=campaign.pk)
    branch = make_branch(campaign, by=planner)
    draft_change(branch, activity, by=planner, title="Khác")
    take_out(branch_id=branch.pk, uid=activity.uid, by=planner)
    discard_branch(branch_id=branch.pk, by=planner)
    found = AuditEntry.objects.filter(subject_type="events.planbranch").order_by("id")
    assert list(found.values_list("verb", "actor_label")) == [
        (verb, str(planner))
        for verb in ("open draft plan", "change draft plan", "take out of draft plan", "discard draft plan")
    ]


def test_planners_put_only_what_they_may_plan(campaign: Campaign) -> None:
    own, other = make_area(), make_area("Huyện Lộc Bình")
    unit = make_unit(areas=(own,))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=unit)
    charlie = make_user("Charlie", role=Role.VIEWER, unit=unit)
    with pytest.raises(NotAllowed):
        make_branch(campaign, by=charlie)
    branch = make_branch(campaign, by=alice)
    theirs = make_activity(campaign_id=campaign.pk, area_id=other.pk)
    draft_new(branch, make_plan(campaign_id=campaign.pk, area_id=own.pk, lead_unit_id=unit.pk), by=alice)
    for refused in (
        lambda: draft_change(branch, theirs, by=alice, title="Khác"),
        lambda: drop_in_branch(change=seen(branch, theirs, None), by=alice),
        lambda: draft_new(branch, make_plan(campaign_id=campaign.pk, area_id=other.pk), by=alice),
    ):
        with pytest.raises(NotAllowed):
            refused()
    draft_change(branch, theirs, title="Của tỉnh")
    branch.refresh_from_db()
    for not_theirs in (
        lambda: take_out(branch_id=branch.pk, uid=theirs.uid, by=alice),
        lambda: keep_draft(branch_id=branch.pk, uid=theirs.uid, seen_version=9, by=alice),
        lambda: release_branch(branch_id=branch.pk, seen=branch.version, by=alice),
        lambda: discard_branch(branch_id=branch.pk, by=make_user("Bob", role=Role.UNIT_PLANNER, unit=unit)),
    ):
        with pytest.raises(NotAllowed):
            not_theirs()
    discard_branch(branch_id=branch.pk, by=alice)


def test_the_state_kept_is_the_state_put(campaign: Campaign) -> None:
    branch = make_branch(campaign)
    row = draft_new(branch, make_plan(campaign_id=campaign.pk, title="Nguyên vẹn"))
    assert row.state is not None
    assert (from_json(row.state).plan.title, from_json(row.state).plan.uid) == ("Nguyên vẹn", row.uid)
    assert row.changed_at <= timezone.now()
