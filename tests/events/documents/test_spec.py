from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict

from events.documents import DocumentSpec, parse_spec, spec_query
from events.documents.spec import days_of
from events.programme.scope import Scope
from tests.factories import make_area, make_campaign, make_unit

TODAY = date(2023, 8, 10)  # a Thursday


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("this-week", date(2023, 8, 7), date(2023, 8, 13)),
        ("next-week", date(2023, 8, 14), date(2023, 8, 20)),
        ("month", date(2023, 8, 1), date(2023, 8, 31)),
        ("quarter", date(2023, 7, 1), date(2023, 9, 30)),
        ("year", date(2023, 1, 1), date(2023, 12, 31)),
        ("", None, None),
    ],
)
def test_a_period_by_its_word(word: str, first: date | None, last: date | None) -> None:
    assert days_of(word, today=TODAY) == (first, last)


def test_an_address_without_names_asks_for_the_schedule_of_all_there_is() -> None:
    spec = parse_spec(QueryDict(""), today=TODAY)
    assert spec == DocumentSpec(kind="schedule")
    assert (spec.window, spec.stated, spec_query(spec)) == (None, None, "document=schedule")


@pytest.mark.django_db
def test_what_is_written_is_read_back() -> None:
    area, unit, campaign = make_area("Huyện Cao Lộc"), make_unit(), make_campaign()
    spec = DocumentSpec(
        kind="schedule",
        scope=Scope(
            areas=(area.slug,), units=(unit.code,), campaigns=(campaign.code,), kinds=("exhibition",), is_alone=True
        ),
        first=date(2023, 8, 1),
        last=date(2023, 8, 31),
        group_by="week",
        tour=3,
        has_map=False,
        is_archive=True,
    )
    assert parse_spec(QueryDict(spec_query(spec)), today=TODAY) == spec


@pytest.mark.parametrize(
    "query",
    ["document=poem", "period=soon", "from=2023-09-01&to=2023-08-01", "tour=x", "tour=1234567890123", "group=day"],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(query: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_spec(QueryDict(query), today=TODAY)
    assert str(refused.value).endswith(".")
