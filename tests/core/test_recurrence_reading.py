from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intervals import LOCAL_ZONE
from core.lunar_recurrence import LeapPolicy, LunarFrequency, LunarRecurrence, describe_lunar
from core.recurrence import Frequency, Recurrence, Weekday
from core.recurrence_reading import ReadRepetition, read_repetition
from core.recurrence_text import WORKING_DAYS, describe
from core.text import strip_marks
from tests.core.rules import recurrences

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
MON, TUE, WED, THU, FRI, SAT, SUN = (Weekday(day) for day in range(7))
START = datetime(2026, 1, 5, 19, 30, tzinfo=LOCAL_ZONE)  # a Monday
EXAMPLE = "hãy ghi như «thứ Ba tuần thứ hai hằng tháng, đến 30/11/2026, trừ 02/9»"


def read(text: str) -> ReadRepetition:
    """Read with marks, and demand the same without."""
    found = read_repetition(text, START)
    assert read_repetition(strip_marks(text), START) == found
    return found


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("hằng ngày", Recurrence(freq=DAILY)),
        ("3 ngày một lần, 10 buổi", Recurrence(freq=DAILY, interval=3, count=10)),
        ("hằng ngày, trong 12 buổi", Recurrence(freq=DAILY, count=12)),
        ("Cách ngày", Recurrence(freq=DAILY, interval=2)),
        ("cách nhật", Recurrence(freq=DAILY, interval=2)),
        ("năm ngày một lần", Recurrence(freq=DAILY, interval=5)),
        ("mỗi 2 ngày", Recurrence(freq=DAILY, interval=2)),
        ("hằng ngày, 8 lần", Recurrence(freq=DAILY, count=8)),
        ("2 ngày 1 lần, gồm 8 lần", Recurrence(freq=DAILY, interval=2, count=8)),
        ("thứ Hai, thứ Tư, thứ Sáu hằng tuần", Recurrence(freq=WEEKLY, by_weekday=(MON, WED, FRI))),
        ("T2, T4, T6", Recurrence(freq=WEEKLY, by_weekday=(MON, WED, FRI))),
        ("t2;t4", Recurrence(freq=WEEKLY, by_weekday=(MON, WED))),
        ("mỗi tối thứ 7", Recurrence(freq=WEEKLY, by_weekday=(SAT,))),
        ("từ thứ Hai đến thứ Sáu", Recurrence(freq=WEEKLY, by_weekday=WORKING_DAYS)),
        ("T6-T2 hàng tuần", Recurrence(freq=WEEKLY, by_weekday=(FRI, SAT, SUN, MON))),
        ("mỗi ngày làm việc", Recurrence(freq=WEEKLY, by_weekday=WORKING_DAYS)),
        ("cuối tuần", Recurrence(freq=WEEKLY, by_weekday=(SAT, SUN))),
        ("thứ Bảy cuối tuần", Recurrence(freq=WEEKLY, by_weekday=(SAT, SUN))),
        ("hằng ngày trừ Chủ nhật", Recurrence(freq=WEEKLY, by_weekday=(*WORKING_DAYS, SAT))),
        ("T2 đến T6 trừ thứ Tư, thứ Năm", Recurrence(freq=WEEKLY, by_weekday=(MON, TUE, FRI))),
        (
            "2 tuần một lần vào thứ Bảy và Chủ nhật",
            Recurrence(freq=WEEKLY, interval=2, by_weekday=(SAT, SUN)),
        ),
        ("ngày 1 và 15 hằng tháng", Recurrence(freq=MONTHLY, by_month_day=(1, 15))),
        ("ngày 1, ngày 15", Recurrence(freq=MONTHLY, by_month_day=(1, 15))),
        ("ngày cuối tháng", Recurrence(freq=MONTHLY, by_month_day=(-1,))),
        ("ngày 1, 15, 2 tháng một lần", Recurrence(freq=MONTHLY, interval=2, by_month_day=(1, 15))),
        ("hằng quý vào ngày 1", Recurrence(freq=MONTHLY, interval=3, by_month_day=(1,))),
        ("mỗi tháng một lần", Recurrence(freq=MONTHLY)),
        ("thứ Sáu cuối cùng hằng tháng", Recurrence(freq=MONTHLY, by_weekday=(Weekday(4, -1),))),
        ("thứ Hai đầu tháng", Recurrence(freq=MONTHLY, by_weekday=(Weekday(0, 1),))),
        ("Chủ nhật tuần áp chót của tháng", Recurrence(freq=MONTHLY, by_weekday=(Weekday(6, -2),))),
        (
            "thứ Ba tuần 2 và 4 hằng tháng",
            Recurrence(freq=MONTHLY, by_weekday=(Weekday(1, 2), Weekday(1, 4))),
        ),
        (
            "thứ Ba tuần thứ hai và tuần thứ tư",
            Recurrence(freq=MONTHLY, by_weekday=(Weekday(1, 2), Weekday(1, 4))),
        ),
        (
            "ngày làm việc cuối cùng hằng tháng",
            Recurrence(freq=MONTHLY, by_weekday=WORKING_DAYS, by_set_position=(-1,)),
        ),
        (
            "ngày làm việc thứ 3 của tháng",
            Recurrence(freq=MONTHLY, by_weekday=WORKING_DAYS, by_set_position=(3,)),
        ),
        ("ngày 02/9 hằng năm", Recurrence(freq=YEARLY, by_month=(9,), by_month_day=(2,))),
        ("mùng 2 tháng 9 dương lịch", Recurrence(freq=YEARLY, by_month=(9,), by_month_day=(2,))),
        ("ngày 1/5, 1/9", Recurrence(freq=YEARLY, by_month=(5, 9), by_month_day=(1,))),
        ("mỗi năm ngày 2/9", Recurrence(freq=YEARLY, by_month=(9,), by_month_day=(2,))),
        ("ngày 15 các tháng ba, sáu, mười hai", Recurrence(freq=YEARLY, by_month=(3, 6, 12), by_month_day=(15,))),
        ("ngày thứ 100 trong năm", Recurrence(freq=YEARLY, by_year_day=(100,))),
        ("không lặp lại", None),
        ("  ", None),
    ],
)
def test_what_planners_type(text: str, rule: Recurrence | None) -> None:
    assert read(text) == ReadRepetition(rule=rule)


def test_the_example_of_the_editor() -> None:
    assert read("thứ Ba tuần thứ hai hằng tháng, đến 30/11/2026, trừ 02/9") == ReadRepetition(
        rule=Recurrence(freq=MONTHLY, by_weekday=(Weekday(1, 2),), until=date(2026, 11, 30)),
        excluded_days=(date(2026, 9, 2),),
    )


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("đến hết 30/11/2026", date(2026, 11, 30)),
        ("cho đến ngày 4/1", date(2027, 1, 4)),
        ("tới ngày 5 tháng 1", date(2026, 1, 5)),
        ("đến 29/2", date(2028, 2, 29)),
        ("đến hết tháng 2", date(2026, 2, 28)),
        ("đến hết tháng 02/2028", date(2028, 2, 29)),
        ("đến hết tháng 12 năm 2026", date(2026, 12, 31)),
        ("đến hết năm 2027", date(2027, 12, 31)),
    ],
)
def test_the_last_day(text: str, last: date) -> None:
    assert read(f"hằng tuần, {text}").rule == Recurrence(freq=WEEKLY, until=last)


def test_a_month_already_over_is_the_one_of_next_year() -> None:
    found = read_repetition("hằng tuần đến hết tháng 1", datetime(2026, 3, 2, 8, tzinfo=LOCAL_ZONE))
    assert found.rule == Recurrence(freq=WEEKLY, until=date(2027, 1, 31))


def test_days_added_and_left_out() -> None:
    assert read(
        "T2, thêm 15/9 và 16/9/2027, bổ sung ngày 4 tháng 1; trừ 02/9 và ngày 03/9, nghỉ 30/4"
    ) == ReadRepetition(
        rule=Recurrence(freq=WEEKLY, by_weekday=(MON,)),
        extra_days=(date(2026, 9, 15), date(2027, 9, 16), date(2027, 1, 4)),
        excluded_days=(date(2026, 9, 2), date(2026, 9, 3), date(2026, 4, 30)),
    )
    assert read("thêm 15/9") == ReadRepetition(extra_days=(date(2026, 9, 15),))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("rằm tháng Giêng hằng năm", LunarRecurrence(freq=LunarFrequency.YEARLY, months=(1,), days=(15,))),
        ("mùng 10 tháng Giêng âm lịch", LunarRecurrence(freq=LunarFrequency.YEARLY, months=(1,), days=(10,))),
        (
            "ngày 2, 7, 12, 17, 22, 27 âm lịch hằng tháng, 5 buổi",
            LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(2, 7, 12, 17, 22, 27), count=5),
        ),
        (
            "15/8 ÂL, đến 30/11",
            LunarRecurrence(freq=LunarFrequency.YEARLY, months=(8,), days=(15,), until=date(2026, 11, 30)),
        ),
    ],
)
def test_what_repeats_by_the_moon(text: str, rule: LunarRecurrence) -> None:
    assert read(text) == ReadRepetition(lunar=rule)


def test_a_lunar_rule_in_words_reads_back() -> None:
    rule = LunarRecurrence(
        freq=LunarFrequency.YEARLY, months=(6,), days=(30,), leap=LeapPolicy.BOTH, offset_days=-1, count=3
    )
    assert read(f"{describe_lunar(rule)}, trừ 02/9") == ReadRepetition(lunar=rule, excluded_days=(date(2026, 9, 2),))


@given(recurrences(), st.booleans())
def test_a_rule_in_words_reads_back(rule: Recurrence, marked: bool) -> None:  # noqa: FBT001 -- hypothesis draws it
    is_mixed = len({each.ordinal is None for each in rule.by_weekday}) > 1
    words = describe(rule)
    if is_mixed:
        with pytest.raises(ValueError, match="Hãy ghi rõ tuần thứ mấy cho từng thứ"):
            read_repetition(words, START)
        return
    week_start = rule.week_start if "tuần bắt đầu" in words else 0  # elsewhere it means nothing
    found = read_repetition(words if marked else strip_marks(words), START)
    assert found == ReadRepetition(rule=replace(rule, week_start=week_start))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hằng tuần và rồi thôi, T2", f"Không hiểu «rồi thôi» trong cách lặp; {EXAMPLE}."),
        ("T9", f"Không hiểu «T9» trong cách lặp; {EXAMPLE}."),
        ("mùng 2/9", "«mùng 2/9» là ngày âm lịch hay dương lịch? Hãy ghi thêm «âm lịch» hoặc «dương lịch»."),
        (
            "ngày 27/7 và 22/12",
            "«27/7 va 22/12» là các ngày ở nhiều tháng khác nhau; hãy tách thành các hoạt động riêng.",
        ),
        (
            "ngày 8 tháng 8, ngày 2 tháng 9",
            f"Cách lặp nói hai điều khác nhau; hãy tách thành hai hoạt động, hoặc {EXAMPLE[4:]}.",
        ),
        ("10 buổi", f"Chưa nêu lặp lại khi nào; {EXAMPLE}."),
        ("hằng ngày đến 31/2", "Không có ngày 31/2 trong lịch; hãy kiểm tra lại ngày và tháng."),
        ("hằng ngày đến 31/02/2026", "Không có ngày 31/02/2026 trong lịch; hãy kiểm tra lại ngày và tháng."),
        ("hằng ngày đến hết tháng 13", "Không có tháng 13; tháng phải từ 1 đến 12."),
        ("hằng ngày, 3 buổi, đến 1/2", "Chỉ chọn một trong hai: số buổi hoặc ngày kết thúc."),
        (
            "thứ Ba tuần thứ 2 và thứ 4",
            "Hãy ghi rõ tuần thứ mấy cho từng thứ, ví dụ «thứ Ba tuần thứ hai, thứ Ba tuần thứ tư».",
        ),
        (
            "hằng tháng trừ Chủ nhật",
            "Chỉ «hằng ngày» hoặc «hằng tuần» mới trừ được thứ, ví dụ «hằng ngày trừ Chủ nhật».",
        ),
    ],
)
def test_what_is_not_understood_is_quoted(text: str, sentence: str) -> None:
    for written in (text, normalize("NFD", text)):
        with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
            read_repetition(written, START)
        assert str(caught.value) == sentence


def test_letters_that_grow_when_folded_are_quoted_folded() -> None:
    with pytest.raises(ValueError, match=r"^Không hiểu «gross» trong cách lặp"):
        read_repetition("groß", START)
