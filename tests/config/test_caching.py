"""No shared cache keeps what was made for one person."""

import pytest
from django.test import Client

from events.models import Status
from tests.factories import make_activity, make_area, make_planner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/", "/calendar/", "/calendar/entries.json", "/map/layers/activities.geojson", "/areas.json", "/khong-co/"]
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_pages_are_kept_by_nobody_else(client: Client, path: str, *, is_signed_in: bool) -> None:
    if is_signed_in:
        client.force_login(make_planner())
    assert sorted(client.get(path)["Cache-Control"].split(", ")) == ["no-cache", "private"]


def test_what_is_the_same_for_all_may_be_kept(client: Client) -> None:
    kept = [client.get(path)["Cache-Control"] for path in (f"/feeds/area/{make_area().slug}.ics", "/map/base.json")]
    assert kept == ["public, max-age=300", "public, max-age=86400"]


def test_the_programme_of_a_planner_has_a_tag_of_its_own(client: Client) -> None:
    make_activity(status=Status.DRAFT)
    visitor = client.get("/calendar/entries.json")["ETag"]
    client.force_login(make_planner())
    planner = client.get("/calendar/entries.json", headers={"If-None-Match": visitor})
    client.cookies["django_language"] = "en"
    english = client.get("/calendar/entries.json", headers={"If-None-Match": planner["ETag"]})
    assert [planner.status_code, english.status_code] == [200, 200]
    assert all(answer["Vary"] == "Cookie" for answer in (planner, english))
