"""A long evening of a planner: many changes of one plan, all taken back, all done again."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import PlanRejected
from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, Booking, Status
from events.planning import ActivityChange, OccurrenceChange, SkippedDate
from events.planning.scopes import EditScope, apply_edit, plan_at, series_of
from events.planning.shifting import shift_state
from events.planning.skipping import readd_date, restore_occurrence
from events.planning.states import hash_of, state_of
from tests.factories import at, make_activity, make_campaign, make_resource, make_venue

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hypothesis.strategies import DrawFn

    from events.models import Campaign

pytestmark = pytest.mark.django_db
TUESDAYS = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 9, 26))


EVENINGS = count(1)
EXAMPLES = int(os.environ.get("PANO_EXAMPLES", "8"))  # each is a long evening


def tuesday(number: int) -> datetime:
    return at(date(2023, 8, 8)).start + timedelta(weeks=number)


@dataclass(frozen=True)
class Evening:
    """One activity of a campaign, changed step after step."""

    campaign: Campaign
    uid: str

    @classmethod
    def begin(cls) -> Evening:
        campaign, team = make_campaign(f"toi-{next(EVENINGS)}"), make_resource()
        activity = make_activity(
            campaign_id=campaign.pk, title="Đêm nhạc", recurrence=TUESDAYS, resource_ids=(team.pk,)
        )
        return cls(campaign, activity.uid)

    @property
    def activity(self) -> Activity:
        return Activity.objects.get(uid=self.uid)

    @property
    def hash(self) -> str:
        return hash_of({each.uid: state_of(each) for each in Activity.objects.filter(campaign=self.campaign)})

    @property
    def seen(self) -> int:
        return self.activity.version

    def change(self, **fields: Any) -> None:
        plan = replace(planning.plan_of(self.activity), **fields)
        planning.change_activity(change=ActivityChange(uid=self.uid, version=self.seen, plan=plan), by=None)

    def change_one(self, number: int, *, days: int | None) -> None:
        start = tuesday(number)
        interval = None if days is None else at(start.date() + timedelta(days=days))
        key = OccurrenceKey(self.uid, start)
        change = OccurrenceChange(key=key, version=self.seen, interval=interval, reason="mưa" if days is None else "")
        planning.change_occurrence(change=change, by=None)

    def edit(self, number: int, scope: EditScope, **fields: Any) -> None:
        series = series_of(self.activity)
        plan = replace(plan_at(series, tuesday(number)), **fields)
        apply_edit(uid=self.uid, seen=self.seen, scope=scope, recurrence_id=tuesday(number), plan=plan, by=None)

    def restore(self, number: int) -> None:
        restore_occurrence(uid=self.uid, start=tuesday(number), seen=self.seen, by=None)

    def skip(self, number: int) -> None:
        self.change(skipped_dates=(SkippedDate(start=tuesday(number), reason="«Hội thi» đã có Đội 1"),))

    def readd(self, number: int) -> None:
        readd_date(uid=self.uid, start=tuesday(number), seen=self.seen, by=None)

    def set_status(self, status: str) -> None:
        planning.set_status(uid=self.uid, version=self.seen, status=status, reason="", by=None)

    def delete(self) -> None:
        planning.delete_activities(seen={self.uid: self.seen}, by=None)

    def shift_all(self, days: int) -> None:
        wanted, seen = {}, {}
        for each in Activity.objects.filter(campaign=self.campaign, is_deleted=False):
            starts = list(each.occurrences.values_list("recurrence_id", flat=True))
            wanted[each.uid], seen[each.uid] = shift_state(state_of(each), days, starts=starts).state, each.version
        planning.apply_states(wanted=wanted, expected_versions=seen, by=None, verb="bulk", label=f"Dời {days} ngày")


STEPS: tuple[tuple[str, int, Callable[[Evening], None]], ...] = (  # what, by how much the sequence rises
    ("rename", 0, lambda e: e.change(title="Đêm văn nghệ")),
    ("move", 1, lambda e: e.change(interval=at(date(2023, 8, 8), "19:00"))),
    ("move back", 1, lambda e: e.change(interval=at(date(2023, 8, 8)))),
    ("move one", 1, lambda e: e.change_one(1, days=1)),
    ("cancel one", 1, lambda e: e.change_one(2, days=None)),
    ("restore one", 1, lambda e: e.restore(2)),
    ("split", 1, lambda e: e.edit(5, EditScope.FOLLOWING, title="Đêm bế mạc")),
    ("change place", 1, lambda e: e.change(venue_ids=(make_venue().pk,))),
    ("change rule", 1, lambda e: e.change(recurrence=replace(TUESDAYS, until=date(2023, 8, 29)))),
    ("skip", 1, lambda e: e.skip(3)),
    ("add back", 1, lambda e: e.readd(3)),
    ("status", 1, lambda e: e.set_status(Status.POSTPONED)),
    ("bulk shift", 1, lambda e: e.shift_all(2)),
    ("delete", 1, lambda e: e.delete()),
)


def index(campaign: Campaign) -> list[tuple[Any, ...]]:
    """What the derived rows say of what lives."""
    rows = Activity.objects.filter(is_deleted=False, campaign=campaign).values_list(
        "uid", "list_keys", "occurrences__recurrence_id", "occurrences__start", "occurrences__status",
        "occurrences__title", "occurrences__bookings__resource",
    )  # fmt: skip
    return sorted(rows, key=repr)


def test_twelve_steps_there_and_back_and_there_again() -> None:
    evening = Evening.begin()
    hashes, rows, uids = [evening.hash], [index(evening.campaign)], {evening.uid}
    for name, rise, step in STEPS:
        before = evening.activity.sequence
        step(evening)
        assert (name, evening.activity.sequence - before) == (name, rise)
        hashes.append(evening.hash)
        rows.append(index(evening.campaign))
    uids = set(Activity.objects.values_list("uid", flat=True))
    assert (len(set(hashes)), len(uids)) == (len(STEPS) + 1 - 3, 2)  # three of the steps take another one back
    for number in reversed(range(len(STEPS))):
        planning.undo_step(campaign_id=evening.campaign.pk, by=None)
        assert (STEPS[number][0], evening.hash, index(evening.campaign)) == (
            STEPS[number][0],
            hashes[number],
            rows[number],
        )
    assert evening.activity.sequence == 2 * sum(rise for _name, rise, _step in STEPS)
    for number in range(len(STEPS)):
        planning.redo_step(campaign_id=evening.campaign.pk, by=None)
        assert (STEPS[number][0], evening.hash, index(evening.campaign)) == (
            STEPS[number][0],
            hashes[number + 1],
            rows[number + 1],
        )
    assert set(Activity.objects.values_list("uid", flat=True)) == uids
    assert Booking.objects.filter(occurrence__activity__is_deleted=True).count() == 0


@st.composite
def scripts(draw: DrawFn) -> list[Callable[[Evening], None]]:
    """Verbs in any order; one that does not fit is refused and is no step."""
    numbers = st.integers(0, 7)
    verbs = st.one_of(
        st.builds(lambda n: lambda e: e.change(title=f"Tên {n}"), numbers),
        st.builds(lambda n: lambda e: e.change(interval=at(date(2023, 8, 8), f"1{n}:00")), numbers),
        st.builds(lambda n, d: lambda e: e.change_one(n, days=d), numbers, st.sampled_from([None, 1, 3])),
        st.builds(lambda n: lambda e: e.restore(n), numbers),
        st.builds(lambda n: lambda e: e.skip(n), numbers),
        st.builds(lambda n: lambda e: e.readd(n), numbers),
        st.builds(lambda n, t: lambda e: e.edit(n, t, title=f"Riêng {n}"), numbers, st.sampled_from(EditScope)),
        st.builds(lambda n, t: lambda e: e.edit(n, t, is_public=False), numbers, st.sampled_from(EditScope)),
        st.builds(lambda s: lambda e: e.set_status(s), st.sampled_from(["draft", "confirmed", "postponed"])),
        st.builds(lambda n: lambda e: e.shift_all(n), st.sampled_from([-1, 1, 7])),
        st.just(Evening.delete),
    )
    return draw(st.lists(verbs, min_size=1, max_size=8))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(script=scripts())
def test_any_script_is_undone_and_redone_exactly(script: list[Callable[[Evening], None]]) -> None:
    evening = Evening.begin()
    seen = [(evening.hash, index(evening.campaign))]
    for step in script:
        try:
            step(evening)
        except (ValidationError, PlanRejected, StopIteration):
            continue
        if len(planning.steps_of(evening.campaign.pk)) > len(seen):
            seen.append((evening.hash, index(evening.campaign)))
    for before in reversed(seen[:-1]):
        planning.undo_step(campaign_id=evening.campaign.pk, by=None)
        assert (evening.hash, index(evening.campaign)) == before
    for after in seen[1:]:
        planning.redo_step(campaign_id=evening.campaign.pk, by=None)
        assert (evening.hash, index(evening.campaign)) == after
