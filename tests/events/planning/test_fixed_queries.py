"""Queries put together once answer like any other, and always anew."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from events.models import DayOff, Figure
from events.planning.fixed_queries import FixedQuery

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_each_column_is_what_its_field_says() -> None:
    Figure.objects.create(code="a", name="A", value=Decimal("22.50"), checked_on=date(2026, 1, 2))
    DayOff.objects.create(day=date(2026, 1, 1), name="Tết", is_working=False)
    figures = FixedQuery(Figure.objects.order_by("code").values_list("code", "value", "checked_on", "is_active"))
    days = FixedQuery(DayOff.objects.values_list("day", "is_working"))
    assert [*figures.read()] == [("a", Decimal("22.50"), date(2026, 1, 2), True)]
    assert [*days.read()] == [(date(2026, 1, 1), False)]


def test_a_query_without_conversions_answers_too() -> None:
    Figure.objects.create(code="a", name="A", value=1, checked_on=date(2026, 1, 2))
    assert [*FixedQuery(Figure.objects.values_list("code", "name")).read()] == [("a", "A")]


def test_an_edit_shows_at_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    asked = FixedQuery(Figure.objects.filter(is_active=True).order_by().values_list("code", "value"))
    row = Figure.objects.create(code="a", name="A", value=1, checked_on=date(2026, 1, 2))
    assert [*asked.read()] == [("a", 1)]
    row.value = Decimal(2)
    row.save()
    with django_assert_num_queries(1):
        assert [*asked.read()] == [("a", 2)]
