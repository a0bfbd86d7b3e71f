"""The sheet "Hoạt động": one activity a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from events.models import Status
from events.planning import ActivityPlan
from events.workbook import layout
from events.workbook.activity_times import read_first_time, read_series
from events.workbook.context import ParsedActivity
from events.workbook.reference import Unknown, find_codes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from events.planning import CampaignPlan
    from events.workbook.cells import Row
    from events.workbook.reference import CodeIndex, Reference
    from venues.models import Area

LARGEST_AUDIENCE = 5_000_001
LARGEST_BUDGET = 10**12
NOWHERE = 0  # keys a row cannot know yet
LIST_COLUMNS = {
    "themes": "Nội dung tuyên truyền",
    "forms": "Hình thức",
    "audiences": "Đối tượng",
    "funding_sources": "Nguồn kinh phí",
}
OPTIONAL_COLUMNS = frozenset(column.title for column in layout.ACTIVITY_SHEET.columns if column.is_optional)


def parse_activities(
    rows: Sequence[Row], reference: Reference, campaign: CampaignPlan | None
) -> dict[str, ParsedActivity]:
    """Read the rows into plans by code; rows with problems are noted and left out.

    `campaign` None means its sheet was bad: list codes are then not checked.
    """
    found: dict[str, ParsedActivity] = {}
    seen: dict[str, int] = {}
    for row in rows:
        code = row.text("Mã", is_required=True, limit=40)
        if code in seen and code:
            message = _("The code “%(code)s” already stands in row %(row)s.")
            row.report("Mã", message % {"code": code, "row": seen[code]})
        seen.setdefault(code, row.number)
        parsed = _ActivityReader(row, reference, campaign).read(code)
        if parsed is not None:
            found[code] = parsed
    return found


@dataclass(frozen=True)
class _ActivityReader:
    row: Row
    reference: Reference
    campaign: CampaignPlan | None

    def read(self, code: str) -> ParsedActivity | None:
        """Everything is read before anything is judged, so that all problems of the row are noted."""
        plain = self._plain()
        first = read_first_time(self.row)
        series = read_series(self.row, first.interval)
        places = self._places(first.day)
        resources = self._keys("Nguồn lực", self.reference.resources)
        lead = self._keys("Đơn vị chủ trì", self.reference.units, is_single=True)
        partners = self._keys("Đơn vị phối hợp", self.reference.units)
        codes = {name: self._list_codes(name) for name in LIST_COLUMNS}
        if self.row.is_bad or first.interval is None:
            return None
        area_id, venue_ids, site_ids = places
        plan = ActivityPlan(
            campaign_id=NOWHERE, code=code, area_id=area_id, venue_ids=venue_ids, site_ids=site_ids,
            interval=first.interval, all_day=first.all_day, recurrence=series.rule, lunar=series.lunar,
            procedures=self._procedures(), extra_dates=series.extra_dates,
            excluded_dates=series.excluded_dates, resource_ids=resources, lead_unit_id=lead[0],
            coordinating_unit_ids=partners, **plain,
        )  # fmt: skip
        given = frozenset(title for title in OPTIONAL_COLUMNS if self.row.has_column(title))
        return ParsedActivity(row=self.row, plan=plan, codes=codes, given=given)

    def _plain(self) -> dict[str, Any]:
        row = self.row
        return {
            "title": row.text("Tên hoạt động", is_required=True, limit=255),
            "kind": row.choice("Loại hình", layout.KIND_LABELS),
            "status": row.choice("Trạng thái", layout.STATUS_LABELS, default=Status.DRAFT.value),
            "quantity": row.decimal("Số lượng"),
            "quantity_unit": row.text("ĐVT", limit=20),
            "quantity_source": row.text("Nguồn số liệu", limit=120),
            "expected_audience": row.integer("Số người dự kiến", limit=LARGEST_AUDIENCE),
            "budget_vnd": row.integer("Dự toán (đồng)", limit=LARGEST_BUDGET),
            "is_public": row.choice("Công khai", {"yes": layout.YES, "no": layout.NO}, default="yes") == "yes",
            "description": row.text("Mô tả"),
            "notes": row.text("Ghi chú"),
            "status_reason": row.text("Lý do", limit=300),
        }

    def _procedures(self) -> tuple[str, ...]:
        index = self.reference.procedures
        return tuple(sorted(index.code(key) for key in find_codes(self.row, "Thủ tục", index)))

    def _places(self, day: date | None) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
        area = self._area(day)
        venues: list[int] = []
        sites: list[int] = []
        for entry in self.row.entries("Địa điểm") if area is not None else ():
            try:
                place = self.reference.place(entry, area)
            except Unknown as unknown:
                self.row.report("Địa điểm", str(unknown))
            else:
                (venues if place.is_venue else sites).append(place.row.pk)
        return NOWHERE if area is None else area.pk, tuple(venues), tuple(sites)

    def _area(self, day: date | None) -> Area | None:
        text = self.row.text("Địa bàn", is_required=True)
        if not text:
            return None
        try:
            return self.reference.area(text, day)
        except Unknown as unknown:
            self.row.report("Địa bàn", str(unknown))
            return None

    def _keys(self, title: str, index: CodeIndex[Any], *, is_single: bool = False) -> tuple[int, ...]:
        if is_single:
            self.row.text(title, is_required=True)
        found = find_codes(self.row, title, index)
        if is_single and len(found) > 1:
            self.row.report(title, _("Only one unit leads; write the others into “Đơn vị phối hợp”."))
        return found

    def _list_codes(self, name: str) -> tuple[str, ...]:
        codes = self.row.codes(LIST_COLUMNS[name])
        if self.campaign is None:
            return codes
        allowed = {item.code for item in getattr(self.campaign, name)}
        for code in codes:
            if code not in allowed:
                message = _("The code “%(code)s” is not in the sheet “Kế hoạch”; it has: %(allowed)s.")
                values = {"code": code, "allowed": ", ".join(sorted(allowed)) or "–"}
                self.row.report(LIST_COLUMNS[name], message % values)
        return codes
