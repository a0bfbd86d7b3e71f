from __future__ import annotations

import json
from datetime import date

from core.intervals import Interval, day_interval
from events.outputs.entries_json import render_entries
from events.programme.entries import Programme
from tests.events.outputs.programmes import YARD, at, make_days, make_entry


def test_an_entry_with_every_key() -> None:
    programme = Programme.of([make_entry()])
    window = day_interval(date(2023, 8, 7), date(2023, 8, 13))
    assert render_entries(programme, window=window) == {
        "revision": programme.revision,
        "window": {"start": "2023-08-07T00:00:00+07:00", "end": "2023-08-14T00:00:00+07:00"},
        "entries": [
            {
                "key": "a1@pano~20230808T123000Z",
                "uid": "a1@pano",
                "title": "Triển lãm ảnh ASEAN",
                "kind": "exhibition",
                "status": "confirmed",
                "start": "2023-08-08T19:30:00+07:00",
                "end": "2023-08-08T21:30:00+07:00",
                "all_day": False,
                "area": "huyen-cao-loc",
                "unit": "TTVH-CL",
                "places": [{"name": "Nhà văn hoá Cao Lộc", "lon": 106.76833, "lat": 21.8665}],
                "url": "/activities/a1@pano/",
                "area_name": "Huyện Cao Lộc",
                "unit_name": "Trung tâm Văn hóa huyện Cao Lộc",
                "kind_label": "Triển lãm",
                "status_label": "Đã duyệt",
                "colour": "#9c1c1b",
                "campaign": "asean-2023",
                "themes": ["ND1"],
                "is_recurring": False,
                "lunar": "22/6 ÂL",
            }
        ],
        "omitted": [],
    }


def test_all_day_entries_are_dates_with_an_exclusive_end() -> None:
    (entry,) = render_entries(Programme.of([make_days(date(2023, 7, 25), 7)]), window=None)["entries"]
    assert (entry["start"], entry["end"], entry["lunar"]) == ("2023-07-25", "2023-08-01", "8/6–14/6 ÂL")


def test_nothing_is_left_out_for_want_of_a_point() -> None:
    document = render_entries(Programme.of([make_entry(places=(YARD,)), make_entry(uid="b", places=())]), window=None)
    assert [entry["places"] for entry in document["entries"]] == [
        [{"name": "Sân vận động", "lon": None, "lat": None}],
        [],
    ]
    assert (document["window"], document["omitted"]) == ({"start": None, "end": None}, [])


def test_a_year_outside_the_lunar_tables_has_no_lunar_day() -> None:
    start = at().replace(year=2200)
    entry = make_entry(start, interval=Interval(start, start.replace(hour=22)))
    assert [each["lunar"] for each in render_entries(Programme.of([entry]), window=None)["entries"]] == [""]


def test_the_document_is_json() -> None:
    document = render_entries(Programme.of([make_entry()]), window=None)
    assert json.loads(json.dumps(document)) == document
