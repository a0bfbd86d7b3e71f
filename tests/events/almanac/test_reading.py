from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from events.almanac import Almanac, festival_days, load_almanac, load_undated
from events.almanac.clashes import find_clashes
from events.models import Festival, FestivalState
from tests.events.almanac.makers import (
    make_day_off,
    make_election,
    make_festival,
    make_mourning,
    make_observance,
    set_days,
)

pytestmark = pytest.mark.django_db

MAIN = date(2026, 3, 15)


def year(number: int) -> Almanac:
    return load_almanac(date(number, 1, 1), date(number, 12, 31))


def test_a_festival_has_its_first_main_and_last_day() -> None:
    make_festival(area="Phường Đông Kinh", has_eve=True)
    (days,) = year(2026).festivals
    assert (days.first, days.main, days.last, days.eve) == (date(2026, 3, 10), MAIN, MAIN, date(2026, 3, 9))
    assert (days.areas, days.needs_confirmation, days.is_set) == (("Phường Đông Kinh",), False, False)
    assert (days.origin.source, days.origin.checked_on) == ("Báo Lạng Sơn", None)


def test_a_festival_is_in_the_span_of_any_of_its_days_and_its_eve() -> None:
    make_festival(has_eve=True)
    for day, found in ((8, 0), (9, 1), (12, 1), (15, 1), (16, 0)):
        assert len(load_almanac(date(2026, 3, day), date(2026, 3, day)).festivals) == found


def test_days_that_somebody_set_win_over_the_rule() -> None:
    festival = make_festival(state=FestivalState.CONFIRM)
    assert [days.needs_confirmation for days in festival_days(festival, 2026)] == [True]
    set_days(festival, date(2026, 3, 14), date(2026, 3, 16), main=date(2026, 3, 16))
    (days,) = year(2026).festivals
    assert (days.first, days.main, days.last) == (date(2026, 3, 14), date(2026, 3, 16), date(2026, 3, 16))
    assert (days.is_set, days.needs_confirmation, days.origin.source) == (True, False, "Kế hoạch năm")


def test_a_solar_festival_and_one_that_is_set_each_year() -> None:
    make_festival("chi-lang", is_lunar=False, rule="10/10", first_offset=0)
    season = make_festival("hoa-dao", is_lunar=False, rule="", state=FestivalState.YEARLY)
    set_days(season, date(2026, 1, 1), date(2026, 3, 16), main=date(2026, 2, 7))
    assert [(days.code, days.main) for days in year(2026).festivals] == [
        ("hoa-dao", date(2026, 2, 7)),
        ("chi-lang", date(2026, 10, 10)),
    ]
    assert [each.code for each in load_undated(2027)] == ["hoa-dao"]
    assert load_undated(2026) == ()


def test_every_second_year_is_not_undated_in_between() -> None:
    make_festival("tro-ngo", rule="10/1;INTERVAL=2;BASE=2024", first_offset=0)
    assert [len(year(each).festivals) for each in (2026, 2027, 2028)] == [1, 0, 1]
    assert load_undated(2027) == ()


def test_a_rule_nobody_can_read_gives_no_day() -> None:
    make_festival(rule="khi nào đẹp trời")
    make_observance("la", lunar="khi nào đẹp trời")
    assert (year(2026).festivals, year(2026).observances) == ((), ())
    assert [each.code for each in load_undated(2026)] == ["ky-cung"]


def test_observances_of_the_sun_of_the_moon_and_of_one_day() -> None:
    make_observance(since_year=1945)
    make_observance("gio-to", name="Giỗ Tổ", lunar="10/3")
    make_election()
    make_observance("chua-co", since_year=2027)
    assert [(each.day, each.name, each.years) for each in year(2026).observances] == [
        (date(2026, 3, 15), "Ngày bầu cử", None),
        (date(2026, 4, 26), "Giỗ Tổ", None),
        (date(2026, 9, 2), "Quốc khánh", 81),
    ]
    assert load_almanac(date(2026, 4, 1), date(2026, 4, 25)).observances == ()
    assert [each.is_round for each in year(2025).observances if each.years] == [True]


def test_days_off_and_days_worked_in_exchange() -> None:
    make_day_off(date(2026, 1, 2))
    make_day_off(date(2026, 1, 10), is_working=True)
    found = load_almanac(date(2026, 1, 1), date(2026, 1, 31))
    table = found.working_days
    assert [table.is_working(date(2026, 1, day)) for day in (2, 3, 10)] == [False, False, True]
    assert load_almanac(date(2026, 1, 3), date(2026, 1, 9)).days_off == ()


def test_a_year_nobody_entered_has_the_days_of_the_labour_code() -> None:
    make_observance()
    make_observance("thanh-lap-dang", month=2, day=3)
    (off,) = year(2030).days_off
    assert (off.day, off.is_confirmed) == (date(2030, 9, 2), True)
    make_day_off(date(2030, 1, 1))
    assert [each.day for each in year(2030).days_off] == [date(2030, 1, 1)]


def test_mourning_touches_the_span() -> None:
    make_mourning(date(2026, 7, 25), date(2026, 7, 26))
    found = year(2026)
    assert [found.mourning_on(date(2026, 7, day)) is not None for day in (24, 25, 26, 27)] == [False, True, True, False]
    assert load_almanac(date(2026, 7, 27), date(2026, 7, 27)).mourning == ()


def test_a_festival_on_election_day_is_a_clash() -> None:
    make_festival()
    make_festival("den-vua-le", name="Đền Vua Lê", rule="23/1", first_offset=0)
    season = make_festival("hoa-dao", rule="", state=FestivalState.YEARLY)
    set_days(season, date(2026, 1, 1), date(2026, 3, 16), main=date(2026, 2, 7))
    make_election()
    make_observance("bien-phong", month=3, day=11)  # on a festival day, but it does not draw the province
    (clash,) = find_clashes(year(2026))
    assert (clash.day, clash.festival.code, clash.observance.name, clash.is_main) == (
        MAIN,
        "ky-cung",
        "Ngày bầu cử",
        True,
    )
    assert find_clashes(year(2027)) == ()


@pytest.mark.parametrize("size", [1, 3])
def test_the_number_of_queries_is_constant(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(size):
        set_days(make_festival(f"f{number}", area=f"Xã {number}"), MAIN, MAIN, main=MAIN)
        make_observance(f"o{number}")
        make_day_off(date(2026, 1, 1 + number))
    with django_assert_num_queries(6):
        assert len(year(2026).festivals) == size
    assert Festival.objects.count() == size
