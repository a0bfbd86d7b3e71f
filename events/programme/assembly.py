"""Rows into entries: what the occurrences of one activity share is made once, each occurrence adds five values."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Cast

from core.keys import OccurrenceKey
from core.vietnamese import format_number
from events.models import Activity, ActivityKind, Occurrence, OccurrenceDetail, SeriesDate, Status
from events.models.occurrence import HAS_OWN
from events.programme.colours import KIND_COLOURS
from events.programme.entries import EntryFacts, ProgrammeEntry
from events.programme.key_list import KeyList
from events.programme.labels import Labels, load_labels
from events.programme.moments import UtcMoments, stored
from events.programme.rows import Question, ask, read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from django.db.models import QuerySet


Row = tuple[int, str, str, str, str]  # activity, recurrence id, start, end, status; moments as the database writes them
Times = tuple[str, str]  # start, end; as written they sort as moments
Placed = list[tuple[Times, list[tuple[int, str, str]]]]  # by times: rank of the activity, recurrence id, status
Named = tuple[int, str]  # activity, recurrence id
Own = tuple[str, dict[str, Any]]  # the own title, empty for the series', and the facts that differ

ROW_COLUMNS: tuple[str | Cast, ...] = ("activity_id", *map(stored, ("recurrence_id", "start", "end")), "status")
ACTIVITY_COLUMNS = (
    "id", "uid", "code", "kind", "sequence", "notes", "quantity_unit", "list_keys", "lunar_rule",
    "area_id", "lead_unit_id", "campaign_id", "event__title", "event__description", "event__rule_id",
)  # fmt: skip
AS_TEXT = ("all_day", "is_public", "is_deleted", "quantity", "updated_at")
TRUE = frozenset({"1", "true"})  # on SQLite and on PostgreSQL


class ActivityRow(NamedTuple):
    """One activity with its series: ACTIVITY_COLUMNS, AS_TEXT as the database writes it, and one of its dates."""

    id: int
    uid: str
    code: str
    kind: str
    sequence: int
    notes: str
    quantity_unit: str
    list_keys: str
    lunar_rule: str
    area_id: int
    lead_unit_id: int
    campaign_id: int
    title: str
    description: str
    rule_id: int | None
    all_day: str
    is_public: str
    is_deleted: str
    quantity: str | None
    updated_at: str
    dates: int | None

    @property
    def is_recurring(self) -> bool:
        """Whether it has a rule, by the sun or by the moon, or dates beside its first."""
        return self.rule_id is not None or self.dates is not None or bool(self.lunar_rule)


class OwnRow(NamedTuple):
    """What an occurrence has of its own besides time and status; `list_keys` is empty where places are the series'."""

    activity_id: int
    recurrence_id: str
    title: str
    list_keys: str


class Shared(NamedTuple):
    """What the entries of one activity need of it; `status` is empty where each occurrence has its own."""

    uid: str
    status: str
    facts: EntryFacts
    activity_id: int


class Assembly(NamedTuple):
    """Entries by start, end and key, and the uids of the recurring activities among theirs, by key."""

    entries: list[ProgrammeEntry]
    recurring: dict[int, str]


def load_entries(occurrences: Sequence[QuerySet[Occurrence]], *, gate: Q, shows_notes: bool) -> Assembly:
    """Return the entries of those of the occurrences whose activities pass the gate; six queries at most.

    `occurrences` come in one part or several without a common row. `gate` is a filter on Activity. `shows_notes`
    False leaves the internal notes empty.
    """
    rows: list[Row] = read_rows([part.values_list(*ROW_COLUMNS) for part in occurrences])
    activities = _read_activities({row[0] for row in rows}, gate)
    special = _read_own({activity.id for activity in activities})
    labels = _labels_of(activities, special)
    shared = _share(activities, labels, shows_notes=shows_notes)
    placed = _placed(rows, shared)
    entries = _entries(placed, shared)
    if special:
        _say_own(entries, _names(placed, shared), _read_changes(special, labels))
    return Assembly(
        entries=entries, recurring={each.activity_id: each.uid for each in shared if each.facts.is_recurring}
    )


def _labels_of(activities: Sequence[ActivityRow], special: Iterable[OwnRow]) -> Labels:
    return load_labels(
        areas={activity.area_id for activity in activities},
        units={activity.lead_unit_id for activity in activities},
        campaigns={activity.campaign_id for activity in activities},
        texts={*(activity.list_keys for activity in activities), *(own.list_keys for own in special)},
    )


def _names(placed: Placed, shared: Sequence[Shared]) -> list[Named]:
    return [(shared[rank].activity_id, moment) for _times, found in placed for rank, moment, _status in found]


def _placed(rows: Iterable[Row], shared: Sequence[Shared]) -> Placed:
    """The rows of these activities in the order in which people read them."""
    ranks = {each.activity_id: rank for rank, each in enumerate(shared)}
    found: defaultdict[Times, list[tuple[int, str, str]]] = defaultdict(list)
    for activity, moment, start, end, status in rows:
        if activity in ranks:
            found[start, end].append((ranks[activity], moment, status))
    return [(times, sorted(found[times])) for times in sorted(found)]


def _read_activities(keys: Collection[int], gate: Q) -> list[ActivityRow]:
    if not keys:
        return []
    return list(map(ActivityRow._make, ask(_activities_question(gate, connection.vendor), keys)))


@lru_cache(maxsize=128)
def _activities_question(gate: Q, _vendor: str) -> Question:
    dates = SeriesDate.objects.filter(activity=OuterRef("pk")).order_by().values("activity")[:1]
    rows = Activity.objects.filter(gate, pk__in=KeyList(())).order_by()
    return Question.of(rows.values_list(*ACTIVITY_COLUMNS, *map(stored, AS_TEXT), Subquery(dates)))


def _read_own(keys: Collection[int]) -> list[OwnRow]:
    return list(map(OwnRow._make, ask(_own_question(connection.vendor), keys))) if keys else []


@lru_cache(maxsize=2)
def _own_question(_vendor: str) -> Question:
    rows = Occurrence.objects.filter(HAS_OWN, activity_id__in=KeyList(())).order_by()
    return Question.of(rows.values_list("activity_id", stored("recurrence_id"), "title", "list_keys"))


def _share(activities: Iterable[ActivityRow], labels: Labels, *, shows_notes: bool) -> list[Shared]:
    """What each activity's entries share, in the order of the UIDs."""
    kinds = {value: (str(label), KIND_COLOURS[value]) for value, label in ActivityKind.choices}
    moments = UtcMoments()
    make: Any = tuple.__new__  # ten thousand times; by name would cost half as much again
    shared = []
    for row in activities:
        lists = labels.lists[row.list_keys]
        kind_label, colour = kinds[row.kind]
        facts = make(
            EntryFacts,
            (
                row.code, row.title, row.kind, kind_label, row.all_day in TRUE,
                lists.places, labels.areas[row.area_id], labels.units[row.lead_unit_id], lists.coordinating,
                lists.resources, labels.campaigns[row.campaign_id], lists.themes, lists.audiences, colour,
                row.description, row.notes if shows_notes else "", _quantity(row),
                row.is_public in TRUE, row.is_recurring, row.sequence, moments[row.updated_at],
                f"/activities/{row.uid}/", labels.offices[row.lead_unit_id],
            ),
        )  # fmt: skip
        shared.append(Shared(row.uid, Status.CANCELLED.value if row.is_deleted in TRUE else "", facts, row.id))
    shared.sort()
    return shared


def _quantity(row: ActivityRow) -> str:
    if row.quantity is None:
        return ""
    return f"{format_number(Decimal(row.quantity))} {row.quantity_unit}".strip()


def _entries(placed: Placed, shared: Sequence[Shared]) -> list[ProgrammeEntry]:
    labels = {value: str(label) for value, label in Status.choices}
    moments = UtcMoments()
    make, name, kind = tuple.__new__, OccurrenceKey, ProgrammeEntry  # stored keys: nobody need check them again
    return [
        make(kind, (make(name, (uid, moments[moment])), interval, status, labels[status], facts[1], facts))
        for times, found in placed
        for interval in (moments.interval(*times),)
        for rank, moment, stored_status in found
        for uid, forced, facts, _activity in (shared[rank],)
        for status in (forced or stored_status,)
    ]


def _say_own(entries: list[ProgrammeEntry], names: Iterable[Named], own: Mapping[Named, Own]) -> None:
    """Put in place what occurrences have of their own; `names` are those of the entries."""
    for index, name in enumerate(names):
        found = own.get(name)
        if found is not None:
            title, changes = found
            entry = entries[index]
            entries[index] = entry._replace(
                title=title or entry.title, facts=entry.facts._replace(**changes) if changes else entry.facts
            )


def _read_changes(special: Sequence[OwnRow], labels: Labels) -> dict[Named, Own]:
    """The own title, and the own places, resources and description, of occurrences; one query, none for none."""
    listed = {(row.activity_id, row.recurrence_id): labels.lists[row.list_keys] for row in special if row.list_keys}
    told = _read_descriptions(listed)
    found: dict[Named, Own] = {}
    for row in special:
        named = (row.activity_id, row.recurrence_id)
        changes: dict[str, Any] = dict(told.get(named, {}))
        if named in listed:
            changes |= {"places": listed[named].places, "resources": listed[named].resources}
        found[named] = (row.title, changes)
    return found


def _read_descriptions(listed: Collection[Named]) -> dict[Named, dict[str, str]]:
    if not listed:
        return {}
    rows = OccurrenceDetail.objects.filter(activity__in={activity for activity, _ in listed})
    return {
        (activity, moment): {"description": changes["description"]}
        for activity, moment, changes in rows.values_list("activity_id", stored("recurrence_id"), "changes")
        if "description" in changes
    }
