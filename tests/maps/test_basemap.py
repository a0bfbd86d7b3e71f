import json
from datetime import date

import pytest

from core.geometry import PROVINCE_BOX, Point, in_province_box
from maps.basemap import EDITIONS, edition_on, load_basemap


@pytest.mark.parametrize(
    ("day", "edition"), [(date(2023, 8, 8), "2023"), (date(2025, 6, 30), "2023"), (date(2025, 7, 1), "2025")]
)
def test_the_edition_follows_the_day(day: date, edition: str) -> None:
    assert edition_on(day) == edition


@pytest.mark.parametrize(("edition", "areas"), [("2023", 11), ("2025", 65)])
def test_an_edition_holds_its_areas_the_roads_and_the_towns(edition: str, areas: int) -> None:
    parts = json.loads(load_basemap(edition).body)
    assert {name: len(part["features"]) for name, part in parts.items()} == {"areas": areas, "roads": 8, "towns": 17}


def test_names_on_the_map_go_without_the_word_for_their_level() -> None:
    parts = json.loads(load_basemap("2023").body)
    labels = [each["properties"]["label"] for each in parts["areas"]["features"]]
    assert labels[:3] == ["Lạng Sơn", "Tràng Định", "Bình Gia"]


def test_every_town_lies_in_the_province() -> None:
    towns = json.loads(load_basemap("2023").body)["towns"]["features"]
    box = PROVINCE_BOX._replace(west=106.0, east=107.5)
    assert [each for each in towns if not in_province_box(Point(*each["geometry"]["coordinates"]), box)] == []


def test_editions_have_tags_of_their_own() -> None:
    assert len({load_basemap(edition).tag for edition in EDITIONS}) == 2
