"""A stored plan as the values with which its form opens."""

from __future__ import annotations

from typing import Any

from core.intervals import LOCAL_ZONE
from events.forms.fields import write_moments
from events.forms.repetition import write_repetition
from events.forms.times import write_times
from events.planning.commands import ActivityPlan


def initial_of(plan: ActivityPlan) -> dict[str, Any]:
    """Return initial values; a form opened with them and sent back unchanged means the same plan."""
    start = plan.interval.start.astimezone(LOCAL_ZONE)
    plain = (
        "code", "title", "kind", "status", "is_public", "description", "notes", "quantity", "quantity_unit",
        "quantity_source", "expected_audience", "budget_vnd", "status_reason",
    )  # fmt: skip
    return {
        **{name: getattr(plan, name) for name in plain},
        **write_times(plan.interval, all_day=plan.all_day),
        **write_repetition(plan.recurrence or plan.lunar, start),
        "extra_dates": write_moments(plan.extra_dates, start.time()),
        "excluded_dates": write_moments(plan.excluded_dates, start.time()),
        "procedures": list(plan.procedures),
        "campaign": plan.campaign_id,
        "area": plan.area_id,
        "lead_unit": plan.lead_unit_id,
        "coordinating_units": list(plan.coordinating_unit_ids),
        "venues": list(plan.venue_ids),
        "sites": list(plan.site_ids),
        "resources": list(plan.resource_ids),
        "themes": list(plan.theme_ids),
        "forms_of_work": list(plan.form_ids),
        "audiences": list(plan.audience_ids),
        "funding_sources": list(plan.funding_source_ids),
    }
