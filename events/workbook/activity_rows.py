"""Activities as stored, as rows of the sheet "Hoạt động"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.intervals import LOCAL_ZONE
from events.models import Activity, Audience, Form, FundingSource, Theme
from events.planning import normalise, plan_of
from events.workbook import layout
from events.workbook.activities_sheet import LIST_COLUMNS
from events.workbook.activity_times import time_cells
from events.workbook.cells import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from events.models import Campaign
    from events.planning import ActivityPlan
    from events.workbook.layout import CellRow
    from events.workbook.reference import CodeIndex, Reference

LIST_MODELS: dict[str, Any] = {"themes": Theme, "forms": Form, "audiences": Audience, "funding_sources": FundingSource}
LIST_FIELDS = {
    "themes": "theme_ids", "forms": "form_ids", "audiences": "audience_ids", "funding_sources": "funding_source_ids",
}  # fmt: skip
_TEXTS = ("code", "title", "quantity_unit", "quantity_source", "description", "notes", "status_reason")


@dataclass(frozen=True)
class CampaignLists:
    """The keys and codes of a campaign's lists, in the letter's order, by list name."""

    codes: Mapping[str, Mapping[int, str]]

    @classmethod
    def of(cls, campaign: Campaign) -> CampaignLists:
        """Read the lists as stored: one query a list."""
        return cls(
            {
                name: {row.pk: row.code for row in model.objects.filter(campaign=campaign).order_by("position", "id")}
                for name, model in LIST_MODELS.items()
            }
        )

    def keys(self, name: str, codes: Iterable[str]) -> tuple[int, ...]:
        """Codes to keys; every code is known."""
        by_code = {code: key for key, code in self.codes[name].items()}
        return tuple(by_code[code] for code in codes)

    def text(self, name: str, keys: Iterable[int]) -> str:
        """Keys to what the cell says, in the letter's order."""
        wanted = set(keys)
        return "; ".join(code for key, code in self.codes[name].items() if key in wanted)


def stored_activities(campaign: Campaign) -> dict[str, Activity]:
    """The campaign's activities by code, with all that `plan_of` reads: a constant number of queries."""
    rows = (
        Activity.objects.filter(campaign=campaign)
        .select_related("event__rule")
        .prefetch_related(
            "event__occurrence_set", "series_dates", "occurrence_details", "places", "coordinating_units", "themes",
            "forms", "audiences", "funding_sources", "resources",
        )
        .order_by("event__start", "code")
    )  # fmt: skip
    return {activity.code: activity for activity in rows}


def tidy_plan(plan: ActivityPlan) -> ActivityPlan:
    """The plan as a workbook can carry it: two tidy plans are equal when their rows are."""
    texts = {name: clean(getattr(plan, name)) for name in _TEXTS}
    return replace(normalise(plan), **texts)  # type: ignore[arg-type]


def tidy_plan_of(activity: Activity) -> ActivityPlan:
    """The stored plan, tidied."""
    return tidy_plan(plan_of(activity))


def activity_cells(plan: ActivityPlan, reference: Reference, lists: CampaignLists) -> CellRow:
    """One row of the sheet; reading it gives the same plan."""
    venues = [reference.place_label(reference.venues.rows[key], plan.area_id) for key in plan.venue_ids]
    sites = [reference.place_label(reference.sites.rows[key], plan.area_id) for key in plan.site_ids]
    first_day = plan.interval.start.astimezone(LOCAL_ZONE).date()
    return {
        "Mã": plan.code,
        "Tên hoạt động": plan.title,
        "Loại hình": layout.KIND_LABELS[plan.kind],
        "Trạng thái": layout.STATUS_LABELS[plan.status],
        "Địa bàn": reference.area_label(plan.area_id, first_day),
        "Địa điểm": "; ".join((*venues, *sites)),
        **time_cells(plan),
        "Đơn vị chủ trì": reference.units.code(plan.lead_unit_id),
        "Đơn vị phối hợp": _codes(reference.units, plan.coordinating_unit_ids),
        **{column: lists.text(name, getattr(plan, LIST_FIELDS[name])) for name, column in LIST_COLUMNS.items()},
        "Nguồn lực": _codes(reference.resources, plan.resource_ids),
        "Số lượng": plan.quantity,
        "ĐVT": plan.quantity_unit,
        "Nguồn số liệu": plan.quantity_source,
        "Số người dự kiến": plan.expected_audience,
        "Dự toán (đồng)": plan.budget_vnd,
        "Thủ tục": "; ".join(plan.procedures),
        "Công khai": layout.YES if plan.is_public else layout.NO,
        "Mô tả": plan.description,
        "Ghi chú": plan.notes,
        "Lý do": plan.status_reason,
    }


def _codes(index: CodeIndex[Any], keys: Iterable[int]) -> str:
    return "; ".join(sorted(index.code(key) for key in keys))
