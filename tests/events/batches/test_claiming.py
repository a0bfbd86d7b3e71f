"""One worker a paper: claims are compare-and-swap under a lease, and who lost the claim writes nothing."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from events.batches import claiming
from events.batches.claiming import claim_part, fail_part, held, keep_part, lease, release_part, renew_lease
from events.models import DocumentPart, PartState
from tests.concurrency import run_at_once
from tests.events.batches.makers import make_batch, states
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=5)


def claim(*, after: timedelta = timedelta()) -> DocumentPart:
    found = claim_part(now=timezone.now() + after)
    assert found is not None
    return found


def keep(part: DocumentPart) -> bool:
    return keep_part(part, content=b"%PDF-", pages=1, file_name="a.pdf")


def test_a_claimed_paper_is_not_claimed_again_while_its_lease_holds() -> None:
    batch = make_batch(1)
    part = claim()
    assert (claim_part(now=timezone.now()), states(batch), part.attempts) == (None, ["claimed"], 1)


def test_a_paper_whose_worker_is_silent_is_taken_over_and_the_late_one_writes_nothing() -> None:
    make_batch(1)
    late, prompt = claim(), claim(after=LATER)
    assert (prompt.pk, prompt.attempts) == (late.pk, 2)
    assert [keep(late), fail_part(late, "Hỏng."), release_part(late), renew_lease(late)] == [False] * 4
    assert keep(prompt) is True
    assert keep(prompt) is False
    part = DocumentPart.objects.get()
    assert (part.state, bytes(part.content or b""), part.message, part.claim) == ("done", b"%PDF-", "", "")


def test_a_worker_that_shows_life_keeps_its_paper() -> None:
    make_batch(1)
    part = claim()
    DocumentPart.objects.update(leased_until=timezone.now() + timedelta(milliseconds=1))
    assert renew_lease(part) is True
    assert claim_part(now=timezone.now() + lease() / 2) is None


def test_a_paper_whose_worker_dies_each_time_fails_with_a_sentence() -> None:
    batch = make_batch(1)
    for number in range(1, 4):
        assert claim(after=number * LATER).attempts == number
    assert claim_part(now=timezone.now() + 9 * LATER) is None
    message = DocumentPart.objects.get().message
    assert (states(batch), message.startswith("Việc lập tờ này bị ngắt 3 lần;")) == (["failed"], True)


def test_a_paper_given_back_may_be_taken_at_once() -> None:
    make_batch(1)
    assert release_part(claim()) is True
    assert claim().attempts == 2


def test_all_are_bound_only_when_no_other_paper_is_open_and_short_batches_pass_long_ones() -> None:
    make_batch(2)
    short = make_batch(1, by=make_user("Bob"))
    first, other, second = claim(), claim(), claim()
    assert [first.position, other.batch, second.position] == [1, short, 2]
    assert claim_part(now=timezone.now()) is None
    assert [keep(first), fail_part(second, "Hỏng.")] == [True, True]
    assert claim().is_bound is True


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_the_same_moment_each_gets_a_paper_of_its_own() -> None:
    make_batch(7)

    def attempt(_number: int) -> str:
        part = claim_part(now=timezone.now())
        return "" if part is None else part.label

    labels = [label for label in run_at_once(attempt, 20) if label]
    assert sorted(labels) == [f"Huyện {number:02}" for number in range(7)]
    assert set(DocumentPart.objects.filter(is_bound=False).values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_work_goes_on(settings: Any) -> None:
    settings.PANO_BATCH_LEASE = 0.4
    make_batch(1)
    part = claim()
    with held(part):
        time.sleep(0.9)
        assert claim_part(now=timezone.now()) is None
        DocumentPart.objects.update(claim="0" * 32)  # taken over: the renewing ends
        time.sleep(0.3)
        until = DocumentPart.objects.get().leased_until
        time.sleep(0.3)
        assert DocumentPart.objects.get().leased_until == until


def test_a_database_that_is_away_is_asked_again_at_the_next_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_part: DocumentPart) -> bool:
        raise DatabaseError

    part = DocumentPart(state=PartState.CLAIMED)
    monkeypatch.setattr(claiming, "renew_lease", fail)
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction lives on it
    assert claiming._is_renewed(part) is True
