"""Stored occurrences and drafts as the tasks that rules look at."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.clock import DAY, to_moment, to_seconds
from events.models import Activity, ActivityPlace, Booking, Notice, Occurrence, OccurrenceDetail, Status
from events.planning.drafting import HOLDING
from events.planning.epochs import EpochSeconds
from events.planning.fixed_queries import FixedQuery
from events.rules.facts import ActivityFacts, Task
from venues.models import Resource, ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from events.expansion import Slot
    from events.planning.drafting import Draft

DRIVING: Final = (ResourceKind.TEAM, ResourceKind.VEHICLE)
NEAR_DAYS: Final = 31  # a team's evenings in a row are looked at together
MANY: Final = 500  # keys; more are not worth naming in a query
Windows = tuple[list[int], list[int]]  # starts and ends of disjoint stretches, in order
Row = tuple[Any, ...]
COLUMNS: Final = (
    "id", "uid", "code", "event__title", "kind", "campaign_id", "area_id", "lead_unit_id", "all_day",
    "expected_audience", "procedures", "status",
)  # fmt: skip


def tasks_of_drafts(drafts: Iterable[Draft]) -> list[Task]:
    """Every occurrence the drafts would hold, all marked new; at most one query."""
    drafts = list(drafts)
    notices = _notices([each.activity.pk for each in drafts if each.activity is not None])
    tasks = []
    for each in drafts:
        facts = _facts_of_draft(each, notices.get(each.activity.pk, {}) if each.activity is not None else {})
        tasks += [_task_of_slot(each, slot, facts) for slot in each.held_slots]
    return tasks


def _facts_of_draft(draft: Draft, notices: Mapping[str, date]) -> ActivityFacts:
    plan = draft.plan
    return ActivityFacts(
        uid=draft.uid,
        code=plan.code,
        title=plan.title,
        kind=plan.kind,
        campaign_id=plan.campaign_id,
        area_id=plan.area_id,
        unit_ids=(plan.lead_unit_id, *plan.coordinating_unit_ids),
        all_day=plan.all_day,
        expected_audience=plan.expected_audience,
        procedures=plan.procedures,
        status=plan.status,
        notices=notices,
    )


def _task_of_slot(draft: Draft, slot: Slot, facts: ActivityFacts) -> Task:
    return Task(
        uid=draft.uid,
        recurrence_id=to_seconds(slot.recurrence_id),
        start=to_seconds(slot.interval.start),
        end=to_seconds(slot.interval.end),
        resource_ids=draft.resources_of(slot),
        place_ids=draft.venues_of(slot),
        activity=facts,
        is_new=True,
        is_held=True,
        title=slot.title or draft.plan.title,
    )


def stored_tasks(*, campaign_id: int | None = None, is_new: bool = True, has_drafts: bool = False) -> list[Task]:
    """Every stored occurrence that takes place, of one campaign or of all; six queries, however many.

    With `has_drafts` those of drafts too, as if they were to take place.
    """
    rows = Occurrence.objects.filter(status__in={*HOLDING, Status.DRAFT} if has_drafts else HOLDING)
    bookings = Booking.objects.all()
    if campaign_id is not None:
        rows = rows.filter(activity__campaign=campaign_id)
        bookings = bookings.filter(occurrence__activity__campaign=campaign_id)
    found = rows.order_by().values_list(
        "id", "activity_id", EpochSeconds("recurrence_id"), EpochSeconds("start"), EpochSeconds("end"), "title"
    )
    taken: dict[int, tuple[int, ...]] = {}
    for occurrence, resource in FixedQuery(bookings.order_by().values_list("occurrence_id", "resource_id")).read():
        taken[occurrence] = (*taken[occurrence], resource) if occurrence in taken else (resource,)
    return _tasks(FixedQuery(found).read(), taken, Selection(campaign_id=campaign_id), is_new=is_new)


def rival_tasks(tasks: Sequence[Task], *, own: Iterable[str] = ()) -> list[Task]:
    """What other activities have booked of the same resources so near that a rule may set it against the tasks.

    What activities of the tasks, and those of the UIDs `own`, have booked is left out: it is being replaced. Near is
    an overlap, and for teams and vehicles also the days around (drives, evenings in a row). Each rival names only the
    shared resources, and where it is only if that matters. At most five queries, and one more for each 500 rivals.
    """
    wanted = {key for task in tasks for key in task.resource_ids}
    if not wanted:
        return []
    kinds = dict(Resource.objects.filter(id__in=wanted).values_list("id", "kind"))
    driving = {key for key, kind in kinds.items() if kind in DRIVING}
    windows = _windows(tasks, driving)
    near: defaultdict[int, list[int]] = defaultdict(list)
    spans: dict[int, tuple[int, int]] = {}
    for resource, occurrence, start, end in _bookings_within(windows):
        if _touches(windows[resource], start, end):
            near[occurrence].append(resource)
            spans[occurrence] = (start, end)
    own = {*own, *(task.uid for task in tasks)}
    rows = [row for row in _occurrences(list(near)) if row[2] not in own]
    driven = _places_of_drives(rows, near, driving)
    return [
        _rival(row, span=spans[row[0]], taken=tuple(sorted(near[row[0]])), places=driven.get(row[0], ()))
        for row in rows
    ]


def _rival(row: Row, *, span: tuple[int, int], taken: tuple[int, ...], places: tuple[int, ...]) -> Task:
    """A task that nothing is asked of but its time, its name and what it takes; the rules report new ones."""
    _key, _activity, uid, recurrence_id, title, own_title, kind, all_day = row
    facts = ActivityFacts(uid=uid, title=title, kind=kind, all_day=all_day)
    return Task(uid, recurrence_id, *span, taken, places, facts, False, True, own_title or title)


def _occurrences(keys: Sequence[int]) -> list[Row]:
    found: list[Row] = []
    for first in range(0, len(keys), MANY):
        rows = Occurrence.objects.filter(id__in=keys[first : first + MANY], status__in=HOLDING).order_by()
        found += rows.values_list(
            "id", "activity_id", "activity__uid", EpochSeconds("recurrence_id"), "activity__event__title", "title",
            "activity__kind", "activity__all_day",
        )  # fmt: skip
    return found


def _places_of_drives(
    rows: Sequence[Row], near: Mapping[int, list[int]], driving: set[int]
) -> dict[int, tuple[int, ...]]:
    """Where the occurrences are that share a team or vehicle, by occurrence; nobody asks it of the others."""
    wanted = [row for row in rows if not driving.isdisjoint(near[row[0]])]
    if not wanted:
        return {}
    selection = Selection(activity_ids=sorted({row[1] for row in wanted}))
    places, moved = _places(selection), _own_places(selection)
    return {row[0]: moved.get((row[1], row[3])) or places.get(row[1], ()) for row in wanted}


def _windows(tasks: Iterable[Task], driving: set[int]) -> dict[int, Windows]:
    """When each resource is of interest."""
    spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for task in tasks:
        for resource in task.resource_ids:
            margin = NEAR_DAYS * DAY if resource in driving else 0
            spans[resource].append((task.start - margin, task.end + margin))
    return {resource: _merged(found) for resource, found in spans.items()}


def _merged(spans: list[tuple[int, int]]) -> Windows:
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _touches(windows: Windows, start: int, end: int) -> bool:
    """Whether `[start, end)` shares a moment with one of the stretches."""
    starts, ends = windows
    position = bisect_left(starts, end)  # stretches before it begin before `end`
    return position > 0 and ends[position - 1] > start


def _bookings_within(windows: Mapping[int, Windows]) -> Iterator[tuple[int, int, int, int]]:
    """Bookings of the resources in the span of their windows: resource, occurrence, start, end."""
    first = min(starts[0] for starts, _ends in windows.values())
    last = max(ends[-1] for _starts, ends in windows.values())
    rows = Booking.objects.filter(resource_id__in=windows, start__lt=to_moment(last), end__gt=to_moment(first))
    return iter(rows.order_by().values_list("resource_id", "occurrence_id", EpochSeconds("start"), EpochSeconds("end")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Whose facts are wanted: of these activities, of one campaign, or of all."""

    activity_ids: Sequence[int] | None = None
    campaign_id: int | None = None

    def where(self, prefix: str = "") -> dict[str, Any]:
        """The filter on an activity, or through `prefix`."""
        found: dict[str, Any] = {}
        if self.activity_ids is not None and len(self.activity_ids) <= MANY:
            found[f"{prefix}id__in"] = self.activity_ids
        if self.campaign_id is not None:
            found[f"{prefix}campaign"] = self.campaign_id
        return found


def _tasks(
    rows: Iterable[Row], taken: Mapping[int, tuple[int, ...]], selection: Selection, *, is_new: bool
) -> list[Task]:
    """Put occurrences together with what is said of their activities."""
    facts = _activity_facts(selection)
    places = _places(selection)
    moved = _own_places(selection)
    nothing: tuple[int, ...] = ()
    make: Any = tuple.__new__  # fifty thousand times; by name would take half as long again
    tasks = []
    for key, activity, recurrence_id, start, end, title in rows:
        fact = facts[activity]
        venues = places.get(activity, nothing)
        if moved:
            venues = moved.get((activity, recurrence_id), venues)
        told, held = title or fact.title, taken.get(key, nothing)
        tasks.append(make(Task, (fact.uid, recurrence_id, start, end, held, venues, fact, is_new, True, told)))
    return tasks


def _activity_facts(selection: Selection) -> dict[int, ActivityFacts]:
    notices = _notices(selection.activity_ids, campaign_id=selection.campaign_id)
    units = _coordinating(selection)
    rows = Activity.objects.filter(**selection.where()).order_by()
    nothing: dict[str, date] = {}
    return {
        row[0]: ActivityFacts(
            uid=row[1],
            code=row[2],
            title=row[3],
            kind=row[4],
            campaign_id=row[5],
            area_id=row[6],
            unit_ids=(row[7], *units[row[0]]) if row[0] in units else (row[7],),
            all_day=row[8],
            expected_audience=row[9],
            procedures=tuple(row[10].split(",")) if row[10] else (),
            status=row[11],
            notices=notices.get(row[0], nothing),
        )
        for row in rows.values_list(*COLUMNS)
    }


def _coordinating(selection: Selection) -> dict[int, tuple[int, ...]]:
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    rows = Activity.coordinating_units.through._default_manager.filter(**selection.where("activity__"))
    for activity, unit in rows.order_by("id").values_list("activity_id", "unit_id"):
        found[activity] += (unit,)
    return found


def _places(selection: Selection) -> dict[int, tuple[int, ...]]:
    """The venues of each activity in the planner's order."""
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    rows = ActivityPlace.objects.filter(venue__isnull=False, **selection.where("activity__"))
    for activity, venue in rows.order_by("activity_id", "position", "id").values_list("activity_id", "venue_id"):
        found[activity] += (venue,)
    return found


def _own_places(selection: Selection) -> dict[tuple[int, int], tuple[int, ...]]:
    """The venues of single occurrences that are held elsewhere than their activity."""
    rows = OccurrenceDetail.objects.filter(changes__has_key="venue_ids", **selection.where("activity__"))
    return {
        (activity, recurrence_id): tuple(changes["venue_ids"])
        for activity, recurrence_id, changes in rows.order_by().values_list(
            "activity_id", EpochSeconds("recurrence_id"), "changes"
        )
    }


def _notices(activity_ids: Sequence[int] | None, *, campaign_id: int | None = None) -> dict[int, dict[str, date]]:
    """On which day which paper was sent, by activity."""
    if activity_ids is not None and not activity_ids:
        return {}
    found: defaultdict[int, dict[str, date]] = defaultdict(dict)
    selection = Selection(activity_ids=activity_ids, campaign_id=campaign_id)
    rows = Notice.objects.filter(**selection.where("activity__")).order_by()
    for activity, procedure, sent_on in rows.values_list("activity_id", "procedure", "sent_on"):
        found[activity][procedure] = sent_on
    return found
