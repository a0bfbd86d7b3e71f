"""Two processes serve as one: a revoked link is dead in both, one builds for both, and neither logs a secret."""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING
from urllib.request import urlopen

import pytest
from django.utils import timezone

from events.feeds.addresses import private_path
from events.feeds.tokens import hash_token, hint_of, new_token
from events.models import Subscription
from tests.events.feeds.serving import served, status_of
from tests.factories import make_activity, make_planner
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


def logged(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read().decode()


def test_a_hundred_at_once_are_served_by_one_build_of_one_process() -> None:
    for number in range(30):
        make_activity(code=f"a{number}")
    with tempfile.TemporaryFile() as log:
        with served(log=log) as address, ThreadPoolExecutor(40) as readers:

            def read(_number: int) -> str:
                with urlopen(f"{address}/feeds/all.ics", timeout=60) as answer:  # noqa: S310 -- this machine
                    return str(answer.headers["ETag"])

            tags = list(readers.map(read, range(100)))
        assert (len(tags), len(set(tags)), logged(log).count("was built in")) == (100, 1, 1)


def test_a_token_stands_in_no_log_whatever_becomes_of_its_link() -> None:
    token = new_token()
    link = make_link(make_planner(), token)
    with tempfile.TemporaryFile() as log:
        with served(log=log) as address:
            path = address + private_path(token)
            found = [status_of(path), status_of(f"{path}?x=1"), status_of(f"{path}/{token}")]
            revoke(link)
            found.append(status_of(path))
        written = logged(log)
    assert found == [200, 200, 404, 404]
    assert "/feeds/private/" in written
    assert token not in written
    assert token[:12] not in written
