from datetime import date

import pytest

from events.almanac.rules import lunar_days, read_lunar_rule, read_solar_rule, solar_days

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_lunar_days_of_a_span() -> None:
    assert lunar_days("27/1", *YEAR) == (date(2026, 3, 15),)
    assert lunar_days("10/1;INTERVAL=2;BASE=2024", *YEAR) == (date(2026, 2, 26),)
    assert lunar_days("10/1;INTERVAL=2;BASE=2024", date(2027, 1, 1), date(2027, 12, 31)) == ()
    assert lunar_days("15/12", *YEAR) == (date(2026, 2, 2),)
    assert lunar_days("27/1", date(2026, 3, 16), date(2026, 12, 31)) == ()


def test_outside_the_calendar_there_are_no_lunar_days() -> None:
    assert lunar_days("27/1", date(1899, 1, 1), date(1899, 12, 31)) == ()
    assert lunar_days("27/1", date(2101, 1, 1), date(2101, 12, 31)) == ()
    assert lunar_days("27/1", date(2100, 6, 1), date(2101, 12, 31)) == ()


def test_solar_days_of_a_span() -> None:
    assert solar_days("10/10", date(2025, 10, 11), date(2027, 10, 10)) == (date(2026, 10, 10), date(2027, 10, 10))
    assert solar_days("29/2", date(2023, 1, 1), date(2025, 12, 31)) == (date(2024, 2, 29),)


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (read_lunar_rule, "27/1;COUNT=3", "hãy bỏ số buổi và ngày kết thúc"),
        (read_lunar_rule, "10/1;INTERVAL=2", "phải nêu một năm có tổ chức"),
        (read_lunar_rule, "mai mốt", "Không hiểu"),
        (read_solar_rule, "10-10", "«10-10» không phải là ngày dương lịch hằng năm"),
        (read_solar_rule, "31/4", "Không có ngày 31/4 trong lịch"),
    ],
)
def test_what_gives_no_day_is_refused_with_a_sentence(read: object, text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read(text)  # type: ignore[operator]
