"""Rows into entries: what the occurrences of one activity share is made once, each occurrence adds five values."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

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
from events.programme.moments import LocalIntervals, UtcMoments, stored
from events.programme.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from django.db.models import QuerySet


Row = tuple[int, str, str, str, str]  # activity, recurrence id, start, end, status; moments as the database writes them
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


class Assembly(NamedTuple):
    """Entries in no order, and the uids of the recurring activities among theirs, by key."""

    entries: list[ProgrammeEntry]
    recurring: dict[int, str]


def load_entries(occurrences: Sequence[QuerySet[Occurrence]], *, gate: Q, shows_notes: bool) -> Assembly:
    """Return the entries of those of the occurrences whose activities pass the gate; 12 queries at most.

    `occurrences` come in one part or several without a common row. `gate` is a filter on Activity. `shows_notes`
    False leaves the internal notes empty.
    """
    rows: list[Row] = read_rows([part.values_list(*ROW_COLUMNS) for part in occurrences])
    activities = _read_activities({row[0] for row in rows}, gate)
    special = _read_own({activity.id for activity in activities})
    labels = load_labels(
        areas={activity.area_id for activity in activities},
        units={activity.lead_unit_id for activity in activities},
        campaigns={activity.campaign_id for activity in activities},
        texts={*(activity.list_keys for activity in activities), *(own.list_keys for own in special)},
    )
    shared = _share(activities, labels, shows_notes=shows_notes)
    rows = [row for row in rows if row[0] in shared]
    entries = _entries(rows, shared)
    _say_own(entries, rows, _read_changes(special, labels))
    return Assembly(
        entries=entries,
        recurring={activity.id: activity.uid for activity in activities if activity.is_recurring},
    )


def _read_activities(keys: Collection[int], gate: Q) -> list[ActivityRow]:
    if not keys:
        return []
    dates = SeriesDate.objects.filter(activity=OuterRef("pk")).order_by().values("activity")[:1]
    rows = Activity.objects.filter(gate, pk__in=KeyList(keys)).order_by()
    columns = rows.values_list(*ACTIVITY_COLUMNS, *map(stored, AS_TEXT), Subquery(dates))
    return list(map(ActivityRow._make, read_rows([columns])))


def _read_own(keys: Collection[int]) -> list[OwnRow]:
    if not keys:
        return []
    rows = Occurrence.objects.filter(HAS_OWN, activity_id__in=KeyList(keys)).order_by()
    columns = rows.values_list("activity_id", stored("recurrence_id"), "title", "list_keys")
    return list(map(OwnRow._make, read_rows([columns])))


def _share(activities: Iterable[ActivityRow], labels: Labels, *, shows_notes: bool) -> dict[int, Shared]:
    kinds = {value: str(label) for value, label in ActivityKind.choices}
    moments = UtcMoments()
    shared = {}
    for row in activities:
        lists = labels.lists[row.list_keys]
        facts = EntryFacts(
            code=row.code,
            title=row.title,
            kind=row.kind,
            kind_label=kinds[row.kind],
            all_day=row.all_day in TRUE,
            places=lists.places,
            area=labels.areas[row.area_id],
            unit=labels.units[row.lead_unit_id],
            coordinating=lists.coordinating,
            resources=lists.resources,
            campaign=labels.campaigns[row.campaign_id],
            themes=lists.themes,
            audiences=lists.audiences,
            colour=KIND_COLOURS[row.kind],
            description=row.description,
            notes=row.notes if shows_notes else "",
            quantity=_quantity(row),
            is_public=row.is_public in TRUE,
            is_recurring=row.is_recurring,
            sequence=row.sequence,
            last_modified=moments[row.updated_at],
            url=f"/activities/{row.uid}/",
        )
        shared[row.id] = Shared(row.uid, Status.CANCELLED.value if row.is_deleted in TRUE else "", facts)
    return shared


def _quantity(row: ActivityRow) -> str:
    if row.quantity is None:
        return ""
    return f"{format_number(Decimal(row.quantity))} {row.quantity_unit}".strip()


def _entries(rows: Iterable[Row], shared: Mapping[int, Shared]) -> list[ProgrammeEntry]:
    labels = {value: str(label) for value, label in Status.choices}
    moments = UtcMoments()
    intervals = LocalIntervals(moments)
    key_of, make, kind = OccurrenceKey.trusted, tuple.__new__, ProgrammeEntry
    return [
        make(kind, (key_of(uid, moments[moment]), intervals[start, end], status, labels[status], facts[1], facts))
        for activity, moment, start, end, stored_status in rows
        for uid, forced, facts in (shared[activity],)
        for status in (forced or stored_status,)
    ]


def _say_own(entries: list[ProgrammeEntry], rows: Sequence[Row], own: Mapping[Named, Own]) -> None:
    """Put in place what occurrences have of their own."""
    for index, row in enumerate(rows if own else ()):
        found = own.get(row[:2])
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
