import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from tests.factories import make_unit, make_user
from units.backends import READ_BY_ALL_ROLES, RoleBackend
from units.models import Role, User

pytestmark = pytest.mark.django_db


def test_an_administrator_holds_every_permission() -> None:
    alice = make_user("Alice", role=Role.ADMINISTRATOR)
    assert len(alice.get_all_permissions()) == Permission.objects.count()
    assert alice.has_perms(("venues.change_area", "units.delete_user"))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_only_read_plans(role: Role) -> None:
    assert make_user("Bob", role=role).get_all_permissions() == READ_BY_ALL_ROLES


def test_without_a_role_groups_and_grants_count_for_nothing() -> None:
    charlie, group = make_user("Charlie"), Group.objects.create(name="Nhóm")
    everything = Permission.objects.all()
    group.permissions.set(everything)
    charlie.groups.add(group)
    charlie.user_permissions.set(everything)
    assert charlie.get_all_permissions() == set()


def test_an_inactive_or_unknown_person_holds_none() -> None:
    gone = make_user("Bob", role=Role.ADMINISTRATOR, is_active=False)
    assert (gone.has_perm("venues.change_area"), AnonymousUser().has_perm("venues.change_area")) == (False, False)


def test_no_permission_is_for_one_row_alone() -> None:
    alice = make_user("Alice", role=Role.ADMINISTRATOR)
    assert RoleBackend().get_user_permissions(alice, obj=make_unit()) == set()


def test_a_superuser_needs_no_role() -> None:
    assert User.objects.create_superuser("root", password="mat-khau").has_perm("venues.change_area")
