"""Activities with all that their states and snapshots need, in a few small queries.

What Django's own prefetching would ask in a dozen queries is asked in six: reading an activity is most of what saving a
small change of it costs. What is found is left where prefetching leaves it, so that nobody sees a difference.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from schedule.models import Occurrence as SchedulerOccurrence

from events.models import Activity, ActivityPlace, OccurrenceDetail, SeriesDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

LISTS = ("coordinating_units", "themes", "forms", "audiences", "funding_sources", "resources")
LABEL_COLUMNS = ("id", "code", "name")  # what a list's rows are told by; anything else is read when asked for
BATCH = 500
Rows = dict[int, list[Any]]


def load_activities(uids: Iterable[str], *, lock: bool = False) -> dict[str, Activity]:
    """Return these activities by UID, in a constant number of queries for up to 500; `lock` holds their rows."""
    wanted = sorted(set(uids))
    found: dict[str, Activity] = {}
    for at in range(0, len(wanted), BATCH):
        rows = Activity.objects.filter(uid__in=wanted[at : at + BATCH]).order_by("id")
        rows = rows.select_related("event__rule", "campaign", "area", "lead_unit")
        activities = list(rows.select_for_update(of=("self",)) if lock else rows)
        _attach_all(activities)
        found |= {activity.uid: activity for activity in activities}
    return found


def _attach_all(activities: Sequence[Activity]) -> None:
    if not activities:
        return
    keys = [activity.pk for activity in activities]
    for relation, rows in _list_rows(keys).items():
        model = Activity._meta.get_field(relation).related_model
        for activity in activities:
            _attach(activity, relation, rows.get(activity.pk, []), model=model)
    for relation, model in (("series_dates", SeriesDate), ("occurrence_details", OccurrenceDetail)):
        owned = _by_owner(model.objects.filter(activity__in=keys).order_by("id"), "activity_id")
        for activity in activities:
            _attach(activity, relation, owned.get(activity.pk, []), model=model)
    places = ActivityPlace.objects.filter(activity__in=keys).select_related("venue", "site").order_by("position", "id")
    owned = _by_owner(places, "activity_id")
    for activity in activities:
        _attach(activity, "places", owned.get(activity.pk, []), model=ActivityPlace)
    _attach_exceptions(activities)


def _by_owner(rows: Iterable[Any], owner: str) -> Rows:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, owner)].append(row)
    return found


def _attach(owner: Model, relation: str, rows: list[Any], *, model: Any) -> None:  # noqa: ANN401 -- any model
    """Leave the rows where `prefetch_related` would; further filters on them still work."""
    manager = model._default_manager
    kept = manager.filter(pk__in=[row.pk for row in rows]) if rows else manager.none()
    kept._result_cache = rows  # noqa: SLF001 -- what `prefetch_one_level` does
    kept._prefetch_done = True  # noqa: SLF001
    vars(owner).setdefault("_prefetched_objects_cache", {})[relation] = kept


def _attach_exceptions(activities: Sequence[Activity]) -> None:
    """django-scheduler's exceptions, made by hand: read from the database each would ask for its event again."""
    columns = [each.attname for each in SchedulerOccurrence._meta.concrete_fields if each.attname != "event_id"]
    events = {activity.event_id: activity.event for activity in activities}
    owned: defaultdict[int, list[Any]] = defaultdict(list)
    found = SchedulerOccurrence.objects.filter(event__in=list(events)).order_by("id")
    for event_id, *values in found.values_list("event_id", *columns):
        owned[event_id].append(SchedulerOccurrence(event=events[event_id], **dict(zip(columns, values, strict=True))))
    for event_id, event in events.items():
        _attach(event, "occurrence_set", owned[event_id], model=SchedulerOccurrence)


def _list_rows(keys: Sequence[int]) -> dict[str, Rows]:
    """The rows of all many-to-many lists in one query, by relation and activity."""
    found: dict[str, Rows] = {relation: defaultdict(list) for relation in LISTS}
    sql = _lists_sql(connection.vendor).replace("(?)", f"({', '.join(['%s'] * len(keys))})")
    with connection.cursor() as cursor:
        cursor.execute(sql, [*keys] * len(LISTS))
        for number, activity, *values in cursor.fetchall():
            model: Any = Activity._meta.get_field(LISTS[number]).related_model
            found[LISTS[number]][activity].append(model.from_db(connection.alias, LABEL_COLUMNS, values))
    return found


@lru_cache(maxsize=2)
def _lists_sql(_vendor: str) -> str:
    """One SELECT a list, joined by UNION ALL; "(?)" stands for the activities' keys."""
    quote = connection.ops.quote_name
    parts = []
    for number, relation in enumerate(LISTS):
        field: Any = Activity._meta.get_field(relation)
        target = quote(field.related_model._meta.db_table)
        columns = ", ".join(f"{target}.{quote(column)}" for column in LABEL_COLUMNS)
        through, owner, other = map(quote, (field.m2m_db_table(), field.m2m_column_name(), field.m2m_reverse_name()))
        parts.append(
            f"SELECT {number}, {through}.{owner}, {columns} FROM {through} "  # noqa: S608 -- names of our own tables
            f"JOIN {target} ON {target}.{quote('id')} = {through}.{other} WHERE {through}.{owner} IN (?)"
        )
    return " UNION ALL ".join(parts) + " ORDER BY 1, 2, 3"
