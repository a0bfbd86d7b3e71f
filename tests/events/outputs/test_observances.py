from __future__ import annotations

from datetime import date

import pytest

from events.models import ActivityKind
from events.outputs.kind_letters import KIND_LETTERS, letter_of
from events.outputs.observances import observances_on


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2023, 7, 28), ["Việt Nam gia nhập ASEAN"]),
        (date(1994, 7, 28), []),
        (date(2023, 9, 2), ["Quốc khánh"]),
        (date(2023, 11, 4), ["Ngày thành lập tỉnh Lạng Sơn"]),
        (date(2026, 2, 17), ["Tết Nguyên đán"]),
        (date(2026, 4, 26), ["Giỗ Tổ Hùng Vương"]),
        (date(2023, 4, 6), []),
    ],
)
def test_days_of_note(day: date, names: list[str]) -> None:
    assert [each.name for each in observances_on(day)] == names


def test_solar_and_lunar_days_may_meet() -> None:
    assert [each.is_day_off for each in observances_on(date(2023, 9, 29))] == [False]
    assert [each.name for each in observances_on(date(1987, 1, 29))] == ["Tết Nguyên đán"]


def test_every_kind_has_a_letter_of_its_own() -> None:
    assert sorted(KIND_LETTERS) == sorted(ActivityKind.values)
    assert len(set(KIND_LETTERS.values())) == len(KIND_LETTERS)
    assert letter_of("unheard-of") == "·"
