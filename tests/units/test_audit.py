import pytest
from django.utils import timezone

from tests.factories import make_unit, make_user
from units.audit import record_change
from units.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_when_what_before_and_after() -> None:
    alice, unit, start = make_user("Alice"), make_unit("DV", name="Phòng A"), timezone.now()
    record_change(by=alice, verb="change", subject=unit, before={"name": "Phòng B"}, after={"name": "Phòng A"})
    entry = AuditEntry.objects.get()
    assert start <= entry.at <= timezone.now()
    assert (entry.actor, entry.actor_label, entry.verb) == (alice, "Alice", "change")
    assert (entry.subject_type, entry.subject_id, entry.subject_label) == ("units.unit", str(unit.pk), "Phòng A")
    assert (entry.before, entry.after) == ({"name": "Phòng B"}, {"name": "Phòng A"})


def test_the_system_signs_with_its_own_name() -> None:
    entry = record_change(by=None, verb="create", subject=make_unit(), before=None, after={})
    assert (entry.actor, entry.actor_label) == (None, "Pano")


def test_the_name_stays_when_the_account_goes() -> None:
    bob = make_user("Bob")
    record_change(by=bob, verb="create", subject=make_unit(), before=None, after={})
    bob.delete()
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.actor_label) == (None, "Bob")


def test_a_long_label_is_cut() -> None:
    unit = make_unit("DV", name="Đ" * 160)
    unit.name = "Đ" * 400
    assert len(record_change(by=None, verb="change", subject=unit, before={}, after={}).subject_label) == 300
