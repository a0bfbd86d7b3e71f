"""The page around the map: counts, legend, omissions and the table say what the layer says."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from core.intervals import day_interval
from events.models import ActivityKind
from events.programme.entries import Programme
from maps.page import MOST_ROWS, NotDrawn, day_shown, days_of, legend_of, query_of, summary_of
from tests.events.outputs.programmes import YARD, at, make_entry
from tests.factories import make_activity, make_site, make_venue

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

AUGUST = day_interval(date(2023, 8, 1), date(2023, 8, 31))


def configuration_in(body: bytes) -> dict[str, Any]:
    match = re.search(r'<script id="map-configuration"[^>]*>(.*?)</script>', body.decode(), re.DOTALL)
    assert match is not None
    loaded: dict[str, Any] = json.loads(match[1])
    return loaded


def test_the_legend_counts_the_kinds_that_occur_most_frequent_first() -> None:
    programme = Programme.of(
        [
            make_entry(uid="a"),
            make_entry(uid="b", kind="exchange", kind_label="Giao lưu", colour="#9c2460"),
            make_entry(uid="c", kind="exchange", kind_label="Giao lưu", colour="#9c2460"),
        ]
    )
    found = [(kind.code, kind.label, kind.colour, kind.count) for kind in legend_of(programme)]
    assert found == [("exchange", "Giao lưu", "#9c2460", 2), ("exhibition", "Triển lãm", "#9c1c1b", 1)]


def test_a_long_table_says_how_much_it_leaves_out() -> None:
    programme = Programme.of([make_entry(uid=f"a{n}", places=(YARD,)) for n in range(MOST_ROWS + 3)])
    summary = summary_of(programme)
    found = (summary["shown"], summary["omitted"], len(summary["rows"]), summary["more"])
    assert found == (0, MOST_ROWS + 3, MOST_ROWS, 3)


def test_the_evenings_of_a_series_that_are_not_drawn_are_one_line() -> None:
    days = [make_entry(at(day), places=()) for day in (8, 15, 22)]
    lines = summary_of(Programme.of([*days, make_entry(uid="b", title="Giao lưu", places=(YARD,))]))["not_drawn"]
    assert [(line.title, line.count) for line in lines] == [("Triển lãm ảnh ASEAN", 3), ("Giao lưu", 1)]


@pytest.mark.parametrize(
    ("programme", "day"),
    [
        (Programme.of([], window=AUGUST), date(2023, 8, 1)),
        (Programme.of([make_entry(at(9)), make_entry(at(8))]), date(2023, 8, 8)),
        (Programme.of([]), date(2026, 1, 2)),
    ],
)
def test_the_basemap_is_of_the_days_shown(programme: Programme, day: date) -> None:
    assert day_shown(programme, today=date(2026, 1, 2)) == day


def test_a_window_is_written_for_addresses_with_the_day_after_the_last() -> None:
    assert query_of(AUGUST, "area=cao-loc") == "start=2023-08-01&end=2023-09-01&area=cao-loc"
    assert (query_of(AUGUST, ""), query_of(None, "q=x")) == ("start=2023-08-01&end=2023-09-01", "q=x")


def test_a_window_is_shown_with_its_last_day() -> None:
    assert (days_of(AUGUST), days_of(None)) == ((date(2023, 8, 1), date(2023, 8, 31)), None)


@pytest.mark.django_db
def test_the_page_counts_what_is_on_the_map_and_lists_what_is_not(client: Client) -> None:
    make_activity(title="Có điểm", venue_ids=(make_venue().pk,))
    lost = make_site("Ngã ba", lon=None, lat=None)
    make_activity(title="Chưa có điểm", kind=ActivityKind.VISUAL_DISPLAY, site_ids=(lost.pk,))
    context = client.get("/map/").context
    left_out = NotDrawn(title="Chưa có điểm", reason="Địa điểm chưa có toạ độ: Ngã ba.", count=1)
    assert (context["shown"], context["omitted"], context["not_drawn"]) == (1, 1, [left_out])
    assert {entry.title for _, entry in context["rows"]} == {"Có điểm", "Chưa có điểm"}


@pytest.mark.django_db
def test_the_page_speaks_vietnamese_and_shows_text_as_text(client: Client) -> None:
    make_activity(title="<img src=x onerror=alert(1)>", venue_ids=(make_venue().pk,))
    page = client.get("/map/").content.decode()
    assert ("1 buổi trên bản đồ" in page, "<img src=x" in page) == (True, False)


@pytest.mark.django_db
def test_filters_in_force_are_told_while_the_form_stays_folded(client: Client) -> None:
    page = client.get("/map/?start=2023-08-01&end=2023-09-01&kind=exchange").content.decode()
    told = "từ 01/08/2023 đến 31/08/2023. Loại hoạt động: Giao lưu."
    assert ('<details class="filters no-print">' in page, told in page) == (True, True)


@pytest.mark.django_db
def test_the_layers_get_the_filters_of_the_page(client: Client) -> None:
    response = client.get("/map/?start=2023-08-01&end=2023-09-01&kind=exchange&nonsense=1")
    configuration = configuration_in(response.content)
    query = "start=2023-08-01&end=2023-09-01&kind=exchange"
    assert configuration["layers"][0]["url"] == f"/map/layers/activities.geojson?{query}"
    assert configuration["base"] == "/map/base.json?edition=2023"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("from=2023-08-01&to=2023-08-31", "/map/?start=2023-08-01&end=2023-09-01"),
        ("from=2023-08-08&to=&kind=exchange", "/map/?start=2023-08-08&end=2023-08-09&kind=exchange"),
        ("from=&to=&kind=", "/map/?"),
    ],
)
def test_the_form_names_the_last_day_itself(client: Client, asked: str, told: str) -> None:
    response = client.get(f"/map/?{asked}")
    assert (response.status_code, response["Location"]) == (302, told)


@pytest.mark.django_db
def test_days_in_the_wrong_order_are_a_bad_request(client: Client) -> None:
    assert client.get("/map/?from=2023-08-31&to=2023-08-01").status_code == 400


@pytest.mark.django_db
def test_the_page_costs_the_same_for_one_and_for_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/map/")  # imports folium, fills template caches
    for number in (1, 2, 3):
        make_activity(venue_ids=(make_venue().pk,), campaign_id=make_activity().campaign_id)
        if number != 2:
            with django_assert_num_queries(10):
                client.get("/map/?start=2023-08-01&end=2023-09-01")
