"""Steps of a campaign: kept, undone, redone, dropped; several states at once; old versions restored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed, PlanRejected, StalePlan
from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, Booking, PlanStep, Status, StepChange
from events.planning import ActivityChange, OccurrenceChange
from events.planning.states import ActivityState, hash_of, state_of
from events.planning.steps import next_redo, next_undo, version_of
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

if TYPE_CHECKING:
    from events.models import Campaign

pytestmark = pytest.mark.django_db
TUESDAYS = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 8, 29))


def fresh(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def change(activity: Activity, **fields: Any) -> Activity:
    plan = replace(planning.plan_of(fresh(activity)), **fields)
    seen = fresh(activity).version
    return planning.change_activity(change=ActivityChange(uid=activity.uid, version=seen, plan=plan), by=None)


def undo(campaign_id: int, **fields: Any) -> PlanStep:
    return planning.undo_step(campaign_id=campaign_id, by=None, **fields)


def redo(campaign_id: int, **fields: Any) -> PlanStep:
    return planning.redo_step(campaign_id=campaign_id, by=None, **fields)


def states_of(campaign: Campaign) -> dict[str, ActivityState | None]:
    return {activity.uid: state_of(activity) for activity in Activity.objects.filter(campaign=campaign)}


def test_each_saved_form_is_one_step_with_both_states() -> None:
    activity = make_activity(title="Cũ", by=make_planner("Phương"))
    change(activity, title="Mới")
    first, second = PlanStep.objects.order_by("number")
    assert [(step.number, step.verb, step.by_label) for step in (first, second)] == [
        (1, "plan", "Phương"), (2, "change", "Pano"),
    ]  # fmt: skip
    assert [step.label for step in (first, second)] == ["Lập «Cũ»", "Sửa «Mới»"]
    kept = StepChange.objects.get(step=second)
    titles = [state["plan"]["title"] for state in (kept.before, kept.after) if state]
    assert (kept.version, titles) == (2, ["Cũ", "Mới"])


def test_a_plan_as_stored_is_neither_a_step_nor_a_version() -> None:
    activity = change(make_activity())
    assert (activity.version, PlanStep.objects.count()) == (1, 1)


def test_undo_and_redo_bring_back_exactly_what_was() -> None:
    activity = make_activity(title="Cũ", resource_ids=(make_resource().pk,))
    campaign = activity.campaign
    first = hash_of(states_of(campaign))
    change(activity, title="Mới", interval=at(date(2023, 9, 1)))
    last = hash_of(states_of(campaign))
    assert undo(campaign.pk).number == 2
    assert (hash_of(states_of(campaign)), fresh(activity).sequence) == (first, 2)
    assert Booking.objects.get().start == at(date(2023, 8, 8)).start
    assert redo(campaign.pk).number == 2
    assert (hash_of(states_of(campaign)), fresh(activity).sequence) == (last, 3)


def test_undoing_what_was_planned_deletes_it_and_redoing_gives_the_same_row_back() -> None:
    activity = make_activity(resource_ids=(make_resource().pk,))
    rows = list(activity.occurrences.values_list("id", flat=True))
    undo(activity.campaign_id)
    assert (fresh(activity).is_deleted, Booking.objects.count()) == (True, 0)
    assert set(activity.occurrences.values_list("status", flat=True)) == {Status.CANCELLED}
    redo(activity.campaign_id)
    assert (fresh(activity).is_deleted, Booking.objects.count()) == (False, 1)
    assert list(activity.occurrences.values_list("id", flat=True)) == rows


def test_a_new_step_drops_what_was_undone() -> None:
    activity = make_activity(title="Một")
    change(activity, title="Hai")
    undo(activity.campaign_id)
    change(activity, title="Ba")
    assert next_redo(activity.campaign_id) is None
    with pytest.raises(ValidationError, match="làm lại"):
        redo(activity.campaign_id)
    assert [step.label for step in planning.steps_of(activity.campaign_id)] == ["Sửa «Ba»", "Lập «Một»"]


def test_undo_stops_at_a_hundred_steps() -> None:
    activity = make_activity(title="0")
    for number in range(1, 101):
        change(activity, title=str(number))
    for number in reversed(range(100)):
        undo(activity.campaign_id)
        assert fresh(activity).event.title == str(number)
    with pytest.raises(ValidationError, match="hoàn tác"):
        undo(activity.campaign_id)


def test_the_step_that_was_seen_must_still_be_the_next() -> None:
    activity = make_activity(title="Một")
    change(activity, title="Hai")
    with pytest.raises(StalePlan, match="“Hai”"):
        undo(activity.campaign_id, expected=1)
    with pytest.raises(ValidationError):
        redo(activity.campaign_id, expected=1)
    undo(activity.campaign_id, expected=2)
    with pytest.raises(StalePlan, match="“Hai”"):
        redo(activity.campaign_id, expected=1)


def test_what_went_to_another_campaign_is_undone_there() -> None:
    activity = make_activity(title="Đi")
    old, new = activity.campaign_id, make_campaign("khac").pk
    change(activity, campaign_id=new)
    with pytest.raises(StalePlan, match="«Đi»"):
        undo(old)
    undo(new)
    assert fresh(activity).campaign_id == old
    undo(old)
    assert fresh(activity).is_deleted


def test_an_undo_is_refused_where_the_place_is_taken_now() -> None:
    team, campaign = make_resource(), make_campaign()
    activity = make_activity(campaign_id=campaign.pk, resource_ids=(team.pk,))
    change(activity, resource_ids=())
    make_activity(resource_ids=(team.pk,), title="Người đến sau")
    with pytest.raises(PlanRejected, match="Người đến sau"):
        undo(campaign.pk)
    assert next_undo(campaign.pk) == PlanStep.objects.get(campaign=campaign, number=2)


def test_a_unit_planner_undoes_only_what_is_all_theirs() -> None:
    area = make_area("Huyện Cao Lộc")
    office = make_unit("PVHTT-CAOLOC", areas=(area,))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=office)
    campaign = make_campaign()
    mine = make_plan(campaign_id=campaign.pk, area_id=area.pk, lead_unit_id=office.pk)
    planning.plan_activities(plans=[mine, make_plan(campaign_id=campaign.pk)], by=None)
    with pytest.raises(NotAllowed, match="hoàn tác"):
        planning.undo_step(campaign_id=campaign.pk, by=alice)
    planning.plan_activity(plan=replace(mine, code="A2"), by=alice)
    assert planning.undo_step(campaign_id=campaign.pk, by=alice).by == alice


def test_an_approver_takes_a_status_back() -> None:
    area = make_area("Huyện Cao Lộc")
    dung = make_user("Dung", role=Role.APPROVER, unit=make_unit(areas=(area,)))
    activity = make_activity(area_id=area.pk, status=Status.TENTATIVE)
    planning.set_status(uid=activity.uid, version=1, status=Status.CONFIRMED, reason="", by=dung)
    planning.undo_step(campaign_id=activity.campaign_id, by=dung)
    assert fresh(activity).status == Status.TENTATIVE
    with pytest.raises(NotAllowed):
        planning.undo_step(campaign_id=activity.campaign_id, by=dung)


def test_several_states_are_one_step_and_may_swap_codes_and_teams() -> None:
    campaign, one, two = make_campaign(), make_resource(), make_resource()
    pair = [
        make_activity(campaign_id=campaign.pk, code=code, resource_ids=(team.pk,))
        for code, team in (("A", one), ("B", two))
    ]
    first, second = (state_of(activity) for activity in pair)
    new = make_plan(campaign_id=campaign.pk, code="", title="Mới")
    wanted = {
        pair[0].uid: replace(first, plan=replace(first.plan, code="B", resource_ids=(two.pk,))),
        pair[1].uid: replace(second, plan=replace(second.plan, code="A", resource_ids=(one.pk,))),
        "moi": ActivityState(plan=new),
        "khong-co": None,
    }
    seen = {activity.uid: 1 for activity in pair}
    done = planning.apply_states(wanted=wanted, expected_versions=seen, by=None, verb="bulk", label="Đổi đội")
    assert [(activity.code, activity.version) for activity in done] == [("B", 2), ("A", 2), ("LD-001", 1)]
    assert planning.steps_of(campaign.pk)[0].label == "Đổi đội"
    undo(campaign.pk)
    assert [state_of(fresh(activity)) for activity in pair] == [first, second]
    assert Activity.objects.get(uid="moi").is_deleted


def test_states_for_another_version_are_stale() -> None:
    activity = make_activity()
    wanted = {activity.uid: state_of(activity)}
    for seen in ({}, {activity.uid: 2}):
        with pytest.raises(StalePlan):
            planning.apply_states(wanted=wanted, expected_versions=seen, by=None, verb="bulk", label="x")


def test_what_is_deleted_frees_its_place_keeps_its_code_and_comes_back() -> None:
    team = make_resource()
    activity = make_activity(code="A1", resource_ids=(team.pk,))
    (gone,) = planning.delete_activities(seen={activity.uid: 1}, by=None)
    assert (gone.is_deleted, gone.sequence, Booking.objects.count()) == (True, 1, 0)
    with pytest.raises(ValidationError, match="đã xoá"):
        make_activity(campaign_id=activity.campaign_id, code="A1")
    with pytest.raises(ValidationError, match="không còn"):
        change(activity, title="x")
    back = planning.restore_version(uid=activity.uid, version=1, seen=2, by=None)
    assert (back.is_deleted, back.sequence, Booking.objects.count()) == (False, 2, 1)


def test_any_version_is_restored() -> None:
    activity = make_activity(title="Một", recurrence=TUESDAYS)
    planning.change_occurrence(
        change=OccurrenceChange(key=OccurrenceKey(activity.uid, at(date(2023, 8, 15)).start), version=1, interval=None),
        by=None,
    )
    kept = state_of(fresh(activity))
    change(activity, title="Ba", recurrence=None)
    undo(activity.campaign_id)
    change(activity, title="Năm")
    assert [version_of(activity.uid, number).plan.title for number in range(1, 6)] == [
        "Một", "Một", "Ba", "Một", "Năm",
    ]  # fmt: skip
    planning.restore_version(uid=activity.uid, version=2, seen=5, by=None)
    assert state_of(fresh(activity)) == kept
    with pytest.raises(ValidationError, match="không được giữ"):
        planning.restore_version(uid=activity.uid, version=9, seen=6, by=None)


def test_what_was_planned_before_steps_were_kept_is_restored_from_the_next_one() -> None:
    activity = make_activity(title="Xưa")
    PlanStep.objects.all().delete()
    change(activity, title="Nay")
    assert version_of(activity.uid, 1).plan.title == "Xưa"


def test_changing_one_activity_touches_no_row_of_another() -> None:
    other = make_activity(recurrence=TUESDAYS, resource_ids=(make_resource().pk,))
    before = list(other.occurrences.values()), list(Booking.objects.values())
    activity = make_activity(recurrence=TUESDAYS)
    change(activity, interval=at(date(2023, 8, 8), "18:00"))
    undo(activity.campaign_id)
    planning.delete_activities(seen={activity.uid: 3}, by=None)
    assert (list(other.occurrences.values()), list(Booking.objects.values())) == before
