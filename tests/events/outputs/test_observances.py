from __future__ import annotations

from datetime import date

from events.almanac.entries import NO_ALMANAC, Almanac, FestivalDays, Mourning, ObservedDay, OffDay
from events.models import ActivityKind
from events.outputs.agenda import build_agenda, build_digest
from events.outputs.days import lay_out_days
from events.outputs.kind_letters import KIND_LETTERS, letter_of
from events.outputs.month_grid import build_month_grid
from events.outputs.observances import Observance, observances_on
from events.outputs.week_grid import build_week_grid
from events.programme.entries import Programme

MAIN = date(2026, 3, 15)
FESTIVAL = FestivalDays(
    code="ky-cung", name="Kỳ Cùng", areas=("Phường Đông Kinh", "Phường Kỳ Lừa"), has_eve=True,
    first=date(2026, 3, 10), main=MAIN, last=MAIN, needs_confirmation=True,
)  # fmt: skip
SEASON = FestivalDays(
    code="hoa-dao", name="Hoa Đào", areas=(), is_lunar=False,
    first=date(2026, 1, 1), main=date(2026, 2, 7), last=date(2026, 3, 16),
)  # fmt: skip
ALMANAC = Almanac(
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    festivals=(SEASON, FESTIVAL),
    observances=(
        ObservedDay(day=date(2026, 2, 17), code="tet", name="Tết Nguyên đán", kind="national"),
        ObservedDay(day=MAIN, code="bau-cu", name="Ngày bầu cử", kind="national", is_big=True),
    ),
    days_off=(
        OffDay(day=date(2026, 1, 10), name="Làm bù", is_working=True),
        OffDay(day=date(2026, 2, 16), name="Nghỉ Tết", is_confirmed=False),
        OffDay(day=date(2026, 2, 17), name="Nghỉ Tết"),
    ),
    mourning=(Mourning(name="Quốc tang", first=date(2026, 7, 25), last=date(2026, 7, 26)),),
)


def names_on(day: date) -> list[str]:
    return [each.name for each in observances_on(ALMANAC, day)]


def test_a_day_off_is_told_once() -> None:
    assert observances_on(ALMANAC, date(2026, 2, 17)) == (
        Observance(name="Tết Nguyên đán", kind="national", is_day_off=True),
    )
    assert observances_on(ALMANAC, date(2026, 2, 16)) == (Observance(name="Nghỉ Tết", needs_confirmation=True),)
    assert observances_on(ALMANAC, date(2026, 1, 10)) == (Observance(name="Làm bù"),)


def test_a_festival_stands_on_each_of_its_days_and_its_eve() -> None:
    main = Observance(
        name="Kỳ Cùng", kind="festival", place="Phường Đông Kinh, Phường Kỳ Lừa", lunar="27/1 ÂL", is_main=True,
        needs_confirmation=True,
    )  # fmt: skip
    assert observances_on(ALMANAC, MAIN) == (Observance(name="Ngày bầu cử", kind="national"), main)
    assert [each.is_eve for each in observances_on(ALMANAC, date(2026, 3, 9))] == [True]
    assert [each.is_main for each in observances_on(ALMANAC, date(2026, 3, 12))] == [False]
    assert names_on(date(2026, 3, 8)) == []


def test_a_season_stands_on_its_first_main_and_last_day() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 2, 7), date(2026, 2, 8), date(2026, 3, 16)]
    assert [names_on(day) for day in days] == [["Hoa Đào"], [], ["Hoa Đào"], [], ["Hoa Đào"]]
    assert observances_on(ALMANAC, date(2026, 2, 7))[0].lunar == ""


def test_mourning_comes_first() -> None:
    assert [each.kind for each in observances_on(ALMANAC, date(2026, 7, 26))] == ["mourning"]
    assert names_on(date(2026, 7, 27)) == []


def test_every_layout_takes_the_days_of_note() -> None:
    empty = Programme.of([])
    day = lay_out_days(empty, first=MAIN, last=MAIN, almanac=ALMANAC)[0]
    month = build_month_grid(empty, year=2026, month=3, almanac=ALMANAC)
    week = build_week_grid(empty, monday=date(2026, 3, 9), almanac=ALMANAC)
    in_month = next(cell.day for row in month.weeks for cell in row if cell and cell.day.day == MAIN)
    assert day.observances == in_month.observances == week.days[6].observances == observances_on(ALMANAC, MAIN)
    assert build_agenda(empty, first=MAIN, last=MAIN, almanac=ALMANAC).days == ()
    assert build_digest(empty, first=MAIN, last=MAIN, almanac=ALMANAC).days == ()
    assert observances_on(NO_ALMANAC, MAIN) == ()


def test_every_kind_has_a_letter_of_its_own() -> None:
    assert sorted(KIND_LETTERS) == sorted(ActivityKind.values)
    assert len(set(KIND_LETTERS.values())) == len(KIND_LETTERS)
    assert letter_of("unheard-of") == "·"
