"""The frozen commands that forms, spreadsheets and the calendar turn into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from core.intervals import Interval
    from core.keys import OccurrenceKey
    from core.lunar_recurrence import LunarRecurrence
    from core.recurrence import Recurrence


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SkippedDate:
    """A date of the rule left out only because of a clash, told in `reason`; it can be added back."""

    start: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPlan:
    """Everything a planner says about one activity, in database keys.

    `interval` is the first instance, aware and half-open; for an all-day activity both
    ends are local midnights. `excluded_dates`, `extra_dates` and `skipped_dates` are aware starts.
    It repeats by `recurrence` or by `lunar`, never by both; a rule without end is expanded to a horizon.
    `procedures` are codes of lead times besides those of its kind; `budget_vnd` is in dong.
    `uid` None lets planning make one; an importer gives a reproducible one.
    """

    uid: str | None = None
    campaign_id: int
    code: str
    title: str
    kind: str
    status: str
    area_id: int
    lead_unit_id: int
    interval: Interval
    all_day: bool = False
    recurrence: Recurrence | None = None
    lunar: LunarRecurrence | None = None
    extra_dates: tuple[datetime, ...] = ()
    excluded_dates: tuple[datetime, ...] = ()
    skipped_dates: tuple[SkippedDate, ...] = ()
    venue_ids: tuple[int, ...] = ()
    site_ids: tuple[int, ...] = ()
    resource_ids: tuple[int, ...] = ()
    coordinating_unit_ids: tuple[int, ...] = ()
    theme_ids: tuple[int, ...] = ()
    form_ids: tuple[int, ...] = ()
    audience_ids: tuple[int, ...] = ()
    funding_source_ids: tuple[int, ...] = ()
    quantity: Decimal | None = None
    quantity_unit: str = ""
    quantity_source: str = ""
    expected_audience: int | None = None
    budget_vnd: int | None = None
    procedures: tuple[str, ...] = ()
    is_public: bool = True
    description: str = ""
    notes: str = ""
    status_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityChange:
    """A new plan for an activity that the editor last saw at `version`."""

    uid: str
    version: int
    plan: ActivityPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceChange:
    """A new interval, or the cancellation (`interval` None), of one occurrence."""

    key: OccurrenceKey
    version: int
    interval: Interval | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLabel:
    """What a saved step is called: `verb` for machines (at most 40 characters), `label` for people (at most 300)."""

    verb: str
    label: str
