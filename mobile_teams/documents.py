"""The route sheet among the other documents; named in `settings.PANO_DOCUMENT_KINDS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.vietnamese import format_date
from events.documents import DocumentKind
from events.documents.frames import frame_of
from events.documents.usual_form import UsualForm
from events.outputs.documents.entry_cells import end_value, number_cell, start_value
from events.outputs.documents.model import Cell, Column, Document, Row, RowGroup, Section
from events.outputs.documents.pdf import archive_of
from events.planning.form_plans import SignaturePlan
from mobile_teams.outputs.route_sheet import RouteSheet, render_route_sheet
from mobile_teams.reading import load_tour
from mobile_teams.route_sheets import make_route_sheet

if TYPE_CHECKING:
    from events.documents import DocumentRequest
    from mobile_teams.outputs.route_sheet import SheetStop
    from mobile_teams.reading import StopReading, TourReading

KIND: Final = "route-sheet"
COLUMNS: Final = (
    Column(key="number", heading="STT", width=9, align="center", value_type="integer"),
    Column(key="day", heading="Ngày (thứ; âm lịch)", width=22, value_type="datetime"),
    Column(key="departure", heading="Giờ xuất phát", width=12, align="center"),
    Column(key="arrival", heading="Giờ đến", width=12, align="center"),
    Column(key="km", heading="Chặng (km)", width=13, align="center"),
    Column(key="commune", heading="Xã, thôn", width=18),
    Column(key="place", heading="Địa điểm", width=25),
    Column(key="setup", heading="Giờ lắp đặt", width=12, align="center"),
    Column(key="show", heading="Giờ diễn từ–đến", width=20, align="center"),
    Column(key="what", heading="Nội dung, chương trình", width=26),
    Column(key="contact", heading="Người đón", width=17),
    Column(key="power", heading="Điện, sân khấu", width=14),
    Column(key="lodging", heading="Ăn, nghỉ", width=13),
    Column(key="rain", heading="Phương án mưa", width=13),
    Column(key="stamp", heading="Xác nhận (ký, đóng dấu)", width=16),
    Column(key="people", heading="Số người xem", width=10, align="right"),
)


def _route_sheet(request: DocumentRequest) -> Document:
    if request.spec.tour is None:
        raise BadRequest(_now("A route sheet is of one tour; choose it from the list of tours."))
    reading = load_tour(key=request.spec.tour, viewer=request.viewer)
    if reading is None:
        raise Http404(_now("There is no such tour, or it is not public yet."))
    sheet = sheet_of(reading)
    rows = tuple(_row(stop, drawn) for stop, drawn in zip(reading.stops, sheet.stops, strict=True))
    return Document(
        kind=request.spec.kind,
        title="PHIẾU LỘ TRÌNH",
        subtitle=(sheet.name, f"Đội: {sheet.team}", sheet.campaign),
        frame=sheet.frame,
        sections=(Section(columns=COLUMNS, groups=(RowGroup(title="", rows=rows),)),),
        summary=(f"Tổng quãng đường: {sheet.km}.",),
        revision=sheet.revision,
        printed_on=format_date(request.printed_on),
        link=sheet.link,
        file_name=f"phieu-lo-trinh-{request.spec.tour}",
        drawing=sheet,
    )


def sheet_of(reading: TourReading) -> RouteSheet:
    """Return the sheet of a tour with the head and foot that its team's unit keeps; three queries at most."""
    link = f"{settings.PANO_BASE_URL}{reading.tour.get_absolute_url()}"
    return make_route_sheet(reading, link=link, frame=frame_of(reading.tour.team.unit, KIND))


def _row(stop: StopReading, drawn: SheetStop) -> Row:
    return Row(
        cells=(
            number_cell(drawn.number),
            Cell(
                text=f"{drawn.weekday}\n{drawn.date}",
                value=start_value(stop.entry),
                until=end_value(stop.entry),
                small=f"({drawn.lunar})",
            ),
            Cell(text=drawn.departure),
            Cell(text=drawn.arrival),
            Cell(text=drawn.km),
            Cell(text=drawn.commune),
            Cell(text=drawn.place, small=drawn.point),
            Cell(text=drawn.setup),
            Cell(text=drawn.show),
            Cell(text=drawn.title, small=drawn.status),
            Cell(text="\n".join(filter(None, (drawn.contact, drawn.phone)))),
            Cell(text=drawn.power),
            Cell(text=drawn.lodging),
            Cell(text=drawn.rain),
            Cell(),
            Cell(small=drawn.audience),
        ),
        keys=(stop.entry.key,),
        kind="off" if drawn.is_off else "entry",
    )


def _write(document: Document) -> bytes:
    return render_route_sheet(cast("RouteSheet", document.drawing), archive=archive_of(document))


ROUTE_SHEET: Final = DocumentKind(
    label=_("Route sheet"),
    summary=_("A tour stop by stop for the car, with a cell for each stamp; two pages, A4 landscape."),
    build=_route_sheet,
    write_pdf=_write,
    columns=COLUMNS,
    needs_tour=True,
    form=UsualForm(
        has_draft_mark=False,
        has_date_line=False,
        signatures=(
            SignaturePlan(who="LÃNH ĐẠO ĐƠN VỊ", how="ký, đóng dấu"),
            SignaturePlan(who="TRƯỞNG ĐOÀN", how="ký, ghi rõ họ tên"),
        ),
        unprinted=frozenset({"has_national_title", "number_symbol", "has_date_line", "date_place"}),
    ),
)
