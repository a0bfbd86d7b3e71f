"""Alice plans in her district, Bob is in her unit, Charlie may change nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from core.errors import NotAllowed
from core.keys import OccurrenceKey
from events import planning
from events.models import Activity, Status
from events.planning import ActivityChange, OccurrenceChange
from tests.factories import at, make_activity, make_area, make_plan, make_planner, make_unit, make_user
from units.models import Role, Unit, User
from venues.models import Area, AreaLevel

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    area: Area
    office: Unit
    alice: User
    bob: User


@pytest.fixture
def cao_loc() -> District:
    area = make_area("Huyện Cao Lộc")
    office = make_unit("PVHTT-CAOLOC", areas=(area,))
    return District(
        area=area,
        office=office,
        alice=make_user("Alice", role=Role.UNIT_PLANNER, unit=office),
        bob=make_user("Bob", role=Role.TEAM_MEMBER, unit=office),
    )


def change_title(activity: Activity, by: User) -> Activity:
    plan = replace(planning.plan_of(activity), title="Tên mới")
    return planning.change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=by)


def test_alice_plans_and_changes_in_her_district(cao_loc: District) -> None:
    commune = make_area("Xã Gia Cát", level=AreaLevel.COMMUNE, parent=cao_loc.area)
    activity = make_activity(by=cao_loc.alice, area_id=commune.pk, lead_unit_id=cao_loc.office.pk)
    assert change_title(activity, cao_loc.alice).event.title == "Tên mới"


def test_alice_cannot_plan_in_another_district_or_for_another_unit(cao_loc: District) -> None:
    with pytest.raises(NotAllowed):
        make_activity(by=cao_loc.alice, lead_unit_id=cao_loc.office.pk)
    with pytest.raises(NotAllowed):
        make_activity(by=cao_loc.alice, area_id=cao_loc.area.pk)


def test_alice_cannot_change_another_districts_activity(cao_loc: District) -> None:
    other = make_activity(title="Của huyện khác")
    with pytest.raises(NotAllowed):
        change_title(other, cao_loc.alice)
    key = OccurrenceKey(other.uid, at(date(2023, 8, 8)).start)
    with pytest.raises(NotAllowed):
        planning.change_occurrence(change=OccurrenceChange(key=key, version=1, interval=None), by=cao_loc.alice)
    with pytest.raises(NotAllowed):
        planning.set_status(uid=other.uid, version=1, status=Status.CANCELLED, reason="", by=cao_loc.alice)
    assert Activity.objects.get(pk=other.pk).version == 1


def test_alice_cannot_push_her_activity_into_another_district(cao_loc: District) -> None:
    activity = make_activity(area_id=cao_loc.area.pk, lead_unit_id=cao_loc.office.pk)
    plan = replace(planning.plan_of(activity), area_id=make_area("Huyện Văn Lãng").pk)
    with pytest.raises(NotAllowed):
        planning.change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=cao_loc.alice)


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.VIEWER, Role.APPROVER, None])
def test_others_in_the_unit_and_strangers_plan_nothing(cao_loc: District, role: str | None) -> None:
    person = make_user("Charlie", role=role, unit=cao_loc.office)
    plan = make_plan(area_id=cao_loc.area.pk, lead_unit_id=cao_loc.office.pk)
    with pytest.raises(NotAllowed):
        planning.plan_activity(plan=plan, by=person)


def test_an_approver_confirms_in_the_areas_of_the_unit_only(cao_loc: District) -> None:
    approver = make_user("Dung", role=Role.APPROVER, unit=cao_loc.office)
    mine = make_activity(area_id=cao_loc.area.pk, status=Status.TENTATIVE)
    confirmed = planning.set_status(uid=mine.uid, version=1, status=Status.CONFIRMED, reason="", by=approver)
    assert confirmed.status == Status.CONFIRMED
    other = make_activity(status=Status.TENTATIVE)
    with pytest.raises(NotAllowed):
        planning.set_status(uid=other.uid, version=1, status=Status.CONFIRMED, reason="", by=approver)


def test_a_planner_of_the_province_changes_anything() -> None:
    assert change_title(make_activity(), make_planner()).version == 2


def test_bob_sets_no_status(cao_loc: District) -> None:
    mine = make_activity(area_id=cao_loc.area.pk)
    with pytest.raises(NotAllowed):
        planning.set_status(uid=mine.uid, version=1, status=Status.DONE, reason="", by=cao_loc.bob)
