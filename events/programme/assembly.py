"""What entries of one activity share, read in a handful of queries, and the entry itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.intervals import Interval
from core.keys import OccurrenceKey
from core.vietnamese import format_number
from events.models import Activity, ActivityKind, ActivityPlace, Status
from events.programme.colours import KIND_COLOURS
from events.programme.entries import (
    AreaLabel,
    EntryPlace,
    EntryResource,
    Label,
    ProgrammeEntry,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

Row = tuple[int, "datetime", "datetime", "datetime", str, str]

COLUMNS = (
    "id", "uid", "code", "kind", "all_day", "is_public", "sequence", "updated_at", "notes",
    "quantity", "quantity_unit", "event__title", "event__description", "event__rule_id",
    "area__code", "area__slug", "area__name", "area__level",
    "lead_unit__code", "lead_unit__name", "campaign__code", "campaign__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    """One activity, ready to be repeated in its entries; `statuses` and `kinds` are labels."""

    uid: str
    is_recurring: bool
    template: dict[str, Any]
    status_labels: dict[str, str]


def load_facts(activity_ids: Collection[int], *, shows_notes: bool) -> dict[int, ActivityFacts]:
    """Facts by activity id, in seven queries however many there are (none for none).

    `shows_notes` False leaves the internal notes empty.
    """
    if not activity_ids:
        return {}
    kinds = {value: str(label) for value, label in ActivityKind.choices}
    statuses = {value: str(label) for value, label in Status.choices}
    lists = _load_lists(activity_ids)
    repeated = _activities_with_extra_dates(activity_ids)
    facts = {}
    for row in Activity.objects.filter(id__in=activity_ids).values(*COLUMNS):
        key = row["id"]
        recurring = row["event__rule_id"] is not None or key in repeated
        template = _template(row, kind_label=kinds[row["kind"]], is_recurring=recurring)
        template["notes"] = row["notes"] if shows_notes else ""
        template |= {name: tuple(found[key]) for name, found in lists.items()}
        facts[key] = ActivityFacts(uid=row["uid"], is_recurring=recurring, template=template, status_labels=statuses)
    return facts


def make_entry(row: Row, facts: ActivityFacts) -> ProgrammeEntry:
    """One occurrence row and its activity's facts as an entry."""
    _activity, recurrence_id, start, end, status, own_title = row
    key = OccurrenceKey(facts.uid, recurrence_id)
    entry = ProgrammeEntry(
        key=key,
        status=status,
        status_label=facts.status_labels[status],
        interval=Interval(start, end).local(),
        **facts.template,
    )
    if facts.is_recurring:
        entry = replace(entry, url=f"{entry.url}?occurrence={_moment(key)}")
    return replace(entry, title=own_title) if own_title else entry


def _moment(key: OccurrenceKey) -> str:
    return str(key).rpartition("~")[2]


def _template(row: dict[str, Any], *, kind_label: str, is_recurring: bool) -> dict[str, Any]:
    return {
        "code": row["code"],
        "title": row["event__title"],
        "kind": row["kind"],
        "kind_label": kind_label,
        "all_day": row["all_day"],
        "area": AreaLabel(
            code=row["area__code"],
            slug=row["area__slug"],
            name=row["area__name"],
            level=row["area__level"],
        ),
        "unit": Label(code=row["lead_unit__code"], name=row["lead_unit__name"]),
        "campaign": Label(code=row["campaign__code"], name=row["campaign__name"]),
        "colour": KIND_COLOURS[row["kind"]],
        "description": row["event__description"],
        "quantity": _quantity(row),
        "is_public": row["is_public"],
        "is_recurring": is_recurring,
        "sequence": row["sequence"],
        "last_modified": row["updated_at"],
        "url": f"/activities/{row['uid']}/",
    }


def _quantity(row: dict[str, Any]) -> str:
    if row["quantity"] is None:
        return ""
    return f"{format_number(row['quantity'])} {row['quantity_unit']}".strip()


def _load_lists(activity_ids: Collection[int]) -> dict[str, defaultdict[int, list[Any]]]:
    """Places, resources, coordinating units, themes and audiences by activity id."""
    return {
        "places": _load_places(activity_ids),
        "resources": _load_many(
            activity_ids,
            ("resources__code", "resources__kind", "resources__name"),
            lambda code, kind, name: EntryResource(code=code, kind=kind, name=name),
        ),
        "coordinating": _load_many(activity_ids, ("coordinating_units__code", "coordinating_units__name"), _label),
        "themes": _load_many(activity_ids, ("themes__code", "themes__name"), _label),
        "audiences": _load_many(activity_ids, ("audiences__code", "audiences__name"), _label),
    }


def _label(code: str, name: str) -> Label:
    return Label(code=code, name=name)


def _load_many(
    activity_ids: Collection[int], columns: tuple[str, ...], make: Callable[..., Any]
) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    rows = Activity.objects.filter(id__in=activity_ids, **{f"{columns[0]}__isnull": False})
    for key, *values in rows.order_by("id", columns[0]).values_list("id", *columns):
        found[key].append(make(*values))
    return found


def _load_places(activity_ids: Collection[int]) -> defaultdict[int, list[Any]]:
    fields = ("code", "name", "lon", "lat", "point_quality", "area__name")
    columns = [f"{kind}__{field}" for kind in ("venue", "site") for field in fields]
    found: defaultdict[int, list[Any]] = defaultdict(list)
    rows = ActivityPlace.objects.filter(activity_id__in=activity_ids)
    for key, *values in rows.order_by("activity_id", "position", "id").values_list("activity_id", *columns):
        found[key].append(_place(values[:6] if values[0] is not None else values[6:]))
    return found


def _place(values: Sequence[Any]) -> EntryPlace:
    code, name, lon, lat, quality, area_name = values
    return EntryPlace(code=code, name=name, lon=lon, lat=lat, quality=quality, area_name=area_name)


def _activities_with_extra_dates(activity_ids: Iterable[int]) -> set[int]:
    rows = Activity.objects.filter(id__in=activity_ids, series_dates__isnull=False)
    return set(rows.values_list("id", flat=True))
