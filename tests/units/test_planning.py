import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed
from tests.factories import make_area, make_unit, make_user
from units.models import AuditEntry, Membership, Role, Unit, User
from units.planning import delete_record, grant_role, save_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return make_user("Alice", role=Role.ADMINISTRATOR)


def trail() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.order_by("id").values_list("actor_label", "verb", "subject_label"))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_change_units_and_accounts(role: Role) -> None:
    charlie = make_user("Charlie", role=role)
    unit = make_unit("DV")
    with pytest.raises(NotAllowed):
        save_record(instance=unit, by=charlie)
    with pytest.raises(NotAllowed):
        delete_record(instance=unit, by=charlie)
    assert (Unit.objects.filter(code="DV").count(), trail()) == (1, [])


def test_a_unit_is_saved_with_its_areas(alice: User) -> None:
    area = make_area()
    unit = save_record(instance=Unit(code="DV", name="Phòng A", kind="partner"), by=alice, m2m={"areas": [area]})
    assert (list(unit.areas.all()), trail()) == ([area], [("Alice", "create", "Phòng A")])
    assert (AuditEntry.objects.get().after or {})["areas"] == [area.pk]


def test_a_unit_is_deleted_with_an_entry(alice: User) -> None:
    delete_record(instance=make_unit("DV", name="Phòng A"), by=alice)
    assert (Unit.objects.filter(code="DV").exists(), trail()) == (False, [("Alice", "delete", "Phòng A")])


def test_passwords_and_phones_count_as_a_change_but_are_never_in_the_trail(alice: User) -> None:
    bob = make_user("Bob", phone="0912 345 678")
    bob.phone = "0987 654 321"
    bob.set_password("mat-khau-moi")
    save_record(instance=bob, by=alice)
    entry = AuditEntry.objects.get()
    masks = [(values["phone"], values["password"]) for values in (entry.before or {}, entry.after or {})]
    assert masks == [("•••", "•••"), ("••• (đổi)", "••• (đổi)")]


def test_an_account_without_a_phone_shows_no_mask(alice: User) -> None:
    bob = make_user("Bob")
    bob.full_name = "Bình"
    save_record(instance=bob, by=alice)
    assert (AuditEntry.objects.get().after or {})["phone"] == ""


def test_signing_in_is_no_change_of_the_account(alice: User) -> None:
    bob = make_user("Bob")
    bob.last_login = bob.date_joined
    save_record(instance=bob, by=alice)
    assert trail() == []


def test_a_role_is_given_once(alice: User) -> None:
    bob, unit = make_user("Bob"), make_unit()
    first = grant_role(user=bob, unit=unit, role=Role.VIEWER, by=alice)
    assert grant_role(user=bob, unit=unit, role=Role.VIEWER, by=alice) == first
    assert (Membership.objects.filter(user=bob).count(), len(trail())) == (1, 1)


def test_an_unknown_role_is_refused(alice: User) -> None:
    membership = Membership(user=alice, unit=make_unit(), role="emperor")
    with pytest.raises(ValidationError):
        save_record(instance=membership, by=alice)
