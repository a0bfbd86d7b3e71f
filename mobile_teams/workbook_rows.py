"""Tours as stored, as rows of the workbook's sheets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from events.workbook.cells import clean
from mobile_teams.models import Team, Tour, Vehicle
from mobile_teams.planning import StopPlan, TourPlan, tour_plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from events.models import Campaign
    from events.workbook.layout import CellRow
    from events.workbook.reference import Reference

_STOP_TEXTS = ("running_order", "rain_plan", "power", "lodging", "quantity_source", "note")


def stored_tours(campaign: Campaign) -> dict[str, TourPlan]:
    """The campaign's tours by code, as a workbook can carry them."""
    rows = Tour.objects.filter(campaign=campaign).order_by("code")
    return {tour.code: tidy_tour(tour_plan_of(tour)) for tour in rows}


def tidy_tour(plan: TourPlan) -> TourPlan:
    """The plan with its texts as a workbook can carry them."""
    return replace(
        plan, name=clean(plan.name), note=clean(plan.note), stops=tuple(_tidy_stop(stop) for stop in plan.stops)
    )


def _tidy_stop(stop: StopPlan) -> StopPlan:
    texts: dict[str, Any] = {name: clean(getattr(stop, name)) for name in _STOP_TEXTS}
    return replace(stop, **texts)


@dataclass(frozen=True)
class TourRows:
    """Keys to the codes and names the sheets show."""

    reference: Reference
    teams: Mapping[int, str]
    vehicles: Mapping[int, str]
    activities: Mapping[int, str]

    @classmethod
    def of(cls, campaign: Campaign, reference: Reference) -> TourRows:
        """Read the codes: three queries."""
        return cls(
            reference,
            dict(Team.objects.values_list("pk", "resource__code")),
            dict(Vehicle.objects.values_list("pk", "resource__code")),
            dict(campaign.activities.values_list("pk", "code")),
        )

    def tour(self, plan: TourPlan) -> CellRow:
        """One row of "Chuyến lưu động"."""
        depot = (
            "" if plan.depot_id is None else self.reference.place_label(self.reference.venues.rows[plan.depot_id], None)
        )
        return {
            "Mã chuyến": plan.code,
            "Tên chuyến": plan.name,
            "Đội": self.teams[plan.team_id],
            "Xe": "" if plan.vehicle_id is None else self.vehicles[plan.vehicle_id],
            "Điểm xuất phát": depot,
            "Giờ xuất phát": plan.departs_at,
            "Ghi chú": plan.note,
        }

    def activity_codes(self, plan: TourPlan) -> set[str]:
        """Codes of the activities that the tour stops at."""
        return {self.activities[stop.activity_id] for stop in plan.stops}

    def stops(self, plan: TourPlan) -> list[CellRow]:
        """The rows of "Điểm phục vụ", in the order they are driven."""
        return [
            {
                "Mã chuyến": plan.code,
                "Thứ tự": position,
                "Mã hoạt động": self.activities[stop.activity_id],
                "Lắp đặt (phút)": stop.setup_minutes,
                "Chương trình": stop.running_order,
                "Phương án mưa": stop.rain_plan,
                "Điện, sân khấu": stop.power,
                "Ăn nghỉ": stop.lodging,
                "Người xem dự kiến": stop.expected_audience,
                "Nguồn số liệu": stop.quantity_source,
                "Ghi chú": stop.note,
            }
            for position, stop in enumerate(plan.stops, start=1)
        ]
