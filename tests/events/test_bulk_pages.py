"""Many activities at once, as pages: ticked in the list, previewed, applied, undone."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from events import planning
from events.models import Activity, PlanStep, Status
from tests.factories import at, make_activity, make_area, make_campaign, make_resource, make_unit, make_user
from units.models import Role, Unit, User
from venues.models import Area

pytestmark = pytest.mark.django_db
LIST = "/calendar/?view=list&date=2023-08-01"


class District:
    def __init__(self) -> None:
        self.area: Area = make_area("Huyện Cao Lộc")
        self.office: Unit = make_unit("PVHTT-CAOLOC", areas=(self.area,))
        self.alice: User = make_user("Alice", role=Role.UNIT_PLANNER, unit=self.office)
        self.campaign_id: int = make_campaign().pk

    def plan(self, **fields: Any) -> Activity:
        keys = {"area_id": self.area.pk, "lead_unit_id": self.office.pk, "campaign_id": self.campaign_id}
        return make_activity(**(keys | fields))


@pytest.fixture
def cao_loc(client: Client) -> District:
    district = District()
    client.force_login(district.alice)
    return district


def ticks(page: str) -> list[str]:
    return re.findall(r'name="chosen" value="([^"]+)"', page)


def seen(*activities: Activity) -> str:
    return " ".join(f"{each.uid}:{each.version}" for each in activities)


def send(client: Client, **values: Any) -> str:
    return client.post("/activities/bulk/", {"back": LIST, **values}).content.decode()


def test_alice_ticks_what_she_sees_and_a_visitor_ticks_nothing(cao_loc: District, client: Client) -> None:
    one = cao_loc.plan()
    page = client.get(LIST).content.decode()
    assert ticks(page) == [seen(one)]
    assert "checked" not in page
    assert client.get(f"{LIST}&select=all").content.decode().count(" checked>") == 1
    assert ticks(Client().get(LIST).content.decode()) == []


def test_choosing_costs_one_query_however_many_are_shown(cao_loc: District, client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = []
    for count in (1, 3):
        for _ in range(count):
            cao_loc.plan()
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_three_are_moved_a_week_and_the_message_offers_to_undo(cao_loc: District, client: Client) -> None:
    chosen = seen(*(cao_loc.plan() for _ in range(3)))
    form = send(client, chosen=chosen.split(), verb="shift")
    assert ('name="days"' in form, f'value="{chosen}"' in form) == (True, True)
    preview = send(client, chosen=chosen, verb="shift", days="7", stage="preview")
    assert preview.count("15/08/2023") == 3
    answer = client.post(
        "/activities/bulk/", {"back": LIST, "chosen": chosen, "verb": "shift", "days": "7", "stage": "apply"}
    )
    assert answer["Location"] == LIST
    assert {each.event.start for each in Activity.objects.all()} == {at(date(2023, 8, 15)).start}
    page = client.get(LIST).content.decode()
    step = PlanStep.objects.get(verb="bulk shift")
    assert f"Hoàn tác: {step.label}" in page
    undone = client.post(
        f"/campaigns/{step.campaign.code}/steps/undo/", {"expected": step.number, "back": LIST}, follow=True
    )
    assert f"Đã hoàn tác: {step.label}" in undone.content.decode() or "Hoàn tác" in undone.content.decode()
    assert {each.event.start for each in Activity.objects.all()} == {at(date(2023, 8, 8)).start}


def test_what_stands_in_the_way_is_told_on_the_preview(cao_loc: District, client: Client) -> None:
    team = make_resource("Đội 1")
    one = cao_loc.plan(resource_ids=(team.pk,))
    cao_loc.plan(resource_ids=(team.pk,), interval=at(date(2023, 8, 15)))
    for stage in ("preview", "apply"):
        page = send(client, chosen=seen(one), verb="shift", days="7", stage=stage)
        assert ("Đội 1" in page, 'value="apply"' in page) == (True, False)
    assert Activity.objects.get(uid=one.uid).version == one.version


def test_those_that_clash_are_left_out_by_one_button(cao_loc: District, client: Client) -> None:
    team = make_resource("Đội 1")
    one, other = cao_loc.plan(resource_ids=(team.pk,)), cao_loc.plan()
    cao_loc.plan(resource_ids=(team.pk,), interval=at(date(2023, 8, 15)))
    pages = [
        send(client, chosen=chosen, verb="shift", days="7", stage="preview") for chosen in (seen(one), seen(one, other))
    ]
    assert ["Tiếp tục với" in page for page in pages] == [False, True]
    assert f'value="{seen(other)}"' in pages[1]


def test_a_stale_one_is_left_out_by_one_button(cao_loc: District, client: Client) -> None:
    one, other = cao_loc.plan(), cao_loc.plan()
    chosen = seen(one, other)
    planning.set_status(uid=one.uid, version=one.version, status=Status.POSTPONED, reason="mưa", by=cao_loc.alice)
    page = send(client, chosen=chosen, verb="delete")
    assert ("mưa" in page, f'value="{seen(other)}"' in page) == (True, True)
    page = send(client, chosen=chosen, verb="delete", stage="apply")
    assert "mưa" in page
    assert Activity.objects.filter(is_deleted=True).count() == 0


def test_deleting_needs_no_form_and_says_what_readers_see(cao_loc: District, client: Client) -> None:
    one = cao_loc.plan()
    page = send(client, chosen=seen(one), verb="delete")
    assert "đã huỷ để người đăng ký lịch biết" in page
    send(client, chosen=seen(one), verb="delete", stage="apply")
    assert Activity.objects.get().is_deleted is True


def test_fields_that_are_wrong_come_back_with_a_sentence(cao_loc: District, client: Client) -> None:
    one = cao_loc.plan()
    assert "field__error" in send(client, chosen=seen(one), verb="shift", days="x", stage="preview")
    assert "field__error" in send(client, chosen=seen(one), verb="cancel", reason="", stage="preview")
    zero = client.post(
        "/activities/bulk/",
        {"back": LIST, "chosen": seen(one), "verb": "shift", "days": "0", "stage": "preview"},
        follow=True,
    )
    assert "3.660" in zero.content.decode()


def test_nothing_ticked_and_too_much_ticked_lead_back_to_the_list(cao_loc: District, client: Client) -> None:
    cao_loc.plan()
    for chosen, words in (([], "Chưa chọn hoạt động nào"), ([f"u-{n}:1" for n in range(2001)], "2.001")):
        answer = client.post("/activities/bulk/", {"back": LIST, "verb": "shift", "chosen": chosen}, follow=True)
        assert words in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{"chosen": "x"}, {"chosen": "a:b"}, {"chosen": "u:1", "verb": "burn"}, {"chosen": "u:1"}]
)
def test_nonsense_is_a_bad_request(cao_loc: District, client: Client, sent: dict[str, str]) -> None:
    assert cao_loc.alice.is_active
    assert client.post("/activities/bulk/", {"verb": "", **sent}).status_code == 400


def test_nobody_is_led_to_another_site(cao_loc: District, client: Client) -> None:
    assert cao_loc.alice.is_active
    answer = client.post("/activities/bulk/", {"verb": "shift", "back": "https://example.org/"})
    assert answer["Location"] == "/calendar/?view=list"


def test_copying_asks_for_areas_that_alice_may_plan(cao_loc: District, client: Client) -> None:
    other = make_area("Huyện Lộc Bình")
    own = make_area("Xã Đồng Đăng", parent=cao_loc.area)
    page = send(client, chosen=seen(cao_loc.plan()), verb="copy")
    assert (own.name in page, other.name in page) == (True, False)
    for verb, name in (("unit", "unit"), ("status", "status")):
        assert f'name="{name}"' in send(client, chosen="u:1", verb=verb)
