"""One operation on many activities: all or nothing, one step, told before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import NotAllowed, PlanRejected, StalePlan
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, PlanStep, Status
from events.planning.bulk import apply_bulk, preview_bulk
from events.planning.bulk_items import BulkOperation, BulkVerb
from events.planning.states import hash_of, state_of
from events.planning.steps import redo_step, undo_step
from tests.factories import (
    at,
    make_activity,
    make_area,
    make_campaign,
    make_planner,
    make_resource,
    make_site,
    make_unit,
    make_user,
    make_venue,
)
from units.models import Role, Unit, User
from units.permissions import viewer_of
from venues.models import Area

pytestmark = pytest.mark.django_db
WEEK_LATER = BulkOperation(verb=BulkVerb.SHIFT, days=7)


@dataclass(frozen=True)
class District:
    area: Area
    office: Unit
    alice: User
    campaign_id: int

    def plan(self, **fields: Any) -> Activity:
        keys = {"area_id": self.area.pk, "lead_unit_id": self.office.pk, "campaign_id": self.campaign_id}
        return make_activity(**(keys | fields))


@pytest.fixture
def cao_loc() -> District:
    area = make_area("Huyện Cao Lộc")
    office = make_unit("PVHTT-CAOLOC", areas=(area,))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=office)
    return District(area=area, office=office, alice=alice, campaign_id=make_campaign().pk)


def seen(*activities: Activity) -> dict[str, int]:
    return {each.uid: each.version for each in activities}


def digest() -> str:
    return hash_of({each.uid: state_of(each) for each in Activity.objects.all()})


def test_three_activities_move_a_week_as_one_step_and_back(cao_loc: District) -> None:
    rule = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), count=3)
    chosen = [cao_loc.plan(), cao_loc.plan(recurrence=rule), cao_loc.plan(status=Status.DRAFT)]
    first = digest()
    changed = apply_bulk(operation=WEEK_LATER, selection=seen(*chosen), by=cao_loc.alice)
    assert {each.event.start for each in changed} == {at(date(2023, 8, 15)).start}
    assert [each.sequence for each in changed] == [1, 1, 1]
    step = PlanStep.objects.get(verb="bulk shift")
    assert (step.label, step.changes.count()) == ("Dời 3 hoạt động +7 ngày", 3)
    last = digest()
    undo_step(campaign_id=cao_loc.campaign_id, expected=step.number, by=cao_loc.alice)
    assert digest() == first
    redo_step(campaign_id=cao_loc.campaign_id, expected=step.number, by=cao_loc.alice)
    assert digest() == last


def test_the_preview_tells_before_and_after_and_writes_nothing(cao_loc: District) -> None:
    one = cao_loc.plan(title="Đêm hội")
    before = digest()
    preview = preview_bulk(operation=WEEK_LATER, selection=seen(one), viewer=viewer_of(cao_loc.alice))
    (line,) = preview.lines
    (change,) = line.changes
    assert (line.title, line.refusals, preview.conflicts, preview.may_apply) == ("Đêm hội", (), (), True)
    assert ("08/08/2023" in change.before, "15/08/2023" in change.after) == (True, True)
    assert (digest(), PlanStep.objects.filter(verb="bulk shift").count()) == (before, 0)


def test_those_that_move_together_do_not_clash_with_each_other(cao_loc: District) -> None:
    team = make_resource("Đội 1")
    first = cao_loc.plan(resource_ids=(team.pk,))
    second = cao_loc.plan(resource_ids=(team.pk,), interval=at(date(2023, 8, 15)))
    viewer = viewer_of(cao_loc.alice)
    both = preview_bulk(operation=WEEK_LATER, selection=seen(first, second), viewer=viewer)
    assert (both.may_apply, both.is_blocked) == (True, False)
    alone = preview_bulk(operation=WEEK_LATER, selection=seen(first), viewer=viewer)
    assert (alone.may_apply, alone.is_blocked) == (False, True)
    with pytest.raises(PlanRejected, match="Đội 1"):
        apply_bulk(operation=WEEK_LATER, selection=seen(first), by=cao_loc.alice)
    assert len(apply_bulk(operation=WEEK_LATER, selection=seen(first, second), by=cao_loc.alice)) == 2


def test_a_draft_is_told_what_confirming_it_would_meet(cao_loc: District) -> None:
    team = make_resource("Đội 1")
    one = cao_loc.plan(resource_ids=(team.pk,), status=Status.DRAFT)
    cao_loc.plan(resource_ids=(team.pk,), interval=at(date(2023, 8, 15)))
    preview = preview_bulk(operation=WEEK_LATER, selection=seen(one), viewer=viewer_of(cao_loc.alice))
    assert ([each.is_blocking for each in preview.conflicts], preview.may_apply) == ([True], True)
    assert len(apply_bulk(operation=WEEK_LATER, selection=seen(one), by=cao_loc.alice)) == 1


def test_somebody_saved_meanwhile(cao_loc: District) -> None:
    one, other = cao_loc.plan(code="A-1"), cao_loc.plan(code="A-2")
    selection = seen(one, other)
    planning.set_status(uid=one.uid, version=one.version, status=Status.POSTPONED, reason="mưa", by=cao_loc.alice)
    preview = preview_bulk(operation=WEEK_LATER, selection=selection, viewer=viewer_of(cao_loc.alice))
    assert [bool(line.refusals) for line in preview.lines] == [True, False]
    assert (preview.may_apply, preview.fitting, preview.conflicts) == (False, seen(other), ())
    with pytest.raises(StalePlan, match="mưa") as caught:
        apply_bulk(operation=WEEK_LATER, selection=selection, by=cao_loc.alice)
    assert all(text.startswith("A-1: ") for text in caught.value.changes)
    other.refresh_from_db()
    assert other.version == selection[other.uid]


def test_nobody_moves_what_is_not_theirs(cao_loc: District) -> None:
    theirs = make_activity(campaign_id=cao_loc.campaign_id)
    preview = preview_bulk(operation=WEEK_LATER, selection=seen(theirs), viewer=viewer_of(cao_loc.alice))
    assert (preview.refused, preview.may_apply) == (1, False)
    with pytest.raises(NotAllowed):
        apply_bulk(operation=WEEK_LATER, selection=seen(theirs), by=cao_loc.alice)


def test_drafts_of_others_are_not_even_named(cao_loc: District) -> None:
    hidden = make_activity(status=Status.DRAFT)
    preview = preview_bulk(operation=WEEK_LATER, selection=seen(hidden), viewer=viewer_of(cao_loc.alice))
    assert (preview.lines, preview.gone, preview.may_apply) == ((), 1, False)
    with pytest.raises(ValidationError):
        apply_bulk(operation=WEEK_LATER, selection=seen(hidden), by=cao_loc.alice)


def test_a_copy_leaves_behind_what_is_elsewhere(cao_loc: District) -> None:
    there = make_area("Huyện Lộc Bình")
    office = make_unit("PVHTT-LOCBINH", areas=(there,))
    near, far = make_venue("Sân A", area=cao_loc.area), make_venue("Sân B", area=there)
    site = make_site(area=cao_loc.area)
    source = cao_loc.plan(
        venue_ids=(near.pk, far.pk), site_ids=(site.pk,), resource_ids=(make_resource().pk,), code="LD-001"
    )
    operation = BulkOperation(verb=BulkVerb.COPY, area_ids=(there.pk,))
    preview = preview_bulk(operation=operation, selection=seen(source), viewer=viewer_of(make_planner()))
    (line,) = preview.lines
    assert (line.is_new, len(line.notes), preview.label) == (True, 2, "Sao chép thành 1 hoạt động mới")
    (copy,) = apply_bulk(operation=operation, selection=seen(source), by=make_planner("Lan"))
    plan = planning.plan_of(copy)
    assert (plan.code, plan.status, plan.area_id, plan.lead_unit_id) == ("LD-002", "draft", there.pk, office.pk)
    assert (plan.venue_ids, plan.site_ids, plan.resource_ids) == ((far.pk,), (), ())
    assert (copy.uid == source.uid, plan.interval) == (False, planning.plan_of(source).interval)


def test_copies_may_keep_their_status_and_need_an_area_of_their_own(cao_loc: District) -> None:
    source = cao_loc.plan()
    there = make_area("Huyện Lộc Bình")
    keeping = BulkOperation(verb=BulkVerb.COPY, area_ids=(there.pk,), keeps_status=True)
    (copy,) = apply_bulk(operation=keeping, selection=seen(source), by=make_planner())
    assert (copy.status, copy.lead_unit_id) == (Status.CONFIRMED, cao_loc.office.pk)
    same = BulkOperation(verb=BulkVerb.COPY, area_ids=(cao_loc.area.pk,))
    with pytest.raises(ValidationError, match="Cao Lộc"):
        apply_bulk(operation=same, selection=seen(source), by=cao_loc.alice)


def test_unit_status_cancelling_and_deleting(cao_loc: District) -> None:
    planner, other = make_planner(), make_unit()
    one = cao_loc.plan()
    apply_bulk(operation=BulkOperation(verb=BulkVerb.UNIT, unit_id=other.pk), selection=seen(one), by=planner)
    one.refresh_from_db()
    assert (one.lead_unit_id, one.version, one.sequence) == (other.pk, 2, 0)
    tentative = BulkOperation(verb=BulkVerb.STATUS, status=Status.TENTATIVE, reason=" chờ kinh phí ")
    apply_bulk(operation=tentative, selection=seen(one), by=planner)
    one.refresh_from_db()
    assert (one.status, one.status_reason) == (Status.TENTATIVE, "chờ kinh phí")
    apply_bulk(operation=BulkOperation(verb=BulkVerb.CANCEL, reason="bão"), selection=seen(one), by=planner)
    one.refresh_from_db()
    assert (one.status, one.status_reason) == (Status.CANCELLED, "bão")
    delete = BulkOperation(verb=BulkVerb.DELETE)
    (line,) = preview_bulk(operation=delete, selection=seen(one), viewer=viewer_of(planner)).lines
    assert (line.is_deleted, line.changes) == (True, ())
    apply_bulk(operation=delete, selection=seen(one), by=planner)
    one.refresh_from_db()
    assert one.is_deleted is True
    with pytest.raises(ValidationError):
        apply_bulk(operation=delete, selection=seen(one), by=planner)


def test_who_approves_may_set_the_status_of_many(cao_loc: District) -> None:
    approver = make_user("Bình", role=Role.APPROVER, unit=cao_loc.office)
    chosen = [cao_loc.plan(status=Status.TENTATIVE) for _ in range(2)]
    operation = BulkOperation(verb=BulkVerb.STATUS, status=Status.CONFIRMED)
    assert len(apply_bulk(operation=operation, selection=seen(*chosen), by=approver)) == 2
    theirs = make_activity()
    preview = preview_bulk(operation=operation, selection=seen(theirs), viewer=viewer_of(approver))
    assert preview.refused == 1


def test_a_rule_without_end_that_cannot_move_is_refused(cao_loc: District) -> None:
    rule = Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(1, 2),))
    endless = cao_loc.plan(recurrence=rule, status=Status.DRAFT)
    operation = BulkOperation(verb=BulkVerb.SHIFT, days=1)
    preview = preview_bulk(operation=operation, selection=seen(endless), viewer=viewer_of(cao_loc.alice))
    assert preview.refused == 1
    with pytest.raises(ValidationError):
        apply_bulk(operation=operation, selection=seen(endless), by=cao_loc.alice)


def test_a_rule_that_cannot_move_becomes_dates_and_says_so(cao_loc: District) -> None:
    rule = Recurrence(freq=Frequency.MONTHLY, by_weekday=(Weekday(1, 2),), count=3)
    monthly = cao_loc.plan(recurrence=rule)
    starts = [row.start for row in monthly.occurrences.order_by("start")]
    operation = BulkOperation(verb=BulkVerb.SHIFT, days=1)
    (line,) = preview_bulk(operation=operation, selection=seen(monthly), viewer=viewer_of(cao_loc.alice)).lines
    assert len(line.notes) == 1
    (moved,) = apply_bulk(operation=operation, selection=seen(monthly), by=cao_loc.alice)
    assert [row.start for row in moved.occurrences.order_by("start")] == [each + timedelta(days=1) for each in starts]


@pytest.mark.parametrize(
    "operation",
    [
        BulkOperation(verb=BulkVerb.SHIFT),
        BulkOperation(verb=BulkVerb.SHIFT, days=4000),
        BulkOperation(verb=BulkVerb.COPY),
        BulkOperation(verb=BulkVerb.UNIT),
        BulkOperation(verb=BulkVerb.STATUS, status="gone"),
        BulkOperation(verb=BulkVerb.CANCEL, reason=" "),
    ],
)
def test_an_operation_that_lacks_something_is_refused(operation: BulkOperation) -> None:
    with pytest.raises(ValidationError):
        preview_bulk(operation=operation, selection={"x": 1}, viewer=viewer_of(None))


def test_too_many_or_none_are_refused() -> None:
    many = {f"u-{number}": 1 for number in range(1001)}
    two = BulkOperation(verb=BulkVerb.COPY, area_ids=(1, 2))
    with pytest.raises(ValidationError, match="2002"):
        preview_bulk(operation=two, selection=many, viewer=viewer_of(None))
    with pytest.raises(ValidationError):
        preview_bulk(operation=WEEK_LATER, selection={}, viewer=viewer_of(None))


def test_the_preview_of_ten_asks_the_database_as_often_as_of_two(cao_loc: District) -> None:
    chosen = [cao_loc.plan(interval=at(date(2023, 8, day))) for day in range(1, 11)]
    viewer = viewer_of(cao_loc.alice)
    asked = []
    for count in (2, 2, 10):  # the first asks once for what the viewer may do
        with CaptureQueriesContext(connection) as queries:
            preview_bulk(operation=WEEK_LATER, selection=seen(*chosen[:count]), viewer=viewer)
        asked.append(len(queries))
    assert asked[1] == asked[2]
