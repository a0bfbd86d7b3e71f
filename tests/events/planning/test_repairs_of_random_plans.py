"""Whatever the plan: every repair proposed, applied, removes its conflict and adds none."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from core.conflicts import Conflict
from core.errors import PlanRejected
from core.recurrence import from_rrule
from events.models import Activity, Figure, Status
from events.planning import plan_of
from events.planning.checking import check_drafts
from events.planning.drafting import draft
from events.planning.repairs import MOST_CONFLICTS, apply_repair, propose_all
from events.planning.states import state_of
from events.planning.trials import held, identity_of
from mobile_teams.models import Team
from tests.factories import at, make_activity, make_campaign, make_resource, make_space, make_unit, make_venue
from venues.models import Closure, OpeningHours, Resource, Space, Venue

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("PANO_EXAMPLES", "8"))
DAY = date(2023, 8, 8)
TODAY = date(2023, 6, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the random plans take: halls of two venues nearby, and teams of two units."""

    campaign_id: int
    venues: tuple[Venue, ...]
    halls: tuple[Resource, ...]
    teams: tuple[Resource, ...]


def make_stage() -> Stage:
    venues = (make_venue("Nhà A", lon=106.76, lat=21.85), make_venue("Nhà B", lon=106.77, lat=21.86))
    halls = tuple(make_space(venue, name=f"{venue} {n}") for venue in venues for n in (1, 2))
    for capacity, hall in zip((50, 200, 100, 400), halls, strict=True):
        Space.objects.filter(pk=hall.pk).update(capacity=capacity)
    for weekday in range(6):
        OpeningHours.objects.create(venue=venues[0], weekday=weekday, opens=time(7), closes=time(21, 30))
    closed = at(DAY + timedelta(days=1), "00:00", hours=24)
    Closure.objects.create(resource=halls[3].resource, start=closed.start, end=closed.end, reason="sửa điện")
    Figure.objects.create(code="team.max_shows_per_day", name="Số buổi một ngày", value=2)
    unit = make_unit()
    teams = tuple(make_resource(f"Đội {n}") for n in range(3))
    for number, team in enumerate(teams):
        Team.objects.create(resource=team, unit=unit if number < 2 else make_unit(), rest_weekday=number)
    days = {"starts_on": date(2023, 8, 1), "ends_on": date(2023, 8, 20)}
    campaign = make_campaign("ngau-nhien", **days)
    return Stage(campaign_id=campaign.pk, venues=venues, halls=tuple(hall.resource for hall in halls), teams=teams)


shows = st.fixed_dictionaries(
    {
        "day": st.integers(0, 14),
        "half_hour": st.integers(0, 6),
        "hall": st.integers(0, 3),
        "team": st.integers(0, 2),
        "count": st.integers(1, 3),
        "people": st.sampled_from((None, 30, 150, 300)),
    }
)


def plan(stage: Stage, show: dict[str, Any], **fields: Any) -> Activity | None:
    """The activity of a drawn show; None where the plan refuses it."""
    interval = at(DAY + timedelta(days=show["day"]), "17:00").shifted(timedelta(minutes=30 * show["half_hour"]))
    rule = None if show["count"] == 1 else from_rrule(f"FREQ=WEEKLY;COUNT={show['count']}", interval.start)
    try:
        return make_activity(
            campaign_id=stage.campaign_id,
            interval=interval,
            recurrence=rule,
            resource_ids=(stage.halls[show["hall"]].pk, stage.teams[show["team"]].pk),
            venue_ids=(stage.venues[show["hall"] // 2].pk,),
            expected_audience=show["people"],
            **fields,
        )
    except PlanRejected:
        return None


def conflicts_of(activity: Activity) -> list[Conflict]:
    state = state_of(activity)
    return check_drafts([draft(held(state.plan), activity=activity, overrides=state.overrides)], today=TODAY)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.timeout(60 + 30 * EXAMPLES)
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rivals=st.lists(shows, min_size=3, max_size=8), planned=shows)
def test_every_repair_mends_and_breaks_nothing(db: None, rivals: list[dict[str, Any]], planned: dict[str, Any]) -> None:  # noqa: ARG001 -- the database
    with undone():
        stage = make_stage()
        for rival in rivals:
            plan(stage, rival)
        stored = plan(stage, planned, status=Status.DRAFT)
        assert stored is not None
        conflicts = conflicts_of(stored)
        found = propose_all(conflicts, state=state_of(stored), uid=stored.uid, today=TODAY, activity=stored)
        for conflict in conflicts[:MOST_CONFLICTS]:
            event(f"{conflict.code}: {len(found[conflict.fingerprint])} repairs")
            for repair in found[conflict.fingerprint]:
                with undone():
                    changed = apply_repair(uid=stored.uid, seen=stored.version, key=repair.key, by=None, today=TODAY)
                    check(stored, changed, conflict, before=conflicts)


def check(stored: Activity, changed: Activity, conflict: Conflict, *, before: list[Conflict]) -> None:
    """The conflict is gone, and what is left was there before."""
    uid = stored.uid
    by = plan_of(changed).interval.start - plan_of(stored).interval.start
    after = Counter(identity_of(each, uid, by=by) for each in conflicts_of(changed))
    assert after[identity_of(conflict, uid)] == 0
    assert after - Counter(identity_of(each, uid) for each in before) == Counter()
