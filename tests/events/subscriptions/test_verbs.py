"""The verbs of private links: whose they are, what they refuse, and that no token stays anywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed
from events.feeds.tokens import hash_token, new_token
from events.models import Subscription
from events.planning import subscriptions
from events.planning.saved_filters import save_filter
from events.planning.subscriptions import (
    LONGEST_ALARM,
    SubscriptionPlan,
    change_subscription,
    create_subscription,
    revoke_subscription,
    rotate_subscription,
)
from tests.factories import make_area, make_user
from units.marks import read_marks
from units.models import AuditEntry, Role, User

pytestmark = pytest.mark.django_db

PLAN = SubscriptionPlan(name="Điện thoại")


@pytest.fixture
def alice() -> User:
    return make_user("Alice", role=Role.TEAM_MEMBER)


def create(by: User, *, token: str = "", key: str = "a", **fields: Any) -> Subscription:
    plan = replace(PLAN, **fields)
    return create_subscription(plan=plan, token=token or new_token(), request_key=key, by=by)


def trail() -> list[str]:
    return list(
        AuditEntry.objects.filter(subject_type="events.subscription").order_by("id").values_list("verb", flat=True)
    )


def test_a_link_keeps_the_hash_and_the_end_of_its_token_and_nothing_else(alice: User) -> None:
    token = new_token()
    link = create(alice, token=token, name="  Điện   thoại ", alarm_minutes=30)
    assert (link.name, link.token_hash, link.alarm_minutes, link.wants_mail) == (
        "Điện thoại", hash_token(token), 30, True,
    )  # fmt: skip
    assert token.endswith(link.token_hint)
    assert len(link.token_hint) <= 8
    stored = json.dumps(
        [Subscription.objects.values().get(), *AuditEntry.objects.values("before", "after", "subject_label")],
        default=str,
    )
    assert token not in stored
    assert hash_token(token) not in json.dumps(list(AuditEntry.objects.values()), default=str)


def test_a_double_press_makes_one_link(alice: User) -> None:
    token = new_token()
    assert create(alice, token=token) == create(alice, token=token)
    assert (Subscription.objects.count(), trail()) == (1, ["create link"])


def test_everything_that_changes_a_link_is_marked_for_every_process(alice: User) -> None:
    seen = [read_marks()]
    link = create(alice)
    seen.append(read_marks())
    change_subscription(pk=link.pk, plan=replace(PLAN, name="Máy tính"), by=alice)
    seen.append(read_marks())
    rotate_subscription(pk=link.pk, token=new_token(), by=alice)
    seen.append(read_marks())
    revoke_subscription(pk=link.pk, by=alice)
    seen.append(read_marks())
    assert len(set(seen)) == 5
    assert trail() == ["create link", "change link", "rotate link", "revoke link"]


def test_changing_to_what_is_stored_writes_nothing(alice: User) -> None:
    link = create(alice)
    change_subscription(pk=link.pk, plan=PLAN, by=alice)
    assert trail() == ["create link"]


def test_a_link_changes_what_it_holds_and_keeps_its_token(alice: User) -> None:
    link, area = create(alice), make_area()
    changed = change_subscription(
        pk=link.pk, plan=replace(PLAN, query=f"area={area.slug}", alarm_minutes=0, wants_mail=False), by=alice
    )
    assert (changed.query, changed.alarm_minutes, changed.wants_mail, changed.token_hash) == (
        f"area={area.slug}", 0, False, link.token_hash,
    )  # fmt: skip


def test_a_link_may_follow_a_saved_filter_of_the_same_person(alice: User) -> None:
    kept = save_filter(name="Của tôi", query="kind=exhibition", by=alice)
    link = create(alice, saved_filter_id=kept.pk, query="kind=training")
    assert (link.saved_filter, link.query) == (kept, "")
    with pytest.raises(ValidationError):
        create(make_user("Bob"), key="b", saved_filter_id=kept.pk)


def test_a_new_token_ends_the_old_one_and_forgets_who_fetched_it(alice: User) -> None:
    link, token = create(alice), new_token()
    Subscription.objects.update(last_client="Google Calendar")
    for _press in range(2):
        rotate_subscription(pk=link.pk, token=token, by=alice)
    stored = Subscription.objects.get()
    assert (stored.token_hash, stored.last_client, stored.rotated_at is None) == (hash_token(token), "", False)
    assert trail() == ["create link", "rotate link"]


def test_revoking_is_for_good(alice: User) -> None:
    link = create(alice)
    first = revoke_subscription(pk=link.pk, by=alice).revoked_at
    assert revoke_subscription(pk=link.pk, by=alice).revoked_at == first
    with pytest.raises(ValidationError):
        change_subscription(pk=link.pk, plan=PLAN, by=alice)
    with pytest.raises(ValidationError):
        rotate_subscription(pk=link.pk, token=new_token(), by=alice)
    with pytest.raises(ValidationError):
        revoke_subscription(pk=link.pk + 1, by=alice)
    assert trail() == ["create link", "revoke link"]


def test_another_persons_link_is_out_of_reach_but_an_administrator_may_revoke_it(alice: User) -> None:
    link, charlie = create(alice), make_user("Charlie", role=Role.PROVINCIAL_PLANNER)
    with pytest.raises(ValidationError):
        change_subscription(pk=link.pk, plan=PLAN, by=charlie)
    with pytest.raises(ValidationError):
        rotate_subscription(pk=link.pk, token=new_token(), by=charlie)
    with pytest.raises(NotAllowed):
        revoke_subscription(pk=link.pk, by=charlie)
    assert revoke_subscription(pk=link.pk, by=make_user("Admin", role=Role.ADMINISTRATOR)).revoked_at is not None


def test_deadlines_are_for_members_of_a_unit(alice: User) -> None:
    assert create(alice, query="deadlines=report").query == "deadlines=report"
    with pytest.raises(NotAllowed):
        create(make_user("Khach"), key="b", query="deadlines=report")


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "   "},
        {"name": "a" * 81},
        {"name": "a\x00b"},
        {"alarm_minutes": -1},
        {"alarm_minutes": LONGEST_ALARM + 1},
        {"query": "area=khong-co"},
    ],
)
def test_what_is_no_link_is_refused_and_nothing_is_written(alice: User, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        create(alice, **fields)
    assert (Subscription.objects.count(), trail()) == (0, [])


def test_fifty_living_links_are_the_most(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "MOST_LINKS", 2)
    first = create(alice, key="1")
    create(alice, key="2")
    with pytest.raises(ValidationError):
        create(alice, key="3")
    revoke_subscription(pk=first.pk, by=alice)
    assert create(alice, key="3").pk is not None
    assert create(make_user("Bob"), key="4").pk is not None
