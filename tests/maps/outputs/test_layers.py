"""Layers from values made by hand: nothing asked for is lost between features and omissions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.programme.entries import Programme
from maps.outputs.geojson import FeatureCollection
from maps.outputs.layers import activities_layer, faces_layer, tours_layer, venues_layer, when_text
from maps.outputs.pins import FacePin, Pin, TourPath, TourStop
from tests.events.outputs.programmes import HALL, YARD, made_up_programmes, make_days, make_entry

MUSEUM = Pin(
    key="V-1",
    name="Bảo tàng tỉnh",
    kind="museum",
    kind_label="Bảo tàng",
    area="Thành phố Lạng Sơn",
    lon=106.75783,
    lat=21.84404,
    quality="published",
)
PANEL = FacePin(
    key="F-1",
    name="Mặt A",
    kind="panel",
    kind_label="Pa nô",
    area="Cao Lộc",
    lon=106.7,
    lat=21.94,
    quality="estimate",
    site="Cụm cổ động Đồng Đăng",
    size="10 × 4 m",
)
STOP = TourStop(
    number=1, title="Đêm 1", when="Thứ Ba, 08/08/2023", place="Đồng Đăng", is_off=False, point=(106.698, 21.951)
)
TOUR = TourPath(
    key="tour-7",
    name="Chuyến 1",
    team="Đội 1",
    depot="Trung tâm",
    line=((106.761, 21.8526), (106.698, 21.951), (106.615, 22.056), (106.761, 21.8526)),
    stops=(STOP, replace(STOP, number=2, title="Đêm 2", point=(106.615, 22.056))),
    km=81.26,
    is_estimate=True,
    url="/tours/7/",
)


def keys(layer: FeatureCollection) -> tuple[list[str], list[str]]:
    return [each["id"] for each in layer["features"]], [each["key"] for each in layer["omitted"]]


def test_an_entry_is_a_feature_with_all_that_a_popup_shows() -> None:
    programme = Programme.of([make_entry()])
    key = "a1@pano~20230808T123000Z"
    assert activities_layer(programme) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": key,
                "geometry": {"type": "Point", "coordinates": [106.76833, 21.8665]},
                "properties": {
                    "key": key,
                    "uid": "a1@pano",
                    "title": "Triển lãm ảnh ASEAN",
                    "kind": "exhibition",
                    "kind_label": "Triển lãm",
                    "letter": "T",
                    "status": "confirmed",
                    "status_label": "Đã duyệt",
                    "is_off": False,
                    "when": "Thứ Ba, 19h30–21h30, 08/08/2023 (22/6 ÂL)",
                    "area": "Huyện Cao Lộc",
                    "unit": "Trung tâm Văn hóa huyện Cao Lộc",
                    "place": "Nhà văn hoá Cao Lộc",
                    "unplaced": [],
                    "quality": "published",
                    "is_rough": False,
                    "colour": "#9c1c1b",
                    "url": "/activities/a1@pano/",
                },
            }
        ],
        "omitted": [],
        "revision": programme.revision,
    }


def test_several_places_are_one_feature_that_names_the_place_without_a_point() -> None:
    square = replace(HALL, code="V-3", name="Quảng trường", lon=106.75, lat=21.84, quality="commune_centroid")
    (drawn,) = activities_layer(Programme.of([make_entry(places=(HALL, square, YARD))]))["features"]
    assert drawn["geometry"] == {"type": "MultiPoint", "coordinates": [[106.76833, 21.8665], [106.75, 21.84]]}
    shown = {name: drawn["properties"][name] for name in ("unplaced", "quality", "is_rough")}
    assert shown == {"unplaced": ["Sân vận động"], "quality": "commune_centroid", "is_rough": True}


@pytest.mark.parametrize(
    ("places", "reason"),
    [((), "Chưa chọn địa điểm."), ((YARD,), "Địa điểm chưa có toạ độ: Sân vận động.")],
)
def test_an_entry_without_a_point_is_omitted_with_the_reason(places: tuple[object, ...], reason: str) -> None:
    layer = activities_layer(Programme.of([make_entry(places=places)]))
    left_out = {"key": "a1@pano~20230808T123000Z", "title": "Triển lãm ảnh ASEAN", "reason": reason}
    assert (layer["features"], layer["omitted"]) == ([], [left_out])


@given(made_up_programmes())
def test_features_and_omissions_are_the_entries(programme: Programme) -> None:
    drawn, left_out = keys(activities_layer(programme))
    assert sorted(drawn + left_out) == sorted(str(entry.key) for entry in programme.entries)


def test_several_days_show_both_lunar_ends() -> None:
    assert when_text(make_days(date(2023, 7, 25), 7)) == "25/07–31/07/2023 (8/6 ÂL – 14/6 ÂL)"


def test_a_venue_is_a_point() -> None:
    layer = venues_layer([MUSEUM])
    assert layer["features"] == [
        {
            "type": "Feature",
            "id": "V-1",
            "geometry": {"type": "Point", "coordinates": [106.75783, 21.84404]},
            "properties": {
                "key": "V-1",
                "title": "Bảo tàng tỉnh",
                "kind": "museum",
                "kind_label": "Bảo tàng",
                "area": "Thành phố Lạng Sơn",
                "quality": "published",
                "is_rough": False,
            },
        }
    ]


@given(st.lists(st.tuples(st.none() | st.floats(105, 108), st.none() | st.floats(21, 23))))
def test_venues_are_drawn_or_omitted(points: list[tuple[float | None, float | None]]) -> None:
    pins = [replace(MUSEUM, key=f"V-{n}", lon=lon, lat=lat) for n, (lon, lat) in enumerate(points)]
    drawn, left_out = keys(venues_layer(pins))
    assert (set(drawn) | set(left_out), len(drawn) + len(left_out)) == ({pin.key for pin in pins}, len(pins))
    assert set(drawn) == {pin.key for pin in pins if pin.point is not None}


def test_a_face_says_where_it_hangs_and_how_large_it_is() -> None:
    (drawn,) = faces_layer([PANEL])["features"]
    more = {name: drawn["properties"][name] for name in ("site", "size", "is_rough")}
    assert more == {"site": "Cụm cổ động Đồng Đăng", "size": "10 × 4 m", "is_rough": True}


def test_a_tour_is_the_line_it_drives_and_its_stops() -> None:
    line, *stops = tours_layer([TOUR])["features"]
    assert line["geometry"] == {
        "type": "LineString",
        "coordinates": [[106.761, 21.8526], [106.698, 21.951], [106.615, 22.056], [106.761, 21.8526]],
    }
    assert line["properties"] == {
        "key": "tour-7",
        "part": "line",
        "title": "Chuyến 1",
        "team": "Đội 1",
        "depot": "Trung tâm",
        "stops": 2,
        "km": 81.3,
        "is_estimate": True,
        "url": "/tours/7/",
    }
    assert [stop["id"] for stop in stops] == ["tour-7/1", "tour-7/2"]


def test_a_tour_of_unknown_length_has_no_kilometres() -> None:
    assert tours_layer([replace(TOUR, km=None)])["features"][0]["properties"]["km"] is None


def test_two_evenings_in_one_place_are_one_point_of_the_line() -> None:
    start, end = (106.698, 21.951), (106.615, 22.056)
    line = tours_layer([replace(TOUR, line=(start, start, end, end))])["features"][0]
    assert line["geometry"]["coordinates"] == [list(start), list(end)]


def test_a_stop_without_a_point_and_a_line_with_nothing_to_join_are_omitted() -> None:
    lost = replace(TOUR, line=((106.698, 21.951),), stops=(STOP, replace(STOP, number=2, point=None)))
    layer = tours_layer([lost])
    assert keys(layer) == (["tour-7/1"], ["tour-7", "tour-7/2"])
    assert [each["reason"] for each in layer["omitted"]] == [
        "Chuyến chưa đủ hai điểm có toạ độ để vẽ tuyến.",
        "Địa điểm chưa có toạ độ: Đồng Đăng.",
    ]
