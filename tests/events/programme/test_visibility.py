"""Who sees what: the gate of the one reader, role by role."""

from __future__ import annotations

from typing import Any

import pytest

from events import planning
from events.models import Status
from events.programme import Scope, load_programme
from tests.factories import make_activity, make_area, make_planner, make_unit, make_user
from units.models import Role
from units.permissions import Viewer, viewer_of

pytestmark = pytest.mark.django_db


def seen_by(viewer: Viewer) -> set[str]:
    programme = load_programme(window=None, scope=Scope(), viewer=viewer)
    return {entry.code for entry in programme.entries}


def plan_one_of_each(**fields: Any) -> None:
    for status in Status.values:
        make_activity(code=status, status=status, **fields)
    make_activity(code="private", is_public=False, **fields)


def test_a_visitor_sees_what_is_public_and_confirmed() -> None:
    plan_one_of_each()
    assert seen_by(viewer_of(None)) == {"confirmed", "done"}


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED, Status.SUSPENDED])
def test_a_visitor_is_told_that_what_was_confirmed_is_off(status: str) -> None:
    activity = make_activity(code="A")
    planning.set_status(uid=activity.uid, version=1, status=status, reason="", by=None)
    assert seen_by(viewer_of(None)) == {"A"}


def test_what_went_back_to_draft_is_hidden_again() -> None:
    activity = make_activity(code="A")
    planning.set_status(uid=activity.uid, version=1, status=Status.DRAFT, reason="", by=None)
    assert seen_by(viewer_of(None)) == set()


def test_alice_sees_the_drafts_of_her_district_and_not_of_another() -> None:
    mine, other = make_area("Huyện Cao Lộc"), make_area("Huyện Văn Lãng")
    office = make_unit(areas=(mine,))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=office)
    make_activity(code="mine", status=Status.DRAFT, area_id=mine.pk)
    make_activity(code="led", status=Status.DRAFT, lead_unit_id=office.pk)
    make_activity(code="other", status=Status.DRAFT, area_id=other.pk)
    make_activity(code="tentative", status=Status.TENTATIVE, area_id=other.pk)
    assert seen_by(viewer_of(alice)) == {"mine", "led", "tentative"}


def test_bob_in_her_unit_sees_its_own_drafts_only_where_it_leads() -> None:
    mine = make_area()
    office = make_unit(areas=(mine,))
    bob = make_user("Bob", role=Role.TEAM_MEMBER, unit=office)
    make_activity(code="led", status=Status.DRAFT, lead_unit_id=office.pk)
    make_activity(code="area", status=Status.DRAFT, area_id=mine.pk)
    assert seen_by(viewer_of(bob)) == {"led"}


def test_charlie_without_a_role_is_a_visitor() -> None:
    plan_one_of_each()
    assert seen_by(viewer_of(make_user("Charlie"))) == {"confirmed", "done"}


def test_a_planner_of_the_province_sees_everything() -> None:
    plan_one_of_each()
    assert seen_by(viewer_of(make_planner())) == {*Status.values, "private"}


def test_an_inactive_planner_is_a_visitor() -> None:
    plan_one_of_each()
    planner = make_planner()
    planner.is_active = False
    assert seen_by(viewer_of(planner)) == {"confirmed", "done"}
