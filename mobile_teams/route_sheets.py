"""From a tour as read to the sheet as printed: every figure becomes the words on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.intervals import day_interval
from core.vietnamese import format_date, format_number, format_time, format_weekday
from events.outputs.lunar_days import lunar_label
from events.outputs.qr import render_qr
from mobile_teams.outputs.route_sheet import RouteSheet, RunningItem, RunningOrder, SheetStop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from core.intervals import Interval
    from events.outputs.documents.model import DocumentFrame
    from events.programme.entries import EntryPlace
    from mobile_teams.reading import StopReading, TourReading
    from mobile_teams.routing.evaluate import DayPlan, Evaluation, StopVisit
    from mobile_teams.routing.graph import Leg

POINT_NOTES: Final = {
    "commune_centroid": "trung tâm xã",
    "district_seat": "trung tâm huyện",
    "estimate": "ước lượng theo địa chỉ",
}
_ITEM_END: Final = re.compile(r"[;\n]")
OFF_LABELS: Final = {"cancelled": "Đã huỷ", "postponed": "Hoãn"}
_MINUTES: Final = re.compile(r"[(\s–-]*(\d{1,3})\s*(?:phút|['’′])[)\s–:-]*", re.IGNORECASE)


def make_route_sheet(reading: TourReading, *, link: str, frame: DocumentFrame) -> RouteSheet:
    """Return the sheet of a tour between head and foot of a frame.

    `link` is the absolute address of the tour's page, printed as text and as a QR code.
    """
    tour, evaluation = reading.tour, reading.evaluation
    return RouteSheet(
        name=tour.name,
        code=tour.code,
        frame=frame,
        campaign=tour.campaign.name,
        basis=tuple(_basis(document.number, document.issued_on) for document in tour.campaign.basis_documents.all()),
        team=f"{tour.team}, {tour.team.size} người" if tour.team.size else str(tour.team),
        vehicle=str(tour.vehicle or ""),
        plate=reading.plate,
        depot=tour.depot.name,
        departs=_departs(evaluation),
        returns=_returns(evaluation),
        km=km_text(evaluation),
        is_estimate=evaluation.is_estimate,
        stops=tuple(_sheet_stops(reading)),
        warnings=tuple(violation.message for violation in evaluation.violations),
        running_orders=running_orders(reading.stops),
        border_note=_border_note(reading.stops),
        note=reading.note,
        assumptions=f"Tốc độ tính toán {format_number(reading.assumptions.speed_kmh)} km/giờ. "
        f"{reading.assumptions.source}",
        revision=reading.revision,
        link=link,
        qr=render_qr(link),
        is_internal=reading.is_internal,
    )


def km_text(evaluation: Evaluation) -> str:
    """Return the tour's kilometres, "28 km"; what an unmeasured place leaves out is said."""
    missing = "" if evaluation.is_complete else ", chưa kể chặng thiếu tọa độ"
    return f"{format_number(evaluation.km)} km{missing}"


def show_text(show: Interval) -> str:
    """Return "19h30–21h30"."""
    return f"{format_time(show.start)}–{format_time(show.end)}"


def duration_text(minutes: int) -> str:
    """Return "45 phút", "2 giờ", "2 giờ 32 phút"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} giờ" if hours else "", f"{rest} phút" if rest or not hours else "")))


def road_text(leg: Leg | None) -> str:
    """Return the roads of a leg and the towns between, "QL1A, QL1B qua TT Đồng Đăng"; empty where none is known."""
    if leg is None or not leg.roads:
        return ""
    between = ", ".join(leg.via[1:-1])
    return f"{', '.join(leg.roads)} qua {between}" if between else ", ".join(leg.roads)


def point_text(place: EntryPlace | None) -> str:
    """Return the coordinates as maps take them (latitude first) and how good they are; empty without a point."""
    if place is None or place.lat is None or place.lon is None:
        return ""
    note = POINT_NOTES.get(place.quality)
    return f"{place.lat:.5f}, {place.lon:.5f}" + (f" ({note})" if note else "")


def running_orders(stops: tuple[StopReading, ...]) -> tuple[RunningOrder, ...]:
    """Return each different programme once, with the numbers of the stops that show it, in the order of the tour."""
    numbers: dict[str, list[int]] = {}
    for stop in stops:
        if stop.running_order.strip() and not stop.entry.is_off:
            numbers.setdefault(stop.running_order.strip(), []).append(stop.number)
    return tuple(_running_order(text, found) for text, found in numbers.items())


def _running_order(text: str, numbers: list[int]) -> RunningOrder:
    items = tuple(_running_item(line) for line in _ITEM_END.split(text) if line.strip())
    minutes = [int(item.minutes) for item in items if item.minutes]
    total = str(sum(minutes)) if len(minutes) == len(items) else ""
    return RunningOrder(stops=", ".join(map(str, numbers)), items=items, total=total)


def _running_item(line: str) -> RunningItem:
    """Part "10 phút – Múa", "Múa (10 phút)" or "Múa – 10’" into text and minutes."""
    found = _MINUTES.search(line)
    if found is None:
        return RunningItem(text=line.strip(), minutes="")
    text = f"{line[: found.start()].strip()} {line[found.end() :].strip()}".strip()
    return RunningItem(text=text, minutes=found[1])


def _sheet_stops(reading: TourReading) -> Iterator[SheetStop]:
    stops = iter(reading.stops)
    for day in reading.evaluation.days:
        for visit in day.visits:
            after = _after(day) if visit is day.visits[-1] else ""
            yield _sheet_stop(next(stops), visit=visit, after=after)


def _sheet_stop(stop: StopReading, *, visit: StopVisit, after: str) -> SheetStop:
    day = visit.task.show.start.date()
    leg = visit.leg
    return SheetStop(
        number=stop.number,
        weekday=format_weekday(day),
        date=format_date(day),
        lunar=lunar_label(day_interval(day, day)),
        departure=_clock(visit.departure),
        arrival=_clock(visit.arrival),
        km=f"{format_number(leg.km)} km" if leg else "",
        is_estimate=leg is not None and leg.is_estimate,
        commune=stop.commune,
        place=visit.task.place.name,
        point=point_text(stop.place),
        road=road_text(leg),
        setup=_clock(visit.task.setup_start),
        show=show_text(visit.task.show),
        wait=f"chờ {duration_text(visit.wait_minutes)}" if visit.wait_minutes else "",
        title=stop.entry.title,
        power=stop.power,
        rain=stop.rain_plan,
        audience=f"dự kiến {format_number(stop.expected_audience)}" if stop.expected_audience is not None else "",
        contact=stop.details.contact_name,
        phone=stop.details.contact_phone,
        lodging=stop.details.lodging,
        is_off=stop.entry.is_off,
        status=OFF_LABELS.get(stop.entry.status, ""),
        after=after,
    )


def _after(day: DayPlan) -> str:
    """Return how the day ends: where the crew sleeps, or its way home."""
    if day.overnight:
        return f"Nghỉ đêm tại địa bàn ({day.overnight})"
    if day.way_back is None:
        return ""
    mark = ", ước tính" if day.way_back.is_estimate else ""
    home = f", về đến {_clock(day.returns_at)}" if day.returns_at else ""
    return f"Về điểm xuất phát: {format_number(day.way_back.km)} km{mark}{home} · cả ngày {format_number(day.km)} km"


def _departs(evaluation: Evaluation) -> str:
    first = next((visit.departure for visit in evaluation.visits if visit.departure), None)
    return f"{format_time(first)}, {format_date(first)}" if first else ""


def _returns(evaluation: Evaluation) -> str:
    last = evaluation.days[-1].returns_at if evaluation.days else None
    return f"{format_time(last)}, {format_date(last)}" if last else ""


def _border_note(stops: tuple[StopReading, ...]) -> str:
    found = [f"{stop.number} ({stop.commune})" for stop in stops if stop.is_border and not stop.entry.is_off]
    if not found:
        return ""
    return (
        f"Điểm {', '.join(found)} ở vùng biên giới (xã biên giới, kể cả xã cũ nay nhập vào xã biên giới): "
        "mang giấy tờ tùy thân, báo trước đồn biên phòng và công an xã; "
        "hoạt động có thể tạm dừng theo lệnh của đồn biên phòng (Nghị định 34/2014/NĐ-CP)."
    )


def _basis(number: str, issued_on: date | None) -> str:
    return f"{number} ngày {format_date(issued_on)}" if issued_on else number


def _clock(moment: datetime | None) -> str:
    return format_time(moment) if moment else ""
