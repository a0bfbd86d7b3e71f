from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings

from events.registries import DueItem, Link, activity_links, due_items
from units.permissions import Viewer, viewer_of

DAY = date(2023, 8, 8)


def one_link(uid: str, _viewer: Viewer) -> tuple[Link, ...]:
    return (("Một", f"/{uid}/"),)


def later_then_sooner(_viewer: Viewer, today: date) -> tuple[DueItem, ...]:
    days = (date(2023, 8, 9), today)
    return tuple(DueItem(text="việc", day=day, days_left=(day - today).days, url="/") for day in days)


@override_settings(PANO_ACTIVITY_LINKS=("tests.events.test_registries.one_link",) * 2)
def test_links_of_all_sources_stand_in_the_tables_order() -> None:
    assert activity_links("u", viewer_of(None)) == (("Một", "/u/"), ("Một", "/u/"))


@override_settings(PANO_DUE_ITEMS=("tests.events.test_registries.later_then_sooner",))
def test_what_is_due_first_stands_first() -> None:
    assert [item.days_left for item in due_items(viewer_of(None), DAY)] == [0, 1]


@pytest.mark.parametrize(("days_left", "is_past"), [(-1, True), (0, False), (1, False)])
def test_the_day_itself_is_still_in_time(days_left: int, is_past: bool) -> None:  # noqa: FBT001 -- a table
    assert DueItem(text="", day=DAY, days_left=days_left, url="").is_past is is_past
