"""What the sheet says for each turn a tour can take, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from core.geometry import Point
from core.intervals import LOCAL_ZONE, Interval
from core.keys import OccurrenceKey
from events.outputs.documents.model import DocumentFrame
from events.programme.entries import AreaLabel, EntryFacts, EntryPlace, Label, ProgrammeEntry
from mobile_teams.outputs.route_sheet import RouteSheet, RunningItem, render_route_sheet_html
from mobile_teams.reading import CrewDetails, StopReading, TourReading
from mobile_teams.route_sheets import duration_text, make_route_sheet, point_text
from mobile_teams.routing.evaluate import RouteProblem, StopTask, Waypoint, evaluate
from mobile_teams.routing.graph import Road, RoadGraph, TravelAssumptions

START = datetime(2023, 8, 8, 19, 30, tzinfo=LOCAL_ZONE)
CITY, TOWN, FAR = Point(106.76, 21.85), Point(106.70, 21.95), Point(106.47, 22.25)
GRAPH = RoadGraph.of(
    {"TP Lạng Sơn": CITY, "Đồng Đăng": TOWN, "Thất Khê": FAR},
    [
        Road(start="TP Lạng Sơn", end="Đồng Đăng", name="QL1A", km=14),
        Road(start="Đồng Đăng", end="Thất Khê", name="QL4A", km=49, is_sure=False),
    ],
)


class MadeUpTeam:
    """A team without a database."""

    unit = Label(code="U", name="Trung tâm")

    def __init__(self, size: int | None) -> None:
        self.size = size

    def __str__(self) -> str:
        return "Đội 1"


TOUR: Any = SimpleNamespace(
    name="Tuyến 1",
    code="T1",
    team=MadeUpTeam(8),
    campaign=SimpleNamespace(
        name="ASEAN 2023",
        basis_documents=SimpleNamespace(
            all=lambda: [
                SimpleNamespace(number="103/KH-UBND", issued_on=date(2023, 4, 27)),
                SimpleNamespace(number="2267-CV/BTGTU", issued_on=None),
            ]
        ),
    ),
    vehicle=None,
    depot=SimpleNamespace(name="Rạp Đông Kinh"),
)


def place(point: Point | None, quality: str = "published") -> EntryPlace:
    lon, lat = (point.lon, point.lat) if point else (None, None)
    return EntryPlace(code="V", name="Nhà văn hóa", lon=lon, lat=lat, quality=quality, area_name="Xã Tân Thanh")


def entry(day: int, status: str = "confirmed", **fields: Any) -> ProgrammeEntry:
    start = START + timedelta(days=day)
    label = Label(code="X", name="X")
    values: dict[str, Any] = {
        "code": f"LD-{day}", "title": "Đêm văn nghệ", "kind": "mobile_team",
        "kind_label": "",
        "all_day": False, "places": (place(TOWN),), "unit": label, "coordinating": (), "resources": (),
        "area": AreaLabel(code="A", slug="a", name="Huyện Văn Lãng", level="district"), "campaign": label,
        "themes": (), "audiences": (), "colour": "#000000", "description": "", "notes": "", "quantity": "",
        "is_public": True, "is_recurring": False, "sequence": 0, "last_modified": start, "url": "/",
    }  # fmt: skip
    facts = EntryFacts(**values)
    key, interval = OccurrenceKey(f"u{day}", start), Interval(start, start + timedelta(hours=2))
    made = ProgrammeEntry(key=key, interval=interval, status=status, status_label="", title=facts.title, facts=facts)
    return made.changed(**fields)


def tour_of(*entries: ProgrammeEntry, stop: dict[str, Any] | None = None, tour: Any = TOUR) -> RouteSheet:
    tasks = []
    for each in entries:
        spot = each.places[0] if each.places else None
        point = Point(spot.lon, spot.lat) if spot and spot.lon is not None and spot.lat is not None else None
        where = Waypoint(name=spot.name if spot else each.area.name, point=point)
        tasks.append(StopTask(key=each.key.uid, place=where, show=each.interval, setup_minutes=60, is_off=each.is_off))
    depot = Waypoint(name="Rạp Đông Kinh", point=CITY)
    evaluation = evaluate(RouteProblem(depot=depot, stops=tuple(tasks), graph=GRAPH))
    defaults: dict[str, Any] = {
        "problems": (), "is_border": False, "running_order": "", "rain_plan": "", "power": "",
        "expected_audience": None, "quantity_source": "", "details": CrewDetails(),
    }  # fmt: skip
    stops = tuple(
        StopReading(
            number=number,
            entry=each,
            visit=visit,
            place=each.places[0] if each.places else None,
            **(defaults | (stop or {})),
        )
        for number, (each, visit) in enumerate(zip(entries, evaluation.visits, strict=True), start=1)
    )
    reading = TourReading(
        tour=tour,
        stops=stops,
        evaluation=evaluation,
        assumptions=TravelAssumptions(),
        revision="abc-1",
        is_internal=False,
        plate="",
        note="",
    )
    return make_route_sheet(reading, link="http://pano.test/tours/1/", frame=DocumentFrame(authority=("Trung tâm",)))


def test_one_evening_in_words() -> None:
    sheet = tour_of(entry(0), stop={"expected_audience": 1200})
    (stop,) = sheet.stops
    assert (stop.weekday, stop.date, stop.lunar) == ("Thứ Ba", "08/08/2023", "22/6 ÂL")
    assert (stop.departure, stop.arrival, stop.wait, stop.setup) == ("18h00", "18h28", "chờ 2 phút", "18h30")
    assert (stop.km, stop.road, stop.show, stop.audience) == ("14 km", "QL1A", "19h30–21h30", "dự kiến 1.200")
    assert stop.after == "Về điểm xuất phát: 14 km, về đến 22h28 · cả ngày 28 km"
    assert (sheet.departs, sheet.returns, sheet.km) == ("18h00, 08/08/2023", "22h28, 08/08/2023", "28 km")
    assert (sheet.team, sheet.vehicle, sheet.basis) == (
        "Đội 1, 8 người", "", ("103/KH-UBND ngày 27/04/2023", "2267-CV/BTGTU"),
    )  # fmt: skip


def test_a_night_away_and_an_estimated_way() -> None:
    first, second = tour_of(entry(0, places=(place(FAR),)), entry(1, places=(place(FAR),))).stops
    assert (first.after, first.is_estimate) == ("Nghỉ đêm tại địa bàn (Nhà văn hóa)", True)
    assert first.road == "QL1A, QL4A qua Đồng Đăng"
    assert (second.km, second.road) == ("0 km", "")
    assert second.after == "Về điểm xuất phát: 63 km, ước tính, về đến 0h06 · cả ngày 63 km"


def test_a_cancelled_stop_has_no_drive_and_says_so() -> None:
    (stop,) = tour_of(entry(0, status="cancelled"), stop={"is_border": True, "running_order": "Múa"}).stops
    assert (stop.is_off, stop.status, stop.departure, stop.km, stop.wait, stop.after) == (
        True, "Đã huỷ", "", "", "", "",
    )  # fmt: skip


def test_a_tour_of_cancelled_stops_has_nothing_to_warn_of() -> None:
    sheet = tour_of(entry(0, status="postponed"), stop={"is_border": True, "running_order": "Múa"})
    assert (sheet.departs, sheet.returns, sheet.border_note, sheet.running_orders) == ("", "", "", ())
    assert sheet.stops[0].status == "Hoãn"


def test_a_place_without_a_point_is_said_in_the_sum() -> None:
    sheet = tour_of(entry(0, places=()))
    assert (sheet.km, sheet.stops[0].point, sheet.stops[0].commune) == (
        "0 km, chưa kể chặng thiếu tọa độ", "", "Huyện Văn Lãng",
    )  # fmt: skip
    assert len(sheet.warnings) == 1


def test_border_communes_are_named() -> None:
    note = tour_of(entry(0), stop={"is_border": True}).border_note
    assert note.startswith("Điểm 1 (Xã Tân Thanh) ở vùng biên giới")


def test_equal_programmes_are_printed_once_with_their_minutes() -> None:
    lines = "10 phút – Múa chào mừng\n\nTuyên truyền miệng (15 phút); Kịch – 20’"
    (order,) = tour_of(entry(0), entry(1), stop={"running_order": lines}).running_orders
    assert (order.stops, order.total) == ("1, 2", "45")
    assert order.items == (
        RunningItem(text="Múa chào mừng", minutes="10"),
        RunningItem(text="Tuyên truyền miệng", minutes="15"),
        RunningItem(text="Kịch", minutes="20"),
    )


def test_without_all_minutes_there_is_no_sum() -> None:
    (order,) = tour_of(entry(0), stop={"running_order": "Múa\nKịch 20 phút"}).running_orders
    assert (order.items[0], order.total) == (RunningItem(text="Múa", minutes=""), "")


@pytest.mark.parametrize(("minutes", "text"), [(0, "0 phút"), (45, "45 phút"), (120, "2 giờ"), (152, "2 giờ 32 phút")])
def test_durations_in_words(minutes: int, text: str) -> None:
    assert duration_text(minutes) == text


@pytest.mark.parametrize(
    ("quality", "text"),
    [("published", "21.95000, 106.70000"), ("commune_centroid", "21.95000, 106.70000 (trung tâm xã)")],
)
def test_coordinates_say_how_good_they_are(quality: str, text: str) -> None:
    assert point_text(place(TOWN, quality)) == text


def test_a_team_of_unknown_size_is_only_named() -> None:
    tour = SimpleNamespace(**(vars(TOUR) | {"team": MadeUpTeam(None)}))
    assert tour_of(entry(0), tour=tour).team == "Đội 1"


def test_the_text_of_people_is_escaped() -> None:
    sheet = replace(tour_of(entry(0)), name="<b>Tuyến</b>")
    html = render_route_sheet_html(sheet)
    assert ("<b>Tuyến</b>" in html, "&lt;b&gt;Tuyến" in html) == (False, True)
