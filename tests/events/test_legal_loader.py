from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from events.legal_loader import load_legal_figures
from events.models import ActivityKind, Figure, KindTrait, LeadTime

pytestmark = pytest.mark.django_db


def test_a_second_run_writes_nothing() -> None:
    first = load_legal_figures()
    assert first == {"con số pháp lý": Figure.objects.count() + LeadTime.objects.count() + len(ActivityKind)}
    assert load_legal_figures() == {"con số pháp lý": 0}


def test_every_row_says_where_it_comes_from() -> None:
    load_legal_figures()
    for model in (Figure, LeadTime, KindTrait):
        assert not model._default_manager.filter(source="").exists()


def test_what_nobody_verified_carries_no_date_of_check() -> None:
    load_legal_figures()
    unverified = {row.code for model in (Figure, LeadTime) for row in model._default_manager.filter(checked_on=None)}
    noted = {
        row.code
        for model in (Figure, LeadTime)
        for row in model._default_manager.filter(note__startswith="Chưa kiểm chứng")
    }
    assert unverified == noted


def test_a_lead_time_without_a_known_number_of_days_is_not_in_use() -> None:
    load_legal_figures()
    assert not LeadTime.objects.filter(days=0, is_active=True).exists()


def test_what_the_office_edited_stays_also_on_refresh() -> None:
    load_legal_figures()
    Figure.objects.filter(code="quiet.distance_m").update(value=Decimal(150), is_edited=True)
    LeadTime.objects.filter(code="R1").update(days=9)  # not marked: somebody's experiment in the database
    assert load_legal_figures(refresh=True) == {"con số pháp lý": 1}
    assert Figure.objects.get(code="quiet.distance_m").value == 150
    assert LeadTime.objects.get(code="R1").days == 5


def test_loading_again_asks_one_question_a_table(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_legal_figures()
    with django_assert_num_queries(3 + 2 * 4):  # and four savepoints, opened and closed
        load_legal_figures()
