"""The pages of one's own private links."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.feeds.addresses import private_path
from events.feeds.tokens import hash_token
from events.models import Subscription
from events.planning import subscriptions as verbs
from events.planning.saved_filters import save_filter
from events.views import subscription_tickets
from mobile_teams.models import Team
from tests.events.late.makers import make_link
from tests.events.subscriptions.makers import make, ticket_on, token_in
from tests.factories import make_area, make_planner, make_resource, make_unit, make_user
from units.models import Role, User

pytestmark = pytest.mark.django_db

NEW = "/feeds/mine/new/"


@pytest.fixture
def alice() -> User:
    return make_user("Alice", role=Role.TEAM_MEMBER, email="alice@so.vn")


@pytest.fixture
def browser(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def texts(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_link_is_made_and_its_address_shown_once(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = make(browser)
    token, link = token_in(answer), Subscription.objects.get()
    page = texts(answer)
    assert (answer.status_code, "no-store" in answer["Cache-Control"], link.token_hash) == (
        200,
        True,
        hash_token(token),
    )
    assert page.count(f'value="http://testserver{private_path(token)}"') == 1
    assert page.count(f'href="webcal://testserver{private_path(token)}"') == 1
    assert page.count('src="data:image/svg+xml') == 1
    after = [texts(browser.get(path)) for path in ("/feeds/mine/", f"/feeds/mine/{link.pk}/", "/", NEW)]
    assert [token in text for text in after] == [False] * 4
    assert f"…{link.token_hint}" in after[0]
    assert token not in str([session.get_decoded() for session in Session.objects.all()])
    assert token not in caplog.text


def test_a_double_press_shows_the_same_link_again(browser: Client) -> None:
    ticket = ticket_on(browser, NEW)
    first, second = (make(browser, ticket=ticket) for _press in range(2))
    assert token_in(first) == token_in(second)
    assert Subscription.objects.count() == 1


def test_a_form_sent_again_after_the_address_was_changed_shows_no_address(browser: Client) -> None:
    ticket = ticket_on(browser, NEW)
    make(browser, ticket=ticket)
    link = Subscription.objects.get()
    browser.post(f"/feeds/mine/{link.pk}/rotate/", {"ticket": ticket_on(browser, f"/feeds/mine/{link.pk}/rotate/")})
    again = make(browser, ticket=ticket)
    assert (again.status_code, again["Location"], Subscription.objects.count()) == (302, "/feeds/mine/", 1)


def test_a_ticket_is_good_for_its_person_and_an_hour(
    browser: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = signing.dumps({"owner": alice.pk + 1, "key": "k", "token": "t"}, salt=subscription_tickets.SALT)
    old = ticket_on(browser, NEW)
    monkeypatch.setattr(subscription_tickets, "GOOD_FOR_S", -1)
    for ticket in ("", "abc", bob, old):
        answer = make(browser, ticket=ticket)
        assert (answer.status_code, "quá một giờ" in texts(answer)) == (200, True)
    assert Subscription.objects.count() == 0


def test_a_link_holds_the_filter_of_the_address_and_reminds(browser: Client) -> None:
    area = make_area("Huyện Cao Lộc", slug="huyen-cao-loc")
    path = f"{NEW}?area={area.slug}"
    form = browser.get(path).context["form"]
    assert (form.initial["holds"], form.initial["name"]) == ("area=huyen-cao-loc", "Địa bàn: Huyện Cao Lộc")
    make(browser, path, holds="area=huyen-cao-loc", alarm_minutes="30", wants_mail="")
    link = Subscription.objects.get()
    assert (link.query, link.alarm_minutes, link.wants_mail) == ("area=huyen-cao-loc", 30, False)
    page = texts(browser.get("/feeds/mine/"))
    told = ("Địa bàn: Huyện Cao Lộc", "trước 30 phút", "không gửi thư", "chưa tải lần nào")
    assert [page.count(text) for text in told] == [1] * 4


def test_what_is_not_offered_is_refused_with_all_that_was_written_kept(browser: Client) -> None:
    answer = make(browser, holds="area=khong-co", name="Tên của tôi")
    assert (answer.status_code, "Tên của tôi" in texts(answer), Subscription.objects.count()) == (200, True, 0)


def test_an_unknown_filter_in_the_address_is_a_bad_request(browser: Client) -> None:
    assert browser.get(f"{NEW}?area=khong-co").status_code == 400


def test_too_many_links_are_refused_with_a_sentence(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_LINKS", 1)
    make(browser)
    assert "đã có 1 liên kết riêng" in texts(make(browser))
    assert Subscription.objects.count() == 1


def test_a_member_is_offered_the_teams_and_units_that_are_theirs_and_deadlines(browser: Client, alice: User) -> None:
    unit = alice.memberships.get().unit
    Team.objects.create(resource=make_resource("Đội Cao Lộc", code="doi-cl"), unit=unit)
    Team.objects.create(resource=make_resource("Đội khác"), unit=make_unit())
    offered = [("team=doi-cl", "Đội: Đội Cao Lộc"), (f"unit={unit.code}", f"Đơn vị: {unit.name}")]
    assert browser.get("/feeds/mine/").context["suggestions"] == offered
    groups = dict(browser.get(NEW).context["form"].fields["holds"].choices)
    assert groups["Đơn vị và đội của tôi"] == offered
    assert [value for value, _words in groups["Các hạn"]] == [
        "deadlines=notice&deadlines=removal&deadlines=report",
        "deadlines=notice",
        "deadlines=removal",
        "deadlines=report",
    ]
    make(browser, holds="team=doi-cl")
    assert browser.get("/feeds/mine/").context["suggestions"] == offered[1:]


def test_an_account_without_a_unit_is_offered_no_deadlines() -> None:
    client = Client()
    client.force_login(make_user("Khach"))
    assert [label for label, _choices in client.get(NEW).context["form"].fields["holds"].choices] == ["Toàn bộ lịch"]
    assert client.get("/feeds/mine/").status_code == 200


def test_a_link_is_changed_and_keeps_its_address(browser: Client, alice: User) -> None:
    link = make_link(alice, query="kind=exhibition")
    path = f"/feeds/mine/{link.pk}/"
    assert browser.get(path).context["form"].initial["holds"] == "kind=exhibition"
    answer = browser.post(path, {"name": "Máy bàn", "holds": "all", "alarm_minutes": "1440"})
    changed = Subscription.objects.get()
    assert (answer.status_code, changed.name, changed.query, changed.alarm_minutes, changed.wants_mail) == (
        302, "Máy bàn", "", 1440, False,
    )  # fmt: skip
    assert changed.token_hash == link.token_hash
    assert browser.post(path, {"name": " ", "holds": "all"}).status_code == 200
    assert browser.post(path, {"name": "a\u200bb", "holds": "all"}).status_code == 200


def test_a_new_address_is_shown_once_and_the_old_one_is_dead(browser: Client, alice: User) -> None:
    link = make_link(alice)
    path = f"/feeds/mine/{link.pk}/rotate/"
    answer = browser.post(path, {"ticket": ticket_on(browser, path)})
    rotated = Subscription.objects.get()
    assert (hash_token(token_in(answer)), rotated.token_hash == link.token_hash) == (rotated.token_hash, False)
    assert browser.post(path, {"ticket": "cu"}).status_code == 200
    assert Subscription.objects.get().token_hash == rotated.token_hash


def test_a_link_is_revoked_after_asking(browser: Client, alice: User) -> None:
    link = make_link(alice)
    path = f"/feeds/mine/{link.pk}/revoke/"
    assert (browser.get(path).status_code, Subscription.objects.get().revoked_at) == (200, None)
    assert browser.post(path)["Location"] == "/feeds/mine/"
    assert Subscription.objects.get().revoked_at is not None
    page = browser.get("/feeds/mine/")
    assert (page.context["links"], [name for _moment, name in page.context["revoked"]]) == ([], ["Điện thoại"])
    assert [browser.get(f"/feeds/mine/{link.pk}/{verb}").status_code for verb in ("", "rotate/", "revoke/")] == [
        404
    ] * 3


@pytest.mark.parametrize("verb", ["", "rotate/", "revoke/"])
def test_charlie_reaches_no_link_of_alice(alice: User, verb: str) -> None:
    link, client = make_link(alice, "Bí mật"), Client()
    client.force_login(make_planner("Charlie"))
    path = f"/feeds/mine/{link.pk}/{verb}"
    assert (client.get(path).status_code, client.post(path, {"ticket": "x"}).status_code) == (404, 404)
    assert "Bí mật" not in texts(client.get("/feeds/mine/"))
    assert Subscription.objects.get().revoked_at is None


def test_the_last_fetch_is_told_with_its_client(browser: Client, alice: User) -> None:
    make_link(alice)
    moment = datetime(2023, 8, 12, 0, 5, tzinfo=UTC)
    Subscription.objects.update(last_fetched_at=moment, last_client="Google Calendar")
    assert "lần tải gần nhất của ứng dụng bạn: 12/08/2023 7h05, Google Calendar" in texts(browser.get("/feeds/mine/"))


def test_without_an_address_nobody_can_write_and_the_page_says_so(browser: Client, alice: User) -> None:
    assert browser.get("/feeds/mine/").context["has_address"] is True
    User.objects.filter(pk=alice.pk).update(email="")
    assert "chưa có địa chỉ thư điện tử" in texts(browser.get("/feeds/mine/"))


def test_more_links_and_filters_cost_no_more_queries(browser: Client, alice: User) -> None:
    counts = []
    for more in (1, 2):
        for number in range(more):
            area = make_area()
            kept = save_filter(name=f"{more} {number}", query=f"area={area.slug}&kind=training", by=alice)
            make_link(alice, query=f"area={area.slug}")
            make_link(alice, saved_filter_id=kept.pk)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/feeds/mine/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_administrator_ends_a_link_and_learns_no_address(alice: User) -> None:
    link, client = make_link(alice), Client()
    client.force_login(make_user("Admin", role=Role.ADMINISTRATOR, is_staff=True))
    shown = [texts(client.get(f"/admin/events/subscription/{path}")) for path in ("", f"{link.pk}/change/")]
    assert [link.token_hash in text or link.request_key in text for text in shown] == [False, False]
    assert ["Điện thoại" in text for text in shown] == [True, True]
    for _press in range(2):
        client.post("/admin/events/subscription/", {"action": "revoke", "_selected_action": [link.pk]})
    assert Subscription.objects.get().revoked_at is not None
