"""The sheets "Chuyến lưu động" and "Điểm phục vụ" of the plan's workbook."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from events.workbook.layout import Column, Sheet
from events.workbook.reference import Unknown, find_codes
from events.workbook.tally import Tally, noting_refusals
from mobile_teams.models import Team, Vehicle
from mobile_teams.planning import StopPlan, TourPlan, save_tour
from mobile_teams.workbook_rows import TourRows, stored_tours
from venues.models import Venue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from events.models import Campaign
    from events.workbook.cells import Row
    from events.workbook.context import ParseContext, SaveContext
    from events.workbook.layout import CellRow
    from events.workbook.reference import Reference
    from events.workbook.report import SheetReport

TOURS = Sheet(
    title="Chuyến lưu động",
    intro="Mỗi dòng là một chuyến của một đội; các điểm của chuyến ở trang Điểm phục vụ.",
    columns=(
        Column(title="Mã chuyến", width=16, is_required=True),
        Column(title="Tên chuyến", width=48, is_required=True),
        Column(title="Đội", width=16, is_required=True, note="Mã đội."),
        Column(title="Xe", width=16, note="Mã xe."),
        Column(title="Điểm xuất phát", width=40, note="Tên địa điểm; để trống là trụ sở của đội."),
        Column(title="Giờ xuất phát", width=12, note="14h30"),
        Column(title="Ghi chú", width=48),
    ),
)
STOPS = Sheet(
    title="Điểm phục vụ",
    intro="Mỗi dòng là một điểm của một chuyến, theo thứ tự đi; mỗi điểm là một hoạt động tuyên truyền lưu động.",
    columns=(
        Column(title="Mã chuyến", width=16, is_required=True),
        Column(title="Thứ tự", width=8, is_required=True, note="1, 2, 3…"),
        Column(title="Mã hoạt động", width=14, is_required=True, note="Mã ở trang Hoạt động."),
        Column(title="Lắp đặt (phút)", width=10, note="Để trống là 60."),
        Column(title="Chương trình", width=48, note="Mỗi tiết mục một dòng hoặc cách nhau bằng dấu chấm phẩy."),
        Column(title="Phương án mưa", width=36),
        Column(title="Điện, sân khấu", width=36),
        Column(title="Ăn nghỉ", width=30),
        Column(title="Người xem dự kiến", width=12),
        Column(title="Nguồn số liệu", width=20),
        Column(title="Ghi chú", width=36),
    ),
)
DEFAULT_SETUP = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedStop:
    """A good row of a stop; `plan` has no activity key yet."""

    row: Row
    position: int
    activity: str
    plan: StopPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedTour:
    """A good row of a tour with its good stops, in their order."""

    row: Row
    plan: TourPlan
    stops: tuple[ParsedStop, ...]


class MobileTeamSheets:
    """The tours' part of an import and an export; see `events.workbook.context.SheetHandler`."""

    sheets: Sequence[Sheet] = (TOURS, STOPS)

    def parse(self, rows: Mapping[str, Sequence[Row]], context: ParseContext) -> list[ParsedTour]:
        """Read tours, then stops; each problem is noted once, at its own row."""
        tour_rows = rows[TOURS.title]
        codes = _first_rows(tour_rows, "Mã chuyến")
        stops = _parse_stops(rows[STOPS.title], codes, context)
        reader = _TourReader(context)
        found = []
        for row in codes.values():
            plan = reader.read(row)
            own = stops.get(row.text("Mã chuyến"), ())
            if not own and not any(stop.text("Mã chuyến") == row.text("Mã chuyến") for stop in rows[STOPS.title]):
                row.report("Mã chuyến", _("The tour has no stop; add at least one in the sheet “Điểm phục vụ”."))
            if plan is not None and not row.is_bad:
                found.append(ParsedTour(row=row, plan=plan, stops=tuple(own)))
        return found

    def save(self, parsed: list[ParsedTour], context: SaveContext) -> Sequence[SheetReport]:
        """Write the tours that differ; tours and stops that are not in the file stay."""
        saver = _TourSaver(context)
        for tour in parsed:
            saver.save(tour)
        return saver.reports({tour.plan.code for tour in parsed})

    def export(
        self, campaign: Campaign, reference: Reference, *, hidden: frozenset[str]
    ) -> Mapping[str, Sequence[CellRow]]:
        """Tours by code, stops by tour and order; a tour with a hidden stop is left out whole, so that it stays."""
        rows = TourRows.of(campaign, reference)
        plans = [plan for plan in stored_tours(campaign).values() if not hidden & rows.activity_codes(plan)]
        return {
            TOURS.title: [rows.tour(plan) for plan in plans],
            STOPS.title: [cells for plan in plans for cells in rows.stops(plan)],
        }


def _first_rows(rows: Sequence[Row], title: str) -> dict[str, Row]:
    """The rows by their code; a second one of the same code is noted."""
    found: dict[str, Row] = {}
    for row in rows:
        code = row.text(title, is_required=True, limit=40)
        if code in found:
            message = _("The code “%(code)s” already stands in row %(row)s.")
            row.report(title, message % {"code": code, "row": found[code].number})
        elif code:
            found[code] = row
    return found


class _TourReader:
    def __init__(self, context: ParseContext) -> None:
        self.reference = context.reference
        self.teams = dict(Team.objects.values_list("resource_id", "pk"))
        self.depots = dict(Team.objects.values_list("pk", "depot_id"))
        self.vehicles = dict(Vehicle.objects.values_list("resource_id", "pk"))

    def read(self, row: Row) -> TourPlan | None:
        row.text("Đội", is_required=True)
        team = self._owner(row, "Đội", self.teams)
        vehicle = self._owner(row, "Xe", self.vehicles)
        plan = TourPlan(
            campaign_id=0,
            code=row.text("Mã chuyến"),
            name=row.text("Tên chuyến", is_required=True, limit=200),
            team_id=team or 0,
            vehicle_id=vehicle,
            depot_id=self._depot(row) or (None if team is None else self.depots[team]),
            departs_at=row.clock("Giờ xuất phát"),
            note=row.text("Ghi chú"),
        )
        return None if team is None else plan

    def _owner(self, row: Row, title: str, owners: Mapping[int, int]) -> int | None:
        """The team or vehicle that owns the resource of that code."""
        keys = find_codes(row, title, self.reference.resources)
        if not keys:
            return None
        if len(keys) > 1 or keys[0] not in owners:
            known = sorted(self.reference.resources.code(key) for key in owners)
            message = _("Give exactly one of these codes: %(codes)s.")
            row.report(title, message % {"codes": ", ".join(known)})
            return None
        return owners[keys[0]]

    def _depot(self, row: Row) -> int | None:
        text = row.text("Điểm xuất phát")
        if not text:
            return None
        try:
            place = self.reference.place(text, None)
        except Unknown as unknown:
            row.report("Điểm xuất phát", str(unknown))
            return None
        if not isinstance(place.row, Venue):
            row.report("Điểm xuất phát", _("A tour starts at a venue, not at a display site."))
            return None
        return place.row.pk


def _parse_stops(rows: Sequence[Row], tours: Mapping[str, Row], context: ParseContext) -> dict[str, list[ParsedStop]]:
    found: defaultdict[str, list[ParsedStop]] = defaultdict(list)
    places: dict[tuple[str, int], int] = {}
    used: dict[str, int] = {}
    for row in rows:
        tour = row.text("Mã chuyến", is_required=True)
        if tour and tour not in tours:
            message = _("The sheet “Chuyến lưu động” has no tour with the code “%(code)s”.")
            row.report("Mã chuyến", message % {"code": tour})
        stop = _read_stop(row, context)
        _note_twice(row, "Thứ tự", places, key=(tour, stop.position))
        if stop.activity:
            _note_twice(row, "Mã hoạt động", used, key=stop.activity)
        if not row.is_bad:
            found[tour].append(stop)
    return {tour: sorted(stops, key=lambda stop: stop.position) for tour, stops in found.items()}


def _note_twice(row: Row, title: str, seen: dict[Any, int], *, key: object) -> None:
    if key in seen:
        message = _("“%(value)s” already stands in row %(row)s.")
        row.report(title, message % {"value": row.text(title), "row": seen[key]})
    seen.setdefault(key, row.number)


def _read_stop(row: Row, context: ParseContext) -> ParsedStop:
    activity = row.text("Mã hoạt động", is_required=True)
    if activity and not context.knows(activity):
        message = _("The sheet “Hoạt động” has no activity with the code “%(code)s”.")
        row.report("Mã hoạt động", message % {"code": activity})
    setup = row.integer("Lắp đặt (phút)", limit=10_000)
    plan = StopPlan(
        activity_id=0,
        setup_minutes=DEFAULT_SETUP if setup is None else setup,
        running_order=row.text("Chương trình"),
        rain_plan=row.text("Phương án mưa", limit=300),
        power=row.text("Điện, sân khấu", limit=300),
        lodging=row.text("Ăn nghỉ", limit=300),
        expected_audience=row.integer("Người xem dự kiến"),
        quantity_source=row.text("Nguồn số liệu", limit=120),
        note=row.text("Ghi chú"),
    )
    position = row.integer("Thứ tự", is_required=True, limit=10_000)
    return ParsedStop(row=row, position=position or 0, activity=activity, plan=plan)


class _TourSaver:
    """Brings the stored tours to what the rows say, counting as it goes."""

    def __init__(self, context: SaveContext) -> None:
        self.context = context
        self.stored = stored_tours(context.campaign)
        self.rows = TourRows.of(context.campaign, context.reference)
        self.tours, self.stops = Tally(TOURS), Tally(STOPS)

    def save(self, parsed: ParsedTour) -> None:
        """Store one tour if it differs, and count it and its stops."""
        before = self.stored.get(parsed.plan.code)
        plan = self._complete(parsed, before)
        self._count(parsed, before, plan)
        if before != plan:
            rows_by_uid = {self.context.activities[stop.activity].uid: stop.row for stop in parsed.stops}
            with noting_refusals(parsed.row, rows_by_uid):
                save_tour(plan=plan, by=self.context.by)

    def reports(self, written: set[str]) -> tuple[SheetReport, SheetReport]:
        """The counts of both sheets."""
        self.tours.missing += [code for code in self.stored if code not in written]
        return self.tours.report(), self.stops.report()

    def _complete(self, parsed: ParsedTour, before: TourPlan | None) -> TourPlan:
        """The plan with its keys; a stop keeps its contact, and stops that the file leaves out stay at the end."""
        kept = {} if before is None else {stop.activity_id: stop for stop in before.stops}
        stops = []
        for each in parsed.stops:
            key = self.context.activities[each.activity].pk
            old = kept.pop(key, StopPlan(activity_id=key))
            contact: dict[str, Any] = {"contact_name": old.contact_name, "contact_phone": old.contact_phone}
            stops.append(replace(each.plan, activity_id=key, **contact))
        return replace(parsed.plan, campaign_id=self.context.campaign.pk, stops=(*stops, *kept.values()))

    def _count(self, parsed: ParsedTour, before: TourPlan | None, plan: TourPlan) -> None:
        old_tour = None if before is None else self.rows.tour(before)
        self.tours.count(plan.code, old_tour, self.rows.tour(plan), title=plan.name)
        old_stops = {} if before is None else {row["Mã hoạt động"]: row for row in self.rows.stops(before)}
        written = {stop.activity for stop in parsed.stops}
        for cells in self.rows.stops(plan):
            activity, code = cells["Mã hoạt động"], f"{plan.code}/{cells['Mã hoạt động']}"
            if activity in written:
                self.stops.count(code, old_stops.get(activity), cells)
            else:
                self.stops.missing.append(code)


SHEETS = MobileTeamSheets()
