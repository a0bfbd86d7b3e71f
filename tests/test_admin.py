"""The admin writes through planning alone, and only for those who may."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from events.models import Activity, Status
from mobile_teams.models import Team
from tests.factories import (
    make_activity,
    make_area,
    make_face,
    make_resource,
    make_site,
    make_space,
    make_unit,
    make_user,
    make_venue,
)
from units.models import AuditEntry, Membership, Role, Unit, User
from units.planning import save_record
from venues.models import Area, Face, Space, Venue
from venues.record_admin import with_permission

pytestmark = pytest.mark.django_db

OTHERS = [role for role in Role if role != Role.ADMINISTRATOR]
READ_ONLY = ("events_occurrence", "events_booking", "events_campaign", "events_activity", "units_auditentry")


def staff(name: str, role: str, unit: Unit | None = None) -> User:
    return make_user(name, role=role, unit=unit, is_staff=True)


@pytest.fixture
def alice(client: Client) -> User:
    """An administrator, signed in."""
    user = staff("Alice", Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def trail() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("id").values_list("actor_label", "verb"))


def page_of(row: object, action: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{action}", args=[row.pk])  # type: ignore[attr-defined]


def venue_fields(area: Area, **fields: str) -> dict[str, str]:
    return {"code": "V-1", "name": "Nhà văn hóa", "area": str(area.pk), "kind": "culture_house",
            "point_quality": "none", "is_active": "on"} | fields  # fmt: skip


def account_fields(**fields: str) -> dict[str, str]:
    inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    return {"username": "bob", "full_name": "Bob", "is_active": "on"} | inline | fields


def our_models() -> list[str]:
    names = {"venues", "units", "events", "visuals", "mobile_teams"}
    return sorted(
        f"{model._meta.app_label}_{model._meta.model_name}"
        for model in admin.site._registry
        if model._meta.app_label in names
    )


def test_what_would_write_past_planning_has_no_page() -> None:
    strangers = {*apps.get_app_config("schedule").get_models(), Group}
    assert strangers & set(admin.site._registry) == set()


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("name", our_models())
def test_every_list_opens_and_is_searchable(client: Client, name: str) -> None:
    assert client.get(reverse(f"admin:{name}_changelist"), {"q": "đồng"}).status_code == 200


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("name", READ_ONLY)
def test_what_is_planned_elsewhere_cannot_be_added_here(client: Client, name: str) -> None:
    assert client.get(reverse(f"admin:{name}_add")).status_code == 403


@pytest.mark.usefixtures("alice")
def test_a_venue_is_added_changed_and_deleted_with_an_entry_each(client: Client) -> None:
    area = make_area()
    client.post(reverse("admin:venues_venue_add"), venue_fields(area))
    venue = Venue.objects.get()
    client.post(page_of(venue), venue_fields(area, name="Trung tâm"))
    client.post(page_of(venue, "delete"), {"post": "yes"})
    assert trail() == [("Alice", "create"), ("Alice", "change"), ("Alice", "delete")]
    assert Venue.objects.count() == 0


@pytest.mark.usefixtures("alice")
def test_half_a_point_is_refused_with_a_sentence(client: Client) -> None:
    answer = client.post(reverse("admin:venues_venue_add"), venue_fields(make_area(), lon="106.7"))
    assert (answer.status_code, Venue.objects.count(), trail()) == (200, 0, [])


@pytest.mark.usefixtures("alice")
def test_links_and_columns_are_one_change(client: Client) -> None:
    zone = make_area("Khu vực", level="zone")
    members = [make_area(f"Xã {letter}", level="commune") for letter in "AB"]
    fields = {"code": zone.code, "name": "Khu vực mới", "level": "zone", "slug": zone.slug, "position": "0"}
    chosen = {"valid_from": "01/07/2025", "point_quality": "none", "members": [str(member.pk) for member in members]}
    client.post(page_of(zone), fields | chosen)
    zone.refresh_from_db()
    assert (zone.name, zone.members.count(), trail()) == ("Khu vực mới", 2, [("Alice", "change")])


@pytest.mark.usefixtures("alice")
def test_several_rows_are_deleted_each_with_its_entry(client: Client) -> None:
    rows = [make_venue(), make_venue()]
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
    client.post(reverse("admin:venues_venue_changelist"), chosen)
    assert (Venue.objects.count(), trail()) == (0, [("Alice", "delete"), ("Alice", "delete")])


@pytest.mark.usefixtures("alice")
def test_a_space_is_added_with_its_resource(client: Client) -> None:
    fields = {
        "code": "KG-1",
        "name": "Hội trường lớn",
        "venue": str(make_venue().pk),
        "kind": "hall",
        "is_active": "on",
    }
    client.post(reverse("admin:venues_space_add"), fields)
    space = Space.objects.get()
    assert (space.resource.code, space.resource.name, trail()) == (
        "KG-1", "Hội trường lớn", [("Alice", "create"), ("Alice", "create")],
    )  # fmt: skip


@pytest.mark.usefixtures("alice")
def test_a_face_shows_its_code_and_keeps_it_its_own(client: Client) -> None:
    taken, face = make_resource(code="M-1"), make_face(make_site())
    page = client.get(page_of(face)).content.decode()
    assert face.resource.code in page
    fields = {"code": taken.code, "name": "Mặt B", "site": str(face.site_id), "format": "led"}
    assert "M-1" in str(client.post(page_of(face), fields).context["errors"])
    client.post(page_of(face), fields | {"code": "M-2"})
    assert Face.objects.get().resource.code == "M-2"


@pytest.mark.usefixtures("alice")
def test_a_team_is_saved_through_its_own_planning(client: Client) -> None:
    fields = {"code": "DOI-9", "name": "Đội 9", "unit": str(make_unit().pk), "size": "8"}
    client.post(reverse("admin:mobile_teams_team_add"), fields)
    team = Team.objects.get()
    hours = {"works_from": "07:30", "works_to": "22:00", "rest_weekday": "0"}
    client.post(page_of(team), fields | {"name": "Đội chín"} | hours)
    stored = Team.objects.get()
    assert (stored.resource.name, f"{stored.works_from:%H:%M}", stored.rest_weekday) == ("Đội chín", "07:30", 0)
    assert client.get(page_of(team, "delete")).status_code == 403


@pytest.mark.usefixtures("alice")
def test_a_vehicle_is_saved_through_its_own_planning(client: Client) -> None:
    fields = {"code": "XE-9", "name": "Xe 9", "unit": str(make_unit().pk), "plate": "12A-000.99"}
    client.post(reverse("admin:mobile_teams_vehicle_add"), fields)
    assert trail() == [("Alice", "plan")]


@pytest.mark.usefixtures("alice")
def test_an_account_is_made_with_a_password_that_no_trail_holds(client: Client) -> None:
    fields = account_fields(phone="0912345678")
    answer = client.post(reverse("admin:units_user_add"), fields)
    assert (answer.status_code, User.objects.filter(username="bob").count()) == (200, 0)
    client.post(reverse("admin:units_user_add"), fields | {"new_password": "mat-khau-rat-dai"})
    assert User.objects.get(username="bob").check_password("mat-khau-rat-dai")
    after = AuditEntry.objects.get().after or {}
    assert (after["phone"], after["password"]) == ("•••", "•••")


@pytest.mark.usefixtures("alice")
def test_an_account_keeps_its_password_unless_a_new_one_is_given(client: Client) -> None:
    bob = make_user("Bob", role=Role.VIEWER)
    fields = account_fields(full_name="Bình")
    client.post(page_of(bob), fields)
    assert User.objects.get(pk=bob.pk).check_password("mat-khau")
    client.post(page_of(bob), fields | {"new_password": "mat-khau-rat-dai"})
    assert User.objects.get(pk=bob.pk).check_password("mat-khau-rat-dai")


@pytest.mark.usefixtures("alice")
def test_a_role_is_granted_and_taken_with_an_entry(client: Client) -> None:
    bob, unit = make_user("Bob"), make_unit()
    client.post(reverse("admin:units_membership_add"), {"user": bob.pk, "unit": unit.pk, "role": "viewer"})
    client.post(page_of(Membership.objects.get(user=bob), "delete"), {"post": "yes"})
    assert trail() == [("Alice", "create"), ("Alice", "delete")]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.UNIT_PLANNER])
def test_people_change_their_own_password_with_an_entry(client: Client, role: Role) -> None:
    bob = staff("Bob", role)
    client.force_login(bob)
    new = "mat-khau-rat-dai"
    fields = {"old_password": "mat-khau", "new_password1": new, "new_password2": new}
    client.post(reverse("admin:password_change"), fields | {"old_password": "sai"})
    assert trail() == []
    client.post(reverse("admin:password_change"), fields)
    assert (User.objects.get().check_password(new), trail()) == (True, [("Bob", "change")])


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_find_no_reference_table_to_change(client: Client, role: Role) -> None:
    venue = make_venue()
    client.force_login(staff("Bob", role))
    assert client.post(page_of(venue), venue_fields(venue.area, name="Của tôi")).status_code == 403
    assert (Venue.objects.get().name, trail()) == ("Hội trường A", [])


def test_a_refusal_of_planning_is_a_403_with_its_sentence() -> None:
    unit, bob = make_unit(), make_user("Bob", role=Role.VIEWER)
    with pytest.raises(PermissionDenied, match=r"quản trị viên|administrator"):
        with_permission(lambda: save_record(instance=unit, by=bob))


def test_charlie_without_the_staff_mark_does_not_enter(client: Client) -> None:
    client.force_login(make_user("Charlie", role=Role.ADMINISTRATOR))
    assert client.get("/admin/").status_code == 302


def set_status(client: Client, activity: Activity, action: str, *, reason: str = "") -> list[str]:
    fields = {"action": action, "_selected_action": [activity.pk], "reason": reason}
    answer = client.post(reverse("admin:events_activity_changelist"), fields, follow=True)
    return [str(message) for message in answer.context["messages"]]


def test_a_planner_sets_the_status_of_the_own_district_alone(client: Client) -> None:
    cao_loc, van_lang = make_area("Huyện Cao Lộc"), make_area("Huyện Văn Lãng")
    own, other = make_activity(area_id=cao_loc.pk), make_activity(area_id=van_lang.pk)
    client.force_login(staff("Alice", Role.UNIT_PLANNER, make_unit(areas=(cao_loc,))))
    set_status(client, own, "postpone", reason="Mưa lớn")
    assert len(set_status(client, other, "postpone")) == 1
    states = dict(Activity.objects.values_list("pk", "status"))
    assert states == {own.pk: Status.POSTPONED, other.pk: Status.CONFIRMED}
    assert Activity.objects.get(pk=own.pk).status_reason == "Mưa lớn"


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("confirm", Status.CONFIRMED), ("postpone", Status.POSTPONED), ("suspend", Status.SUSPENDED),
        ("cancel", Status.CANCELLED), ("finish", Status.DONE),
    ],
)  # fmt: skip
def test_each_action_sets_its_status(client: Client, action: str, status: Status) -> None:
    activity = make_activity(status=Status.TENTATIVE)
    set_status(client, activity, action)
    assert Activity.objects.get().status == status


@pytest.mark.usefixtures("alice")
def test_a_clash_is_told_and_changes_nothing(client: Client) -> None:
    hall = make_space().resource_id
    make_activity(resource_ids=(hall,))
    draft = make_activity(resource_ids=(hall,), status=Status.DRAFT, title="Đêm thơ")
    messages = set_status(client, draft, "confirm")
    assert (len(messages), "Đêm thơ" in messages[0], Activity.objects.get(pk=draft.pk).status) == (1, True, "draft")


def test_drafts_of_another_district_are_not_even_listed(client: Client) -> None:
    draft = make_activity(status=Status.DRAFT)
    client.force_login(staff("Bob", Role.UNIT_PLANNER, make_unit(areas=(make_area(),))))
    assert client.get(page_of(draft)).status_code == 302


@pytest.mark.usefixtures("alice")
def test_an_activity_is_read_here_and_edited_on_its_page(client: Client) -> None:
    activity = make_activity()
    page = client.get(page_of(activity)).content.decode()
    assert reverse("events:activity-edit", args=[activity.uid]) in page
    assert client.post(page_of(activity), {"status": "done"}).status_code == 403


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_activities_costs_the_same(
    client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make_activity()
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:events_activity_changelist"))


def sign_in(page: Page, live_server: LiveServer) -> None:
    staff("Alice", Role.ADMINISTRATOR)
    page.goto(f"{live_server.url}/admin/")
    page.locator("#id_username").fill("alice")
    page.locator("#id_password").fill("mat-khau")
    page.locator("[type=submit]").first.click()
    expect(page.locator("#user-tools")).to_contain_text("alice")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_kind_of_page_keeps_the_strict_policy(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server)
    zone = make_area("Khu vực Cao Lộc", level="zone")
    zone.members.add(make_area("Xã Đồng Đăng", level="commune"))
    activity = make_activity()
    rows = (zone, make_face(), make_user("Bob", role=Role.VIEWER), activity, activity.campaign)
    for row in rows:
        page.goto(f"{live_server.url}{page_of(row)}")
        expect(page.locator("#content h1")).to_be_visible()
        page.goto(f"{live_server.url}{reverse(f'admin:{row._meta.app_label}_{row._meta.model_name}_changelist')}")
        expect(page.locator("#result_list")).to_be_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_venue_is_added_with_the_area_found_by_typing(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server)
    make_area("Huyện Cao Lộc")
    page.goto(f"{live_server.url}/admin/venues/venue/add/")
    page.locator("#id_code").fill("V-1")
    page.locator("#id_name").fill("Nhà văn hóa")
    page.locator("#id_kind").select_option("culture_house")
    page.locator(".field-area .select2-selection").click()
    page.locator(".select2-search__field").fill("Cao")
    page.locator(".select2-results__option", has_text="Huyện Cao Lộc").click()
    page.locator("[name=_save]").click()
    expect(page.locator(".success")).to_be_visible()
    assert Venue.objects.get().area.name == "Huyện Cao Lộc"


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("query", ["start__year=99999999999999999999", "start__year=x", "page=-1", "o=99999999999"])
def test_nonsense_in_a_lists_address_is_no_fault(client: Client, query: str) -> None:
    assert client.get(f"{reverse('admin:events_occurrence_changelist')}?{query}").status_code in {200, 302}


@pytest.mark.usefixtures("alice")
def test_a_form_is_not_filled_in_by_its_address(client: Client) -> None:
    answer = client.get(reverse("admin:venues_venue_add"), {"area": "<script>", "name": "Của ai"})
    assert (answer.status_code, answer.context["adminform"].form.initial) == (200, {})
