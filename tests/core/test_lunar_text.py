from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lunar_recurrence import (
    LeapPolicy,
    LunarFrequency,
    LunarRecurrence,
    MissingPolicy,
    ShiftPolicy,
    describe_lunar,
    format_lunar,
    parse_lunar,
)
from core.text import strip_marks
from tests.core.lunar_rules import lunar_rules

MONTHLY, YEARLY = LunarFrequency
RAM_GIENG = LunarRecurrence(freq=YEARLY, months=(1,), days=(15,))
MARKET = LunarRecurrence(freq=MONTHLY, days=(2, 7, 12, 17, 22, 27))
LAST = LunarRecurrence(freq=MONTHLY, days=(-1,))
EVE = LunarRecurrence(freq=YEARLY, months=(1,), days=(1,), offset_days=-1)
ENDED_RULES = st.one_of(
    lunar_rules(),
    st.builds(replace, lunar_rules(), count=st.integers(1, 99)),
    st.builds(replace, lunar_rules(), until=st.dates(date(1900, 1, 1), date(2100, 12, 31))),
)


@given(ENDED_RULES)
def test_machine_text_comes_back(rule: LunarRecurrence) -> None:
    assert parse_lunar(format_lunar(rule)) == rule


@given(ENDED_RULES)
def test_words_come_back_with_and_without_marks(rule: LunarRecurrence) -> None:
    words = describe_lunar(rule)
    assert parse_lunar(words) == rule
    assert parse_lunar(strip_marks(words)) == rule
    assert parse_lunar(words.replace("; ", ", ")) == rule


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (RAM_GIENG, "RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15;SKIP=OMIT"),
        (EVE, "RSCALE=VIETNAMESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;SKIP=OMIT;X-OFFSET=-1"),
        (
            replace(RAM_GIENG, leap=LeapPolicy.BOTH, months=(5, 6), interval=2, base_year=2024, count=4),
            "RSCALE=VIETNAMESE;FREQ=YEARLY;INTERVAL=2;BYMONTH=5,5L,6,6L;BYMONTHDAY=15;SKIP=OMIT;COUNT=4;X-BASE=2024",
        ),
        (
            LunarRecurrence(
                freq=MONTHLY, days=(30,), missing=MissingPolicy.NEXT_DAY, leap=LeapPolicy.REGULAR,
                shift=ShiftPolicy.NEAREST_WORKING_DAY, until=date(2026, 11, 30),
            ),
            "RSCALE=VIETNAMESE;FREQ=MONTHLY;BYMONTHDAY=30;SKIP=FORWARD;UNTIL=20261130;X-LEAP=REGULAR;X-SHIFT=NEAREST_WORKING_DAY",
        ),
    ],
)  # fmt: skip
def test_machine_text(rule: LunarRecurrence, text: str) -> None:
    assert format_lunar(rule) == text


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RAM_GIENG, "ngày 15 tháng Giêng âm lịch hằng năm; tháng nhuận: chỉ tháng thường"),
        (
            MARKET,
            "ngày 2, 7, 12, 17, 22, 27 âm lịch hằng tháng; tháng nhuận: cả tháng thường và tháng nhuận",
        ),
        (
            replace(EVE, interval=2, base_year=2024, shift=ShiftPolicy.PREVIOUS_WORKING_DAY, count=3),
            (
                "ngày 1 tháng Giêng âm lịch 2 năm một lần; tính từ năm 2024; tháng nhuận: chỉ tháng thường; "
                "tổ chức trước đó 1 ngày; trùng ngày nghỉ: chuyển sang ngày làm việc liền trước; gồm 3 buổi"
            ),
        ),
        (
            LunarRecurrence(freq=YEARLY, months=(12,), days=(30, -1), offset_days=2, until=date(2030, 1, 1)),
            (
                "ngày 30, cuối tháng Chạp âm lịch hằng năm; tháng nhuận: chỉ tháng thường; "
                "tháng thiếu không có ngày 30: bỏ qua; tổ chức sau đó 2 ngày; đến 01/01/2030"
            ),
        ),
    ],
)
def test_words(rule: LunarRecurrence, words: str) -> None:
    assert describe_lunar(rule) == words


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("15/1", RAM_GIENG),
        ("15/1 ÂL", RAM_GIENG),
        ("Rằm tháng Giêng", RAM_GIENG),
        ("ngày 15 tháng giêng (âm lịch) hàng năm", RAM_GIENG),
        ("tết nguyên tiêu", RAM_GIENG),
        ("rrule:15/1", RAM_GIENG),
        ("RRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", RAM_GIENG),
        ("freq=yearly; bymonth=1; bymonthday=15; wkst=mo", RAM_GIENG),
        ("FREQ=MONTHLY;BYMONTH=1;BYMONTHDAY=15", RAM_GIENG),
        ("15/1 nhuận", replace(RAM_GIENG, leap=LeapPolicy.LEAP)),
        ("rằm tháng Giêng nhuận", replace(RAM_GIENG, leap=LeapPolicy.LEAP)),
        ("15/1, cả tháng nhuận", replace(RAM_GIENG, leap=LeapPolicy.BOTH)),
        ("15/1, ưu tiên tháng nhuận", replace(RAM_GIENG, leap=LeapPolicy.PREFER_LEAP)),
        ("BYMONTH=1L;BYMONTHDAY=15", replace(RAM_GIENG, leap=LeapPolicy.LEAP)),
        ("BYMONTH=1L;BYMONTHDAY=15;SKIP=BACKWARD", replace(RAM_GIENG, leap=LeapPolicy.PREFER_LEAP)),
        ("BYMONTH=1L;BYMONTHDAY=15;SKIP=FORWARD;X-LEAP=LEAP", replace(RAM_GIENG, leap=LeapPolicy.LEAP)),
        ("15/1, 15/7; 15/10", replace(RAM_GIENG, months=(1, 7, 10))),
        ("14/1, 15/1", replace(RAM_GIENG, days=(14, 15))),
        ("15/1;INTERVAL=2", replace(RAM_GIENG, interval=2)),
        ("2 năm một lần vào rằm tháng Giêng, từ năm 2024", replace(RAM_GIENG, interval=2, base_year=2024)),
        ("rằm tháng Giêng, ba năm/lần", replace(RAM_GIENG, interval=3)),
        ("rằm tháng Giêng, trong 5 lần", replace(RAM_GIENG, count=5)),
        ("15/1, hôm trước", replace(RAM_GIENG, offset_days=-1)),
        ("15/1, 2 ngày trước", replace(RAM_GIENG, offset_days=-2)),
        ("15/1, 2 ngày sau", replace(RAM_GIENG, offset_days=2)),
        ("15/1;UNTIL=20261130T170000Z", replace(RAM_GIENG, until=date(2026, 12, 1))),
        ("15/1;UNTIL=20261130T170000", replace(RAM_GIENG, until=date(2026, 11, 30))),
        ("15/1;UNTIL=2026-11-30", replace(RAM_GIENG, until=date(2026, 11, 30))),
        ("15/1;UNTIL=30/11/2026", replace(RAM_GIENG, until=date(2026, 11, 30))),
        ("mùng 10 tháng Giêng", replace(RAM_GIENG, days=(10,))),
        ("mùng năm tháng năm", LunarRecurrence(freq=YEARLY, months=(5,), days=(5,))),
        ("23 tháng Chạp", LunarRecurrence(freq=YEARLY, months=(12,), days=(23,))),
        ("mùng 3 Tết", replace(RAM_GIENG, days=(3,))),
        ("giao thừa", EVE),
        ("30 Tết", EVE),
        ("30/12;MISSING=LAST", LunarRecurrence(freq=YEARLY, months=(12,), days=(30,), missing=MissingPolicy.LAST_DAY)),
        ("2,7,12,17,22,27", MARKET),
        ("ngày 2, 7, 12, 17, 22 và 27 hằng tháng", MARKET),
        ("FREQ=YEARLY;BYMONTHDAY=2,7,12,17,22,27", MARKET),
        ("-1", LAST),
        ("cuối tháng", LAST),
        ("ngày cuối cùng của tháng", LAST),
        ("mùng một và rằm hằng tháng", LunarRecurrence(freq=MONTHLY, days=(1, 15))),
        ("1, không tính tháng nhuận", LunarRecurrence(freq=MONTHLY, days=(1,), leap=LeapPolicy.REGULAR)),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1;SHIFT=PREVIOUS",
         replace(LAST, interval=2, shift=ShiftPolicy.PREVIOUS_WORKING_DAY)),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=1",
         LunarRecurrence(freq=YEARLY, interval=2, months=tuple(range(1, 13)), days=(1,), leap=LeapPolicy.BOTH)),
    ],
)  # fmt: skip
def test_what_planners_and_machines_write(text: str, rule: LunarRecurrence) -> None:
    assert parse_lunar(text) == rule


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("FREQ=YEARLY", date(2026, 3, 15), "27/1"),
        ("", date(2026, 3, 15), "27/1"),
        ("FREQ=YEARLY", date(2025, 8, 8), "15/6 nhuận"),
        ("FREQ=MONTHLY", date(2026, 3, 15), "27"),
        ("BYMONTH=1", date(2026, 3, 15), "27/1"),
        ("15/1", date(2026, 3, 15), "15/1"),
    ],
)
def test_what_is_not_said_comes_from_the_start(text: str, start: date, expected: str) -> None:
    assert parse_lunar(text, start) == parse_lunar(expected)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Cách lặp chưa nêu ngày âm lịch nào"),
        ("thứ Hai", "Không hiểu «thu hai» trong ngày âm lịch «thứ Hai»; hãy ghi như «15/1»"),
        ("15/1, 16/2", "«15/1, 16/2» có nhiều ngày ở nhiều tháng khác nhau"),
        ("rằm tháng Giêng hằng tháng", "nói hai điều trái nhau"),
        ("INTERVAL=2;15/1;INTERVAL=3", "nói hai điều trái nhau"),
        ("rằm tháng Một", "«Tháng Một» có người hiểu là tháng Giêng, có người là tháng 11; hãy ghi bằng số."),
        ("15/1;BYDAY=MO", "Cách lặp âm lịch không dùng phần BYDAY"),
        ("15/1;RSCALE=HEBREW", "Lịch «HEBREW» không được hỗ trợ"),
        ("15/1;SKIP=NEVER", "không hiểu «NEVER»; hãy chọn một trong: OMIT, BACKWARD, FORWARD"),
        ("15/1;COUNT=two", "«TWO» không phải là số"),
        ("BYMONTHDAY=1;BYMONTH=V", "«V» không phải là tháng âm lịch"),
        ("BYMONTHDAY=1;BYMONTH=5L;SKIP=FORWARD", "hãy dùng SKIP=BACKWARD"),
        ("BYMONTHDAY=1;BYMONTH=1,5L", "vừa có tháng thường vừa có tháng nhuận khác nhau"),
        ("15/1;UNTIL=20261131", "«20261131» không phải là ngày kết thúc"),
        ("15/1;UNTIL=soon", "«SOON» không phải là ngày"),
    ],
)
def test_nonsense_is_answered_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        parse_lunar(text)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"days": ()}, "ít nhất một ngày"),
        ({"days": (31,)}, "từ 1 đến 30"),
        ({"days": (0,)}, "từ 1 đến 30"),
        ({"days": (1, 1)}, "chọn hai lần"),
        ({"offset_days": 61}, "từ 0 đến 60"),
        ({"interval": 0}, "từ 1 trở lên"),
        ({"months": (13,)}, "Tháng âm lịch phải từ 1 đến 12"),
        ({"months": ()}, "phải nêu rõ tháng"),
        ({"freq": MONTHLY}, "không chọn tháng"),
        ({"freq": MONTHLY, "months": (), "base_year": 2024}, "mới có năm gốc"),
        ({"base_year": 1800}, "Năm gốc phải từ 1900 đến 2100"),
        ({"count": 0}, "Số buổi phải từ 1"),
        ({"count": 1, "until": date(2026, 1, 1)}, "một trong hai"),
        ({"until": date(2101, 1, 1)}, "1900–2100"),
    ],
)
def test_parts_that_cannot_be(parts: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(RAM_GIENG, **parts)  # type: ignore[arg-type]
