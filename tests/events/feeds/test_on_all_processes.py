"""A link that is revoked is dead in every process within a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from events.feeds.addresses import private_path
from events.feeds.tokens import hash_token, hint_of, new_token
from events.models import Subscription
from tests.events.feeds.serving import served, status_of
from tests.factories import make_planner
from units.audit import record_change
from units.planning import save_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from units.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ASKED = 12  # either of two processes is surely among them


def make_link(owner: User, token: str) -> Subscription:
    return Subscription.objects.create(
        owner=owner, name="Lịch", token_hash=hash_token(token), token_hint=hint_of(token), request_key=token[:32],
        created_at=timezone.now(),
    )  # fmt: skip


def revoke(link: Subscription) -> None:
    link.revoked_at = timezone.now()
    link.save()
    record_change(by=link.owner, verb="revoke link", subject=link, before=None, after=None)


def rotate(link: Subscription) -> None:
    link.token_hash = hash_token(new_token())
    link.save()
    record_change(by=link.owner, verb="rotate link", subject=link, before=None, after=None)


def deactivate(link: Subscription) -> None:
    owner = link.owner
    owner.is_active = False
    save_record(instance=owner, by=None)


@pytest.mark.parametrize("end", [revoke, rotate, deactivate])
def test_a_link_that_ends_is_unknown_to_all_processes_within_a_second(end: Callable[[Subscription], None]) -> None:
    token = new_token()
    link = make_link(make_planner(), token)
    with served() as address:
        path = address + private_path(token)
        assert {status_of(path) for _each in range(ASKED)} == {200}
        end(link)
        ended = time.monotonic()
        found = [status_of(path) for _each in range(ASKED)]
        assert (set(found), time.monotonic() - ended < 1) == ({404}, True)
