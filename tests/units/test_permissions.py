import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_area, make_unit, make_user
from units.models import Role, Unit, User
from units.permissions import Viewer, units_open_to, viewer_of
from venues.models import Area

pytestmark = pytest.mark.django_db


def facts(viewer: Viewer) -> tuple[bool, bool, bool, bool]:
    return viewer.is_staff_member, viewer.is_planner, viewer.plans_everywhere, viewer.is_administrator


@pytest.fixture
def cao_loc() -> Area:
    return make_area("Huyện Cao Lộc")


@pytest.fixture
def office(cao_loc: Area) -> Unit:
    return make_unit("PVHTT-CAOLOC", areas=(cao_loc,))


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ADMINISTRATOR, (True, True, True, True)),
        (Role.PROVINCIAL_PLANNER, (True, True, True, False)),
        (Role.UNIT_PLANNER, (True, True, False, False)),
        (Role.APPROVER, (True, False, False, False)),
        (Role.TEAM_MEMBER, (True, False, False, False)),
        (Role.VIEWER, (True, False, False, False)),
    ],
)
def test_each_role_is_what_it_says(role: Role, expected: tuple[bool, bool, bool, bool]) -> None:
    assert facts(viewer_of(make_user("Alice", role=role))) == expected


@pytest.mark.parametrize(
    ("role", "plans", "approves"),
    [
        (Role.ADMINISTRATOR, (True, True), (True, True)),
        (Role.PROVINCIAL_PLANNER, (True, True), (True, True)),
        (Role.UNIT_PLANNER, (True, False), (True, False)),
        (Role.APPROVER, (False, False), (True, False)),
        (Role.TEAM_MEMBER, (False, False), (False, False)),
        (Role.VIEWER, (False, False), (False, False)),
    ],
)
def test_who_plans_and_approves_in_the_own_and_in_another_district(
    role: Role, plans: tuple[bool, bool], approves: tuple[bool, bool]
) -> None:
    own, other = make_area("Huyện Cao Lộc"), make_area("Huyện Văn Lãng")
    viewer = viewer_of(make_user("Alice", role=role, unit=make_unit(areas=(own,))))
    districts = (own.pk, other.pk)
    assert tuple(viewer.may_plan_in((district,)) for district in districts) == plans
    assert tuple(viewer.may_approve_in((district,)) for district in districts) == approves


def test_a_district_includes_its_communes_but_two_areas_need_both(office: Unit, cao_loc: Area) -> None:
    alice = viewer_of(make_user("Alice", role=Role.UNIT_PLANNER, unit=office))
    commune = make_area("Thị trấn Đồng Đăng", level="commune", parent=cao_loc)
    assert alice.may_plan_in((commune.pk,))
    assert not alice.may_plan_in((commune.pk, make_area("Huyện Văn Lãng").pk))


def test_bob_in_alices_unit_reads_and_charlie_is_a_visitor(office: Unit, cao_loc: Area) -> None:
    bob = viewer_of(make_user("Bob", role=Role.VIEWER, unit=office))
    charlie = viewer_of(make_user("Charlie"))
    assert [(facts(who), who.may_plan_in((cao_loc.pk,))) for who in (bob, charlie)] == [
        ((True, False, False, False), False),
        ((False, False, False, False), False),
    ]


@pytest.mark.parametrize("role", list(Role))
def test_an_inactive_account_has_no_role(role: Role) -> None:
    assert facts(viewer_of(make_user("Alice", role=role, is_active=False))) == (False, False, False, False)


def test_nobody_is_a_visitor() -> None:
    assert [viewer_of(who).roles for who in (None, AnonymousUser())] == [frozenset(), frozenset()]


def test_a_superuser_is_an_administrator_without_a_role() -> None:
    user = User.objects.create_superuser("root", password="mat-khau")
    assert facts(viewer_of(user)) == (True, True, True, True)


def test_units_a_person_may_lead_for(office: Unit) -> None:
    other = make_unit("PVHTT-VANLANG")
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=office)
    planner = make_user("Phương", role=Role.PROVINCIAL_PLANNER, unit=office)
    assert units_open_to(viewer_of(alice)) == [office]
    assert set(units_open_to(viewer_of(planner))) == {office, other}
    assert units_open_to(viewer_of(None)) == []


def test_asking_again_costs_nothing(
    office: Unit, cao_loc: Area, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    viewer = viewer_of(make_user("Alice", role=Role.UNIT_PLANNER, unit=office))
    viewer.may_plan_in((cao_loc.pk,))
    with django_assert_num_queries(0):
        assert (viewer.may_plan_in((cao_loc.pk,)), viewer.roles) == (True, frozenset({"unit_planner"}))
