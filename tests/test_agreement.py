"""Every output, read back, tells the same occurrences: JSON, feed (two readers), paper and map."""

from __future__ import annotations

import io
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import recurring_ical_events
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from pypdf import PdfReader

from core.intervals import LOCAL_ZONE, day_interval
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.feeds.keeping import MEMORY
from events.models import Status
from events.planning import OccurrenceChange
from events.programme import Scope, load_programme
from tests.factories import at, make_area, make_campaign, make_plan, make_unit, make_venue
from units.permissions import viewer_of
from venues.models import AreaLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from hypothesis.strategies import DrawFn

    from events.models import Activity

pytestmark = pytest.mark.django_db
Fact = tuple[str, datetime, datetime, str, str]  # uid, start, end, STATUS, LOCATION
EVER = (datetime(2022, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
ICAL_STATUS = {"confirmed": "CONFIRMED", "done": "CONFIRMED", "suspended": "TENTATIVE", "cancelled": "CANCELLED"}
ICAL_STATUS |= {"postponed": "CANCELLED"}


def moment(value: date | datetime | str | None) -> datetime:
    """A time of any output as UTC; a bare day is its local midnight."""
    assert value is not None
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=LOCAL_ZONE)
    return value.astimezone(UTC)


def facts_of_json(document: dict[str, Any]) -> Counter[Fact]:
    return Counter(
        (
            entry["uid"],
            moment(entry["start"]),
            moment(entry["end"]),
            ICAL_STATUS[entry["status"]],
            "; ".join(place["name"] for place in entry["places"]),
        )
        for entry in document["entries"]
    )


def activity_of(uid: object) -> str:
    """The activity's UID: in a feed, dates beside a rule have the occurrence's key."""
    return str(uid).partition("~")[0]


def facts_of_icalendar(feed: bytes) -> Counter[Fact]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(feed)).between(*EVER)
    return Counter(
        (
            activity_of(event["UID"]),
            moment(event["DTSTART"].dt),
            moment(event["DTEND"].dt),
            str(event["STATUS"]),
            str(event.get("LOCATION", "")),
        )
        for event in found
    )


def facts_of_ical(feed: bytes) -> Counter[Fact]:
    calendar = IcsCalendarStream.calendar_from_ics(feed.decode())
    return Counter(
        (
            activity_of(event.uid),
            moment(event.dtstart),
            moment(event.end),
            str(event.status.value if event.status else ""),
            event.location or "",
        )
        for event in calendar.timeline_tz(LOCAL_ZONE)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a visitor is given for one area."""

    json: dict[str, Any]
    feed: bytes
    layer: dict[str, Any]


def ask(client: Client, slug: str) -> Answers:
    MEMORY.clear()  # what a test discarded before may have left the same marks of changes
    return Answers(
        json=client.get("/calendar/entries.json", {"area": slug}).json(),
        feed=client.get(f"/feeds/area/{slug}.ics").content,
        layer=client.get("/map/layers/activities.geojson", {"area": slug}).json(),
    )


def paper_of(client: Client, slug: str) -> str:
    """The PDF's text, white space and hyphens folded away so that wrapped lines compare."""
    response = client.get(f"/print/area/{slug}.pdf")
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return re.sub(r"[\s\u00ad-]+", "", "".join(page.extract_text() for page in pages))


def check(answers: Answers) -> None:
    told = facts_of_json(answers.json)
    assert facts_of_icalendar(answers.feed) == told
    assert facts_of_ical(answers.feed) == told
    drawn = [feature["id"] for feature in answers.layer["features"]]
    omitted = [item["key"] for item in answers.layer["omitted"]]
    assert sorted(drawn + omitted) == sorted(entry["key"] for entry in answers.json["entries"])
    assert answers.layer["revision"] == answers.json["revision"]


@st.composite
def made_up(draw: DrawFn) -> dict[str, Any]:
    """Plan fields of any legal kind: timed or whole days, over midnight, weekly or monthly, in any status."""
    first = date(2023, 5, 1) + timedelta(days=draw(st.integers(0, 200)))
    fields: dict[str, Any] = {"interval": at(first, draw(st.sampled_from(["05:30", "19:30", "23:30"])))}
    if draw(st.booleans()):
        last = first + timedelta(days=draw(st.integers(0, 9)))
        fields = {"interval": day_interval(first, last), "all_day": True}
    rules = (
        None,
        Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(first.weekday()),), count=4),
        Recurrence(freq=Frequency.MONTHLY, by_month_day=(first.day,), until=date(2024, 3, 1)),
    )
    fields["recurrence"] = draw(st.sampled_from(rules))
    if draw(st.booleans()):
        fields["extra_dates"] = (fields["interval"].start + timedelta(days=40),)
    statuses = (Status.CONFIRMED, Status.CONFIRMED, Status.DRAFT, Status.TENTATIVE, Status.DONE)
    fields["status"] = draw(st.sampled_from(statuses))
    fields["is_public"] = draw(st.sampled_from([True, True, False]))
    fields["places"] = draw(st.integers(0, 2))
    fields["is_elsewhere"] = draw(st.booleans())
    fields["one_cancelled"], fields["one_moved"] = draw(st.booleans()), draw(st.booleans())
    fields["title"] = draw(st.text("AĂÂBĐÊ<>&;,\\\"'\n ấẵọ😀", min_size=1, max_size=30)).strip() or "Đêm hội"
    return fields


def title_of(number: int) -> str:
    return f"Hoạt động số 7{number}9"


@contextmanager
def discarded() -> Iterator[None]:
    """Run one example and forget all it stored."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class World:
    """Two areas, a few places, and the made-up activities planned in them."""

    def __init__(self) -> None:
        self.here = make_area("Huyện A", slug="huyen-a")
        self.commune = make_area("Xã A", slug="xa-a", level=AreaLevel.COMMUNE, parent=self.here)
        self.there = make_area("Huyện B", slug="huyen-b")
        self.venues = (make_venue("Nhà văn hóa, xã; A"), make_venue("Sân B", lon=None, lat=None))
        self.campaign, self.unit = make_campaign(), make_unit()

    def plan(self, number: int, fields: dict[str, Any]) -> Activity:
        fields = dict(fields)
        area = self.there if fields.pop("is_elsewhere") else self.commune
        venues = self.venues[: fields.pop("places")]
        cancels, moves = fields.pop("one_cancelled"), fields.pop("one_moved")
        plan = make_plan(
            code=f"A{number}", campaign_id=self.campaign.pk, area_id=area.pk, lead_unit_id=self.unit.pk,
            venue_ids=tuple(venue.pk for venue in venues), **fields,
        )  # fmt: skip
        activity = planning.plan_activity(plan=plan, by=None)
        for wanted, shift in ((cancels, None), (moves, timedelta(days=1))):
            if wanted:
                activity = self.except_last(activity, shift)
        return activity

    @staticmethod
    def except_last(activity: Activity, shift: timedelta | None) -> Activity:
        scope = Scope(uids=(activity.uid,))
        programme = load_programme(window=None, scope=scope, viewer=viewer_of(None))
        if not programme.entries:
            return activity
        entry = programme.entries[-1]
        interval = None if shift is None else entry.interval.shifted(shift)
        change = OccurrenceChange(key=entry.key, version=activity.version, interval=interval)
        return planning.change_occurrence(change=change, by=None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(activities=st.lists(made_up(), max_size=6))
def test_all_outputs_agree_on_made_up_plans(client: Client, activities: list[dict[str, Any]]) -> None:
    with discarded():
        world = World()
        for number, fields in enumerate(activities):
            world.plan(number, fields)
        for slug in ("huyen-a", "xa-a", "huyen-b"):
            check(ask(client, slug))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(activities=st.lists(made_up(), min_size=1, max_size=4))
def test_the_paper_lists_the_same_made_up_entries(client: Client, activities: list[dict[str, Any]]) -> None:
    with discarded():
        world = World()
        for number, fields in enumerate(activities):
            world.plan(number, fields | {"title": title_of(number)})
        for slug in ("huyen-a", "huyen-b"):
            paper, told = paper_of(client, slug), ask(client, slug).json
            counts = Counter(entry["title"] for entry in told["entries"])
            titles = [title_of(number) for number in range(len(activities))]
            assert [paper.count(title.replace(" ", "")) for title in titles] == [counts[title] for title in titles]
            assert told["revision"] in paper


@pytest.fixture
def real_plan() -> None:
    call_command("load_reference", verbosity=0)
    call_command("import_plan", "plans/asean-2023.xlsx", verbosity=0)


@pytest.mark.slow
@pytest.mark.usefixtures("real_plan")
@pytest.mark.timeout(400)  # eleven districts on every output, on whatever machine
def test_all_outputs_agree_on_the_real_plan_in_each_of_the_eleven_districts(client: Client) -> None:
    districts = [area for area in client.get("/areas.json").json() if area["level"] == "district"]
    assert len(districts) == 11
    for district in districts:
        answers = ask(client, district["slug"])
        check(answers)
        assert len({entry["uid"] for entry in answers.json["entries"]}) >= 13
        paper = paper_of(client, district["slug"])
        missing = [e["title"] for e in answers.json["entries"] if re.sub(r"[\s-]+", "", e["title"]) not in paper]
        assert missing == []
