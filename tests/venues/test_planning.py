import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from tests.factories import make_area, make_face, make_site, make_space, make_user, make_venue
from units.models import AuditEntry
from venues.models import Face, Resource, ResourceKind, Space, Venue
from venues.planning import delete_record, insert_records, save_face, save_record, save_space

pytestmark = pytest.mark.django_db


def trail() -> list[tuple[str, str, str]]:
    rows = AuditEntry.objects.order_by("id").values_list("actor_label", "verb", "subject_label")
    return list(rows)


def test_a_new_row_is_checked_stored_and_audited() -> None:
    alice, area = make_user("Alice"), make_area()
    venue = save_record(instance=Venue(code="V-1", name="Nhà văn hóa", area=area, kind="culture_house"), by=alice)
    entry = AuditEntry.objects.get()
    assert trail() == [("Alice", "create", "Nhà văn hóa")]
    assert (entry.subject_id, entry.before) == (str(venue.pk), None)
    assert entry.after is not None
    assert (entry.after["code"], entry.after["area_id"]) == ("V-1", area.pk)


def test_a_changed_row_keeps_before_and_after() -> None:
    venue = make_venue(lat=21.85)
    venue.lat = 21.9
    save_record(instance=venue, by=None)
    entry = AuditEntry.objects.get()
    assert (entry.before or {})["lat"] == 21.85
    assert (entry.after or {})["lat"] == 21.9
    assert entry.actor_label == "Pano"


def test_an_unchanged_row_writes_nothing() -> None:
    save_record(instance=make_venue(), by=None)
    assert trail() == []


def test_a_faulty_row_is_refused_and_leaves_no_trace() -> None:
    venue = make_venue()
    venue.lat = None
    with pytest.raises(ValidationError) as caught:
        save_record(instance=venue, by=None)
    assert (list(caught.value.message_dict), trail()) == (["__all__"], [])


def test_links_count_as_a_change() -> None:
    zone, commune = make_area("Khu vực", level="zone"), make_area("Xã A", level="commune")
    save_record(instance=zone, by=None, m2m={"members": [commune]})
    save_record(instance=zone, by=None, m2m={"members": [commune]})
    entry = AuditEntry.objects.get()
    assert ((entry.before or {})["members"], (entry.after or {})["members"]) == ([], [commune.pk])


def test_many_rows_are_inserted_with_links_and_one_entry_each() -> None:
    members = [make_area("Xã A", level="commune"), make_area("Xã B", level="commune")]
    zone = type(members[0])(code="KV", name="Khu vực", level="zone", slug="kv", valid_from="2025-07-01")
    insert_records(instances=[zone], links=[{"members": members}])
    assert [area.name for area in zone.members.all()] == ["Xã A", "Xã B"]
    assert (AuditEntry.objects.get().after or {})["members"] == [member.pk for member in members]


def test_inserting_checks_the_columns() -> None:
    with pytest.raises(ValidationError):
        insert_records(instances=[Venue(code="V-1", name="A", area=make_area(), kind="palace")])


def test_inserting_nothing_is_nothing() -> None:
    assert insert_records(instances=list[Venue]()) == []


def test_a_deleted_row_is_named_in_the_trail() -> None:
    venue = make_venue("Hội trường cũ")
    key = venue.pk
    delete_record(instance=venue, by=None)
    assert trail() == [("Pano", "delete", "Hội trường cũ")]
    assert AuditEntry.objects.get().subject_id == str(key)


def test_a_row_that_others_need_stays() -> None:
    space = make_space()
    with pytest.raises(ProtectedError):
        delete_record(instance=space.venue, by=None)
    assert trail() == []


def test_a_space_comes_with_its_resource() -> None:
    resource = Resource(code="KG-1", name="Hội trường lớn")
    save_space(space=Space(venue=make_venue(), kind="hall"), resource=resource, by=None)
    space = Space.objects.get()
    assert (space.resource.code, space.resource.kind) == ("KG-1", ResourceKind.SPACE)
    assert [verb for _, verb, _ in trail()] == ["create", "create"]


def test_renaming_a_face_changes_its_resource_alone() -> None:
    face = make_face(name="Mặt A")
    face.resource.name = "Mặt B"
    save_face(face=face, resource=face.resource, by=None)
    assert trail() == [("Pano", "change", "Mặt B")]


def test_a_face_and_its_resource_are_saved_both_or_neither() -> None:
    with pytest.raises(ValidationError):
        save_face(face=Face(site=make_site(), format="palace"), resource=Resource(code="M-1", name="Mặt A"), by=None)
    assert Resource.objects.count() == 0


def test_long_values_are_kept_as_their_hash() -> None:
    area = make_area()
    area.boundary = {"type": "Polygon", "coordinates": [[[106.1, 21.1]] * 400]}
    save_record(instance=area, by=None)
    stored = (AuditEntry.objects.get().after or {})["boundary"]
    assert sorted(stored) == ["characters", "sha256"]
