"""Random activities saved in the database, their feed fetched: four readers find the rows of its occurrences."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from core.errors import PlanRejected
from core.intervals import Interval, day_interval
from core.keys import OccurrenceKey
from core.lunar_recurrence import first_lunar_match
from core.recurrence import first_match
from events import planning
from events.feeds.keeping import MEMORY
from events.models import Activity, Occurrence, Status
from events.outputs.ical_text import STATUSES
from events.planning import OccurrenceChange
from tests.core.lunar_rules import lunar_rules
from tests.core.rules import recurrences
from tests.events.outputs.feed_plans import COMMON_RULES
from tests.factories import at, make_area, make_plan, make_venue
from tests.judges.feeds import OutsideJudges, Row, all_readers, require_outside_judges, written

pytestmark = pytest.mark.django_db
EXAMPLES = 15 * int(os.environ.get("PANO_EXAMPLES", "1"))
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@pytest.fixture(scope="module")
def judges() -> Iterator[OutsideJudges]:
    """Open libical and ical.js."""
    require_outside_judges()
    with OutsideJudges() as opened:
        yield opened


@contextmanager
def discarded() -> Iterator[None]:
    """Run one example and forget all it stored."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    MEMORY.clear()


@st.composite
def repetitions(draw: st.DrawFn) -> dict[str, Any]:
    """The field of a plan that says how it repeats; none for a single date."""
    kind = draw(st.sampled_from(["none", "lunar", "common", "any"]))
    count = draw(st.integers(1, 9))
    if kind == "lunar":
        return {"lunar": replace(draw(lunar_rules()), count=count, until=None)}
    if kind == "none":
        return {}
    rule = draw(st.sampled_from(COMMON_RULES) if kind == "common" else recurrences())
    return {"recurrence": replace(rule, count=count, until=None)}


def first_start(repetition: dict[str, Any], start: datetime) -> datetime:
    """The first date of the rule from `start` on; an example whose rule has none is given up."""
    try:
        if "lunar" in repetition:
            return first_lunar_match(repetition["lunar"], start)
        return first_match(repetition["recurrence"], start) if repetition else start
    except ValueError:
        reject()


@st.composite
def made_up(draw: st.DrawFn) -> dict[str, Any]:
    """Fields of a plan with any rule, by the sun or by the moon, added and excluded dates."""
    first = draw(st.dates(date(2023, 5, 1), date(2023, 12, 1)))
    clock, hours = draw(st.sampled_from(["00:00", "05:30", "19:30", "23:30"])), draw(st.sampled_from([1.0, 6.5, 30.0]))
    all_day = draw(st.booleans())
    last = first + timedelta(days=draw(st.integers(0, 3)))
    interval = day_interval(first, last) if all_day else at(first, clock, hours=hours)
    fields: dict[str, Any] = {"all_day": all_day, "title": draw(st.sampled_from(["Đêm hội", 'Một; hai, ba\\n"bốn"']))}
    repetition = draw(repetitions())
    start = first_start(repetition, interval.start)
    fields |= repetition
    fields["interval"] = interval.shifted(start - interval.start)
    if draw(st.booleans()):
        fields["extra_dates"] = (start + timedelta(days=draw(st.integers(1, 60))),)
    return fields


def saved(fields: dict[str, Any], changes: dict[int, int | None], *, area_id: int, venue_id: int) -> Activity | None:
    """The activity with some occurrences moved by days or (None) cancelled; None where planning refuses the plan."""
    try:
        activity = planning.plan_activity(plan=make_plan(area_id=area_id, venue_ids=(venue_id,), **fields), by=None)
    except (ValidationError, PlanRejected):
        return None
    rows = list(Occurrence.objects.filter(activity=activity).order_by("recurrence_id"))
    for index, days in changes.items():
        if index < len(rows):
            row = rows[index]
            interval = None if days is None else Interval(row.start, row.end).shifted(timedelta(days=days))
            key = OccurrenceKey(activity.uid, row.recurrence_id)
            change = OccurrenceChange(key=key, version=activity.version, interval=interval)
            activity = planning.change_occurrence(change=change, by=None)
    return activity


def rows_stored(activity: Activity, place: str) -> Counter[Row]:
    """What the table of occurrences says, read without the Programme."""
    is_date, title = activity.all_day, activity.event.title.strip()
    return Counter(
        Row(
            activity.uid,
            written(row.start, is_date=is_date),
            written(row.end, is_date=is_date),
            STATUSES[row.status],
            place,
            f"[Đã huỷ] {title}" if row.status == Status.CANCELLED else title,
        )
        for row in Occurrence.objects.filter(activity=activity)
    )


CHANGES = st.dictionaries(st.integers(0, 6), st.none() | st.integers(-3, 30), max_size=3)


@pytest.mark.timeout(0)  # it takes as long as PANO_EXAMPLES asks for
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(fields=made_up(), changes=CHANGES)
def test_every_reader_finds_the_rows_of_the_database(
    client: Client, judges: OutsideJudges, *, fields: dict[str, Any], changes: dict[int, int | None]
) -> None:
    with discarded():
        area, venue = make_area(slug="huyen-a"), make_venue("Nhà văn hóa, xã; A")
        activity = saved(fields, changes, area_id=area.pk, venue_id=venue.pk)
        stored = Counter[Row]() if activity is None else rows_stored(activity, venue.name)
        content = client.get("/feeds/area/huyen-a.ics").content
        for reader, read in all_readers(judges).items():
            found = read(content)
            differing = (sorted((found - stored).elements()), sorted((stored - found).elements()))
            assert (reader, *differing) == (reader, [], [])
