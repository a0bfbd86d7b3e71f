"""Many people press save at the same moment: one wins, the others are told who has it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core.errors import PlanRejected, StalePlan
from events import planning
from events.models import Activity, Booking, Occurrence
from events.planning import ActivityChange
from tests.concurrency import run_at_once
from tests.factories import make_activity, make_campaign, make_face, make_plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ATTEMPTS = 200


@pytest.mark.timeout(300)
def test_of_200_attempts_to_take_one_face_exactly_one_wins() -> None:
    face = make_face(name="Mặt A cửa khẩu Hữu Nghị").resource
    plan = make_plan(campaign_id=make_campaign().pk, resource_ids=(face.pk,))

    def attempt(number: int) -> str:
        try:
            planning.plan_activity(plan=replace(plan, code=f"A{number}", title=f"Pa nô {number}"), by=None)
        except PlanRejected as refused:
            return refused.conflicts[0].message
        return "won"

    outcomes = run_at_once(attempt, ATTEMPTS)
    (winner,) = Activity.objects.all()
    assert outcomes.count("won") == Booking.objects.count() == 1
    losers = [outcome for outcome in outcomes if outcome != "won"]
    assert all(f"«{winner.event.title}»" in told for told in losers)
    assert len(losers) == ATTEMPTS - 1


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("code", "winners"), [("A1", 1), ("", 40)])
def test_no_code_is_given_out_twice(code: str, winners: int) -> None:
    plan = make_plan(campaign_id=make_campaign().pk)

    def attempt(number: int) -> str:
        try:
            planning.plan_activity(plan=replace(plan, code=code, title=f"Tên {number}"), by=None)
        except ValidationError as refused:
            return refused.messages[0]
        return "won"

    outcomes = run_at_once(attempt, 40)
    codes = set(Activity.objects.values_list("code", flat=True))
    assert outcomes.count("won") == Activity.objects.count() == len(codes) == winners
    assert all(code in told for told in outcomes if told != "won")


@pytest.mark.timeout(120)
def test_of_many_editors_of_one_version_exactly_one_saves() -> None:
    activity = make_activity()
    plan = planning.plan_of(activity)

    def attempt(number: int) -> str:
        change = ActivityChange(uid=activity.uid, version=1, plan=replace(plan, title=f"Tên {number}"))
        try:
            planning.change_activity(change=change, by=None)
        except StalePlan as stale:
            return " ".join(stale.changes)
        return "saved"

    outcomes = run_at_once(attempt, 20)
    stored = Activity.objects.get()
    assert (outcomes.count("saved"), stored.version) == (1, 2)
    losers = [outcome for outcome in outcomes if outcome != "saved"]
    assert all(stored.event.title in told for told in losers)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own constraint; SQLite has a single writer")
def test_postgresql_itself_refuses_overlapping_bookings() -> None:
    face = make_face().resource
    held = make_activity(resource_ids=(face.pk,)).occurrences.get()
    other: Occurrence = make_activity().occurrences.get()
    with pytest.raises(IntegrityError, match="booking_no_overlap"), transaction.atomic():
        Booking.objects.create(occurrence=other, resource=face, start=held.start, end=held.end)
