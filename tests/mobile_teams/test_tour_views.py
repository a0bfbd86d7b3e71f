"""Tour pages and route sheets: what is on them, who sees what, how much they ask of the database."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from events import planning
from events.models import Status
from mobile_teams.commands import StopPlan
from mobile_teams.models import Tour
from mobile_teams.planning import save_tour, tour_plan_of
from tests.factories import make_area, make_campaign, make_unit, make_user, make_venue
from tests.mobile_teams.makers import make_road, make_show, make_team, make_tour, make_vehicle, plan_tour
from units.models import Role

pytestmark = pytest.mark.django_db

SECRETS: dict[str, Any] = {
    "contact_name": "Nông Văn A",
    "contact_phone": "0912 345 678",
    "lodging": "Nhà khách huyện",
    "note": "Gọi trước",
}


def with_secrets(tour: Tour) -> Tour:
    plan = tour_plan_of(tour)
    stops = tuple(replace(stop, **SECRETS) for stop in plan.stops)
    return save_tour(plan=replace(plan, stops=stops, note="Nội bộ"), by=None)


def member(name: str) -> Client:
    client = Client()
    client.force_login(make_user(name, role=Role.TEAM_MEMBER, unit=make_unit()))
    return client


def page(client: Client, tour: Tour) -> str:
    return client.get(reverse("mobile_teams:tour", args=[tour.pk])).content.decode()


def sheet(client: Client, tour: Tour) -> str:
    answer = client.get(reverse("mobile_teams:route-sheet", args=[tour.pk]))
    return "\n".join(text.extract_text() for text in PdfReader(BytesIO(answer.content)).pages)


def seen(text: str) -> list[str]:
    return [word for word in (*SECRETS.values(), "Nội bộ") if word in text]


def test_the_page_tells_hours_and_kilometres() -> None:
    make_road()
    text = page(Client(), make_tour())
    for words in ("18h00", "18h28", "18h30", "19h30–21h30", "14 km", "28 km", "QL1A"):
        assert words in text
    assert "estimated" not in text


def test_a_visitor_sees_no_names_phones_or_lodging() -> None:
    tour = with_secrets(make_tour())
    assert (seen(page(Client(), tour)), seen(sheet(Client(), tour))) == ([], [])


def test_a_member_of_a_unit_sees_them_on_page_and_paper() -> None:
    tour, bob = with_secrets(make_tour()), member("Bob")
    everything = [*SECRETS.values(), "Nội bộ"]
    assert seen(page(bob, tour)) == everything
    assert seen(sheet(bob, tour)) == [word for word in everything if word != "Gọi trước"]


def test_the_plate_is_for_members_only() -> None:
    team, vehicle = make_team(), make_vehicle()
    show = make_show(team, campaign=make_campaign(), resource_ids=(vehicle.resource_id,))
    tour = save_tour(plan=plan_tour(team, show, vehicle_id=vehicle.pk), by=None)
    found = ["12A-000.15" in sheet(client, tour) for client in (Client(), member("Bob"))]
    assert found == [False, True]


def test_a_visitor_sees_confirmed_stops_only() -> None:
    team, campaign = make_team(), make_campaign()
    shown = make_show(team, campaign=campaign, day=8, title="Đêm hội công khai")
    hidden = make_show(team, campaign=campaign, day=9, title="Buổi còn nháp", status=Status.DRAFT)
    tour = save_tour(plan=plan_tour(team, shown, hidden), by=None)
    text = page(Client(), tour)
    assert ("Đêm hội công khai" in text, "Buổi còn nháp" in text) == (True, False)


def test_a_tour_without_a_visible_stop_does_not_exist() -> None:
    team = make_team()
    show = make_show(team, campaign=make_campaign(), status=Status.TENTATIVE)
    tour = save_tour(plan=plan_tour(team, show), by=None)
    for name in ("tour", "route-sheet"):
        assert Client().get(reverse(f"mobile_teams:{name}", args=[tour.pk])).status_code == 404
    assert list(Client().get(reverse("mobile_teams:tours")).context["readings"]) == []


@pytest.mark.parametrize("name", ["tour", "route-sheet"])
@pytest.mark.parametrize("key", [0, 10**6, 10**30])
def test_an_unknown_tour_is_not_found(name: str, key: int) -> None:
    assert Client().get(reverse(f"mobile_teams:{name}", args=[key])).status_code == 404


def test_a_cancelled_stop_stays_on_page_and_paper() -> None:
    team, campaign = make_team(), make_campaign()
    shows = [make_show(team, campaign=campaign, day=day, title=f"Đêm {day}") for day in (8, 9)]
    tour = save_tour(plan=plan_tour(team, *shows), by=None)
    planning.set_status(uid=shows[1].uid, version=1, status=Status.CANCELLED, reason="mưa", by=None)
    assert "Đêm 9" in page(Client(), tour)
    text = sheet(Client(), tour)
    assert ("Đêm 9" in text, "ĐÃ HUỶ" in text) == (True, True)


def test_the_sheet_says_all_its_columns_and_the_revision() -> None:
    make_road()
    tour = make_tour(days=(8, 9))
    revision = Client().get(reverse("mobile_teams:tour", args=[tour.pk])).context["reading"].revision
    text = " ".join(sheet(Client(), tour).split())
    for words in (
        "PHIẾU LỘ TRÌNH", "Giờ xuất phát", "Giờ đến", "Chặng (km)", "Xã, thôn", "Giờ lắp đặt", "Người đón", "Ăn, nghỉ",
        "Phương án mưa", "Số người xem", "18h00", "18h28", "19h30–21h30", "(22/6 ÂL)", "113", "Máy phát điện", revision,
    ):  # fmt: skip
        assert words in text


def test_the_sheet_repeats_byte_for_byte_and_answers_304() -> None:
    address = reverse("mobile_teams:route-sheet", args=[make_tour().pk])
    first, second = Client().get(address), Client().get(address)
    assert (first.content == second.content, first["Content-Type"]) == (True, "application/pdf")
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_tours_are_narrowed_by_team_campaign_and_text() -> None:
    one = make_tour()
    two = make_tour(team=make_team("Đội Văn Lãng"), name="Tuyến biên giới")
    address = reverse("mobile_teams:tours")
    queries = ("", f"?team={two.team.resource.code}", f"?campaign={one.campaign.code}", "?q=bien+gioi")
    found = [[r.tour.pk for r in Client().get(address + query).context["readings"]] for query in queries]
    assert found == [[one.pk, two.pk], [two.pk], [one.pk], [two.pk]]


def test_an_unknown_team_in_the_address_is_a_bad_request() -> None:
    assert Client().get(reverse("mobile_teams:tours"), {"team": "khong-co"}).status_code == 400


def test_a_place_without_a_point_is_said_on_the_page() -> None:
    team, campaign = make_team(), make_campaign()
    nowhere = make_venue("Bản Giềng", lon=None, lat=None)
    tour = save_tour(plan=plan_tour(team, make_show(team, campaign=campaign, venue=nowhere)), by=None)
    assert "«Bản Giềng» chưa có tọa độ" in page(Client(), tour)


@pytest.mark.parametrize(("own", "later"), [(True, None), (False, True), (False, False), (False, None)])
def test_the_border_is_that_of_today_too(own: bool, later: bool | None) -> None:  # noqa: FBT001 -- a table
    successor = None if later is None else make_area("Xã Đồng Đăng", is_border=later)
    venue = make_venue(area=make_area("Xã Bảo Lâm", is_border=own), successor_area=successor)
    team, campaign = make_team(), make_campaign()
    tour = save_tour(plan=plan_tour(team, make_show(team, campaign=campaign, venue=venue)), by=None)
    assert ("vùng biên giới" in sheet(Client(), tour)) is (own or bool(later))


@pytest.mark.parametrize("name", ["tour", "tours"])
def test_the_queries_do_not_grow_with_the_stops(name: str, django_assert_num_queries: Any) -> None:
    team, campaign = make_team(), make_campaign()
    shows = [make_show(team, campaign=campaign, day=day, area=make_area()) for day in (8, 9, 10)]
    tour = save_tour(plan=plan_tour(team, shows[0]), by=None)
    address = reverse(f"mobile_teams:{name}", args=[tour.pk] if name == "tour" else [])
    client, expected = Client(), {"tour": 11, "tours": 16}[name]
    with django_assert_num_queries(expected):
        client.get(address)
    stops = tuple(StopPlan(activity_id=show.pk) for show in shows)
    save_tour(plan=replace(plan_tour(team, shows[0]), stops=stops), by=None)
    with django_assert_num_queries(expected):
        client.get(address)


def test_a_leader_finds_the_tours_of_the_own_unit_first() -> None:
    make_road()
    own, other = make_tour(), make_tour()
    client = Client()
    client.force_login(make_user("Dũng", role=Role.TEAM_MEMBER, unit=own.team.unit))
    context = client.get(reverse("mobile_teams:tours")).context
    assert [[reading.tour for reading in context[name]] for name in ("own", "others")] == [[own], [other]]
