"""The layers and the basemap as other programs ask for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from events.models import Status
from maps.registry import layer_names
from tests.factories import make_activity, make_area, make_planner, make_venue

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
ACTIVITIES = "/map/layers/activities.geojson"


def test_the_layers_are_those_of_the_table() -> None:
    assert layer_names() == ("activities", "tours", "venues", "faces")


@pytest.mark.parametrize("name", ["activities", "tours", "venues", "faces"])
def test_every_layer_answers(client: Client, name: str) -> None:
    response = client.get(f"/map/layers/{name}.geojson")
    assert (response.status_code, response["Content-Type"]) == (200, "application/geo+json")
    assert sorted(response.json()) == ["features", "omitted", "revision", "type"]


def test_the_filters_of_the_calendar_narrow_the_layer(client: Client) -> None:
    venue, area = make_venue(), make_area(slug="huyen-cao-loc")
    make_activity(title="Ở đây", area_id=area.pk, venue_ids=(venue.pk,))
    make_activity(title="Nơi khác", venue_ids=(venue.pk,))
    asked = client.get(f"{ACTIVITIES}?area=huyen-cao-loc&start=2023-08-01&end=2023-09-01").json()
    empty = client.get(f"{ACTIVITIES}?start=2023-09-01&end=2023-10-01").json()
    assert [each["properties"]["title"] for each in asked["features"]] == ["Ở đây"]
    assert empty["features"] == []


def test_only_a_planner_sees_a_draft(client: Client) -> None:
    make_activity(status=Status.DRAFT, venue_ids=(make_venue().pk,))
    as_visitor = len(client.get(ACTIVITIES).json()["features"])
    client.force_login(make_planner())
    assert (as_visitor, len(client.get(ACTIVITIES).json()["features"])) == (0, 1)


def test_what_the_caller_has_already_is_not_sent_again(client: Client) -> None:
    make_activity(venue_ids=(make_venue().pk,))
    first = client.get(ACTIVITIES)
    again = client.get(ACTIVITIES, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    make_activity()
    assert client.get(ACTIVITIES, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_tag_begins_with_the_revision_and_proxies_keep_nothing(client: Client) -> None:
    response = client.get(ACTIVITIES)
    assert response["ETag"].startswith(f'"{response.json()["revision"]}-')
    assert response["Cache-Control"] == "private, no-cache"


def test_an_unknown_layer_is_not_found_and_the_known_ones_are_named(client: Client) -> None:
    response = client.get("/map/layers/rivers.geojson")
    sentence = "Không có lớp bản đồ «rivers»; hiện có: activities, tours, venues, faces."
    assert (response.status_code, response.json()) == (404, {"error": sentence})


def test_a_bad_parameter_is_a_bad_request(client: Client) -> None:
    assert client.get(f"{ACTIVITIES}?start=hom-qua").status_code == 400


def test_the_basemap_of_an_edition_may_be_kept(client: Client) -> None:
    response = client.get("/map/base.json?edition=2023")
    assert len(json.loads(response.content)["areas"]["features"]) == 11
    assert response["Cache-Control"] == "public, max-age=86400"
    again = client.get("/map/base.json?edition=2023", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_the_basemap_is_of_today_unless_asked_otherwise(client: Client) -> None:
    assert len(client.get("/map/base.json").json()["areas"]["features"]) == 65


def test_an_unknown_edition_is_a_bad_request(client: Client) -> None:
    response = client.get("/map/base.json?edition=1945")
    sentence = "Không có bộ địa giới «1945»; hiện có: 2023, 2025."
    assert (response.status_code, response.json()) == (400, {"error": sentence})
