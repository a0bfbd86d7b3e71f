from __future__ import annotations

from datetime import date

import pytest

from core.intervals import day_interval
from events.listing import ListKeys, list_keys_of, occurrence_keys_of
from events.planning import ActivityPlan

PLAN = ActivityPlan(
    campaign_id=1,
    code="HD-1",
    title="Đêm văn nghệ",
    kind="mobile_team",
    status="draft",
    area_id=1,
    lead_unit_id=1,
    interval=day_interval(date(2023, 8, 8), date(2023, 8, 8)),
    venue_ids=(12, 3),
    site_ids=(4,),
    resource_ids=(9, 7),
    theme_ids=(2, 1),
)


def test_the_keys_of_a_plan_are_one_text() -> None:
    assert list_keys_of(PLAN) == "v12,v3,s4;7,9;;1,2;"


def test_the_text_is_read_back() -> None:
    keys = ListKeys((("v", 12), ("v", 3), ("s", 4)), resources=(7, 9), themes=(1, 2))
    assert ListKeys.parse("v12,v3,s4;7,9;;1,2;") == keys


@pytest.mark.parametrize("text", ["", ";;;;"])
def test_a_text_that_names_nothing(text: str) -> None:
    assert ListKeys.parse(text) == ListKeys()


@pytest.mark.parametrize("text", ["v1", ";;;", "v1;x;;;", ";;;;;"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ListKeys.parse(text)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"status": "postponed"}, ""),
        ({"description": "Trong nhà"}, "v12,v3,s4;7,9;;1,2;"),
        ({"venue_ids": [], "site_ids": [8]}, "s8;7,9;;1,2;"),
        ({"resource_ids": [5, 1]}, "v12,v3,s4;1,5;;1,2;"),
    ],
)
def test_an_occurrence_has_a_text_where_something_listed_is_its_own(changes: dict[str, object], expected: str) -> None:
    assert occurrence_keys_of(PLAN, changes) == expected
