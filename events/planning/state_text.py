"""States of activities as people read them, and the fields in which two of them differ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, Interval
from core.lunar_recurrence import describe_lunar
from core.recurrence_text import describe
from core.vietnamese import format_date, format_interval, format_number
from events.models import ActivityKind, Audience, Form, FundingSource, Status, Theme
from events.planning.snapshots import field_labels
from units.models import Unit
from venues.models import Area, DisplaySite, Resource, Venue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import Model

    from events.expansion import Override
    from events.planning.commands import ActivityPlan
    from events.planning.states import ActivityState

Names = dict[tuple[str, int], str]  # (field of the plan, key) -> name

REFERENCES: tuple[tuple[str, type[Model]], ...] = (
    ("area_id", Area),
    ("lead_unit_id", Unit),
    ("coordinating_unit_ids", Unit),
    ("venue_ids", Venue),
    ("site_ids", DisplaySite),
    ("resource_ids", Resource),
    ("theme_ids", Theme),
    ("form_ids", Form),
    ("audience_ids", Audience),
    ("funding_source_ids", FundingSource),
)
WHEN_AND_WHERE = frozenset(
    {"time", "recurrence", "extra_dates", "excluded_dates", "skipped_dates", "exceptions", "places"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of an activity that differs, as people read it."""

    name: str
    label: str
    before: str
    after: str

    @property
    def is_move(self) -> bool:
        """Whether it says when or where."""
        return self.name in WHEN_AND_WHERE


def read_states(states: Sequence[ActivityState]) -> list[dict[str, str]]:
    """Each state as text, field by field, in the order of a form.

    A constant number of queries, however many states; the names are those of `state_labels`.
    """
    names = _names_of(states)
    return [_read(state, names) for state in states]


def field_changes(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> tuple[FieldChange, ...]:
    """The fields in which two texts of `read_states` differ; None is what does not exist."""
    before, after = before or {}, after or {}
    return tuple(
        FieldChange(name=name, label=label, before=before.get(name, ""), after=after.get(name, ""))
        for name, label in state_labels().items()
        if before.get(name, "") != after.get(name, "")
    )


def state_labels() -> dict[str, str]:
    """The names of a state's fields as people read them; a quantity is told with its unit."""
    return {name: label for name, label in field_labels().items() if name != "quantity_unit"}


def _names_of(states: Sequence[ActivityState]) -> Names:
    """One query a table; what no longer exists is told by its key."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for state in states:
        for field, _model in REFERENCES:
            value = getattr(state.plan, field)
            wanted[field].update(value if isinstance(value, tuple) else (value,))
            for override in state.overrides.values():
                wanted[field].update(override.changes.get(field, ()))
    return {
        (field, row.pk): str(row)
        for field, model in REFERENCES
        if wanted[field]
        for row in model._default_manager.filter(pk__in=wanted[field])
    }


def _read(state: ActivityState, names: Names) -> dict[str, str]:
    plan = state.plan
    return {
        **{name: str(getattr(plan, name)) for name in ("code", "title", "status_reason", "description", "notes")},
        "kind": _choice(ActivityKind, plan.kind),
        "status": _choice(Status, plan.status),
        "area": _listed("area_id", (plan.area_id,), names),
        "lead_unit": _listed("lead_unit_id", (plan.lead_unit_id,), names),
        "places": _places(plan.venue_ids, plan.site_ids, names),
        "resources": _listed("resource_ids", plan.resource_ids, names),
        "coordinating_units": _listed("coordinating_unit_ids", plan.coordinating_unit_ids, names),
        "themes": _listed("theme_ids", plan.theme_ids, names),
        "forms": _listed("form_ids", plan.form_ids, names),
        "audiences": _listed("audience_ids", plan.audience_ids, names),
        "funding_sources": _listed("funding_source_ids", plan.funding_source_ids, names),
        **_read_times(state, names),
        **_read_figures(plan),
        "procedures": ", ".join(plan.procedures),
        "is_public": _("yes") if plan.is_public else _("no"),
    }


def _read_times(state: ActivityState, names: Names) -> dict[str, str]:
    plan = state.plan
    return {
        "time": format_interval(plan.interval, all_day=plan.all_day),
        "recurrence": _recurrence(plan),
        "extra_dates": _days(plan.extra_dates),
        "excluded_dates": _days(plan.excluded_dates),
        "skipped_dates": "; ".join(f"{_day(skip.start)} ({skip.reason})" for skip in plan.skipped_dates),
        "exceptions": "; ".join(_exception(start, state, names) for start in sorted(state.overrides)),
    }


def _read_figures(plan: ActivityPlan) -> dict[str, str]:
    quantity = "" if plan.quantity is None else f"{format_number(plan.quantity)} {plan.quantity_unit}".strip()
    return {
        "quantity": quantity,
        "quantity_source": plan.quantity_source,
        "expected_audience": "" if plan.expected_audience is None else format_number(plan.expected_audience),
        "budget_vnd": "" if plan.budget_vnd is None else format_number(plan.budget_vnd),
    }


def _recurrence(plan: ActivityPlan) -> str:
    if plan.lunar is not None:
        return describe_lunar(plan.lunar)
    return "" if plan.recurrence is None else describe(plan.recurrence)


def _exception(start: datetime, state: ActivityState, names: Names) -> str:
    """One changed occurrence: cancelled, or its own time, title and other fields."""
    override = state.overrides[start]
    if override.is_cancelled:
        told = [_("cancelled")]
    else:
        told = [*_own_time(start, override, state), *([f"“{override.title}”"] if override.title else [])]
        told += _own_fields(override, names)
    line = f"{_day(start)}: {', '.join(told) or _('unchanged')}"
    return f"{line} ({override.reason})" if override.reason else line


def _own_time(start: datetime, override: Override, state: ActivityState) -> list[str]:
    if override.interval == Interval(start, start + state.plan.interval.duration):
        return []
    return [_("moved to %(time)s") % {"time": format_interval(override.interval, all_day=state.plan.all_day)}]


def _own_fields(override: Override, names: Names) -> list[str]:
    """What else differs in one occurrence; its places are one field."""
    changes = override.changes
    told = []
    if "status" in changes:
        told.append(_choice(Status, changes["status"]))
    if "venue_ids" in changes or "site_ids" in changes:
        told.append(_places(changes.get("venue_ids", ()), changes.get("site_ids", ()), names))
    if "resource_ids" in changes:
        told.append(_listed("resource_ids", changes["resource_ids"], names))
    if "description" in changes:
        told.append(str(changes["description"]))
    return told


def _places(venues: Sequence[int], sites: Sequence[int], names: Names) -> str:
    return "; ".join(each for each in (_listed("venue_ids", venues, names), _listed("site_ids", sites, names)) if each)


def _listed(field: str, keys: Iterable[int], names: Names) -> str:
    return "; ".join(names.get((field, key), f"#{key}") for key in keys)


def _choice(choices: type[ActivityKind | Status], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _days(starts: Iterable[datetime]) -> str:
    return ", ".join(_day(start) for start in starts)


def _day(moment: datetime) -> str:
    return format_date(moment.astimezone(LOCAL_ZONE).date())
