"""What is private is in no public feed, whatever is asked; a private one shows what its owner may see, and no more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from core.recurrence import Frequency, Recurrence
from events import planning
from events.expansion import Override
from events.feeds.addresses import private_path
from events.feeds.spec import FIELDS
from events.feeds.tokens import hash_token, hint_of, new_token
from events.models import Activity, Status, Subscription
from events.planning.states import state_of
from events.programme import Scope, load_programme
from tests.factories import at, make_activity, make_area, make_campaign, make_resource, make_unit, make_user, make_venue
from units.models import Membership, Role, User
from units.permissions import viewer_of
from units.planning import delete_record

pytestmark = pytest.mark.django_db
WEEKLY = Recurrence(freq=Frequency.WEEKLY, count=3)
PUBLIC = (
    "/feeds/all.ics",
    "/feeds/filter.ics",
    "/feeds/area/huyen-a.ics",
    "/feeds/area/huyen-a/alone.ics",
    "/feeds/unit/PHONG-A.ics",
    "/feeds/team/DOI-1.ics",
    "/feeds/venue/NVH.ics",
    "/feeds/campaign/kh-a.ics",
    "/feeds/kind/mobile_team.ics",
    "/feeds/theme/ND1.ics",
    "/feeds/audience/DT1.ics",
    *(f"/feeds/filter.ics?status={status}" for status in Status.values),
    "/feeds/filter.ics?q=văn+nghệ",
    "/feeds/filter.ics?area=huyen-a&kind=mobile_team&unit=PHONG-A&venue=NVH&status=draft&q=KÍN",
)
SECRET = "KÍN"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A plan with something of every visibility, and who looks at it."""

    shown: Activity
    people: dict[str, User | None]


@pytest.fixture
def world() -> World:
    area, other = make_area(slug="huyen-a"), make_area(slug="huyen-b")
    unit, far = make_unit("PHONG-A", areas=(area,)), make_unit("PHONG-B", areas=(other,))
    campaign = make_campaign("kh-a")
    common: dict[str, Any] = {
        "area_id": area.pk,
        "lead_unit_id": unit.pk,
        "campaign_id": campaign.pk,
        "venue_ids": (make_venue(code="NVH").pk,),
        "theme_ids": (campaign.themes.get(code="ND1").pk,),
        "audience_ids": (campaign.audiences.get().pk,),
    }
    team = make_resource(code="DOI-1")
    shown = make_activity(**common, resource_ids=(team.pk,), recurrence=WEEKLY, notes=SECRET)
    for number, status in enumerate((Status.DRAFT, Status.TENTATIVE)):
        make_activity(**common, title=f"{SECRET} {status}", status=status, interval=at(date(2023, 9, 1 + number)))
    make_activity(**common, title=f"{SECRET} nội bộ", is_public=False, interval=at(date(2023, 9, 5)))
    abroad = common | {"area_id": other.pk, "lead_unit_id": far.pk}
    make_activity(**abroad, title=f"{SECRET} nháp nơi khác", status=Status.DRAFT, interval=at(date(2023, 9, 6)))
    state, third = state_of(shown), at(date(2023, 8, 22))
    hidden = Override(interval=third, title=f"{SECRET} buổi dự kiến", changes={"status": Status.TENTATIVE})
    wanted = {shown.uid: replace(state, overrides={third.start: hidden})}
    planning.apply_states(wanted=wanted, expected_versions={shown.uid: 1}, by=None, verb="change", label="Đổi")
    people = {str(role): make_user(f"p-{role}", role=role, unit=unit) for role in Role}
    people["stranger"] = make_user("la", role=Role.UNIT_PLANNER, unit=make_unit("PHONG-C"))
    people["no role"] = make_user("khong-vai")
    return World(shown=shown, people={"visitor": None, **people})


def make_link(owner: User, query: str = "") -> str:
    token = new_token()
    Subscription.objects.create(
        owner=owner, name="Lịch", query=query, token_hash=hash_token(token), token_hint=hint_of(token),
        request_key=token[:32], created_at=timezone.now(),
    )  # fmt: skip
    return private_path(token)


def titles(content: bytes) -> set[str]:
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(event["SUMMARY"]) for event in found if event["STATUS"] != "CANCELLED"}


def test_nothing_private_is_in_a_public_feed_whoever_asks(world: World) -> None:
    for person in world.people.values():
        client = Client()
        if person is not None:
            client.force_login(person)
        for path in PUBLIC:
            answer = client.get(path)
            events = answer.content.decode().partition("BEGIN:VEVENT")[2]  # the head repeats what was asked
            assert (path, answer.status_code, SECRET in events) == (path, 200, False)


def test_the_public_feeds_do_hold_what_is_public(world: World, client: Client) -> None:
    held = [path for path in PUBLIC[:11] if world.shown.event.title in titles(client.get(path).content)]
    assert held == list(PUBLIC[:11])


@pytest.mark.parametrize("query", ["", "area=huyen-a", "status=draft", "q=kin", "kind=mobile_team&unit=PHONG-A"])
def test_a_private_feed_shows_what_its_owner_may_see(world: World, client: Client, query: str) -> None:
    asked: dict[str, Any] = {FIELDS[name]: (value,) for name, value in _pairs(query) if name != "q"}
    scope = Scope(**asked)
    scope = replace(scope, query=dict(_pairs(query)).get("q", ""))
    seen = {}
    for name, person in world.people.items():
        if person is None:
            continue
        expected = load_programme(window=None, scope=scope, viewer=viewer_of(person)).entries
        seen[name] = titles(client.get(make_link(person, query)).content)
        assert (name, seen[name]) == (name, {entry.title for entry in expected})
    assert len({frozenset(found) for found in seen.values()}) > 1


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _equals, value in (part.partition("=") for part in query.split("&")) if name]


def test_who_loses_a_role_loses_what_it_showed(world: World, client: Client) -> None:
    person = world.people[str(Role.UNIT_PLANNER)]
    assert person is not None
    path = make_link(person)
    assert any(SECRET in title for title in titles(client.get(path).content))
    delete_record(instance=Membership.objects.get(user=person), by=None)
    assert [title for title in titles(client.get(path).content) if SECRET in title] == []


def test_a_private_feed_is_for_its_reader_alone(world: World, client: Client) -> None:
    person = world.people[str(Role.VIEWER)]
    assert person is not None
    path = make_link(person)
    answer = client.get(path)
    told = {name: answer.get(name) for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")}
    assert told == {
        "Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow",
    }  # fmt: skip
    secret = path.rsplit("/", 1)[-1].removesuffix(".ics")
    assert (secret in answer.content.decode(), secret in str(answer.headers)) == (False, False)
