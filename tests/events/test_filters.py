from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.test import Client

from core.intervals import day_interval
from events.programme.scope import Scope
from events.views.filters import filters_of, parse_choice, parse_day, parse_filters, parse_window
from tests.factories import make_area, make_campaign, make_resource, make_unit
from venues.models import ResourceKind

pytestmark = pytest.mark.django_db


def test_every_filter_becomes_a_part_of_the_scope() -> None:
    make_area(slug="huyen-cao-loc")
    make_campaign()
    make_unit("TTVH")
    make_resource(code="DOI-1")
    query = QueryDict(
        "area=huyen-cao-loc&kind=exhibition&kind=exchange&campaign=asean-2023&unit=TTVH&team=DOI-1"
        "&status=confirmed&theme=ND1&q=+dong+dang+"
    )
    assert parse_filters(query) == Scope(
        areas=("huyen-cao-loc",),
        kinds=("exhibition", "exchange"),
        campaigns=("asean-2023",),
        units=("TTVH",),
        resources=("DOI-1",),
        statuses=("confirmed",),
        themes=("ND1",),
        query="dong dang",
    )


def test_empty_and_unknown_parameters_do_not_narrow() -> None:
    assert parse_filters(QueryDict("area=&kind=&q=&utm_source=zalo")) == Scope()


@pytest.mark.parametrize("name", ["area", "kind", "campaign", "unit", "team", "status", "theme"])
def test_what_does_not_exist_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BadRequest, match="khong-co"):
        parse_filters(QueryDict(f"{name}=khong-co"))


def test_a_team_must_be_a_team() -> None:
    make_resource(code="XE-1", kind=ResourceKind.VEHICLE)
    with pytest.raises(BadRequest):
        parse_filters(QueryDict("team=XE-1"))


@pytest.mark.parametrize("query", ["q=a%00b", f"q={'a' * 201}", "&".join(f"area=a{n}" for n in range(51))])
def test_values_that_no_database_should_see_are_refused(query: str) -> None:
    with pytest.raises(BadRequest):
        parse_filters(QueryDict(query))


@pytest.mark.parametrize("query", ["start=2023-08-01&end=2023-08-09", "start=01/08/2023&end=9/8/2023"])
def test_the_window_is_whole_days_and_its_end_is_exclusive(query: str) -> None:
    assert parse_window(QueryDict(query)) == day_interval(date(2023, 8, 1), date(2023, 8, 8))


def test_no_window_means_the_whole_plan() -> None:
    assert parse_window(QueryDict("")) is None


@pytest.mark.parametrize(
    "query",
    [
        "start=2023-08-01",
        "end=2023-08-01",
        "start=2023-08-01&end=2023-08-01",
        "start=2023-08-02&end=2023-08-01",
        "start=2023-02-30&end=2023-08-01",
        "start=hom-nay&end=2023-08-01",
        "start=0001-01-01&end=2023-08-01",
        "start=2023-01-01&end=9999-12-31",
        "start=2023-01-01&end=2030-01-01",
    ],
)
def test_a_window_that_is_none_is_refused(query: str) -> None:
    with pytest.raises(BadRequest):
        parse_window(QueryDict(query))


def test_days_and_choices() -> None:
    assert parse_day(QueryDict("date=8/8/2023"), "date") == date(2023, 8, 8)
    assert parse_choice(QueryDict(""), "view", ("month", "week")) == "month"
    assert parse_choice(QueryDict("view=week"), "view", ("month", "week")) == "week"
    with pytest.raises(BadRequest):
        parse_choice(QueryDict("view=year"), "view", ("month", "week"))


def test_the_filter_part_of_an_address_leaves_days_and_views_out() -> None:
    query = QueryDict("view=week&date=2023-08-08&area=a&area=b&q=x+y&kind=")
    assert filters_of(query) == "area=a&area=b&q=x+y"


def test_a_bad_address_is_answered_with_a_sentence_and_no_trace(client: Client) -> None:
    response = client.get("/calendar/entries.json?area=khong-co")
    assert (response.status_code, list(response.json())) == (400, ["error"])
    page = client.get("/calendar/?start=x&end=y")
    assert (page.status_code, "Traceback" in page.content.decode()) == (400, False)
