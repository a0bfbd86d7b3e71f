from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.intervals import LOCAL_ZONE
from core.recurrence import (
    Frequency,
    Recurrence,
    Weekday,
    first_match,
    from_params,
    from_rrule,
    to_params,
    to_rrule,
)
from tests.core.rules import recurrences

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
EVENING = datetime(2023, 8, 7, 19, 30, tzinfo=LOCAL_ZONE)  # a Monday
WEEKDAYS = Recurrence(freq=WEEKLY, interval=2, by_weekday=(Weekday(0), Weekday(2)), until=date(2023, 11, 30))
LAST_FRIDAY = Recurrence(freq=MONTHLY, by_weekday=(Weekday(4, -1),), count=6)
WORKING_DAY = Recurrence(
    freq=YEARLY, by_month=(8, 9), by_weekday=(Weekday(0), Weekday(1)), by_set_position=(1, -1), week_start=6
)


def test_until_of_a_timed_rule_is_the_days_last_second_in_utc() -> None:
    assert to_rrule(WEEKDAYS, EVENING) == "FREQ=WEEKLY;UNTIL=20231130T165959Z;INTERVAL=2;BYDAY=MO,WE"


def test_until_of_an_all_day_rule_is_a_date() -> None:
    assert to_rrule(WEEKDAYS, EVENING, all_day=True) == "FREQ=WEEKLY;UNTIL=20231130;INTERVAL=2;BYDAY=MO,WE"


def test_every_part_is_written() -> None:
    written = "FREQ=YEARLY;BYMONTH=8,9;BYDAY=MO,TU;BYSETPOS=1,-1;WKST=SU"
    assert to_rrule(WORKING_DAY, first_match(WORKING_DAY, EVENING)) == written
    assert to_rrule(LAST_FRIDAY, first_match(LAST_FRIDAY, EVENING)) == "FREQ=MONTHLY;COUNT=6;BYDAY=-1FR"


def test_a_start_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="không khớp với cách lặp"):
        to_rrule(LAST_FRIDAY, EVENING)


@settings(deadline=None)
@given(recurrences(), st.booleans())
def test_rrule_text_reads_back(rule: Recurrence, all_day: bool) -> None:  # noqa: FBT001 -- hypothesis draws it
    try:
        start = first_match(rule, EVENING)
    except ValueError:
        assume(False)
    assert from_rrule(to_rrule(rule, start, all_day=all_day), start, all_day=all_day) == rule


@settings(deadline=None)
@given(recurrences())
def test_params_read_back(rule: Recurrence) -> None:
    assert from_params(rule.freq, to_params(rule), until=rule.until) == rule


@pytest.mark.parametrize(
    ("rule", "params"),
    [
        (Recurrence(freq=DAILY), ""),
        (WEEKDAYS, "interval:2;byweekday:MO,WE"),
        (LAST_FRIDAY, "count:6;byweekday:-1FR"),
        (Recurrence(freq=MONTHLY, by_month_day=(1, 15)), "bymonthday:1,15"),
        (Recurrence(freq=YEARLY, by_year_day=(100, -1)), "byyearday:100,-1"),
        (Recurrence(freq=YEARLY, by_week_no=(20, 1), by_weekday=(Weekday(0),)), "byweekno:20,1;byweekday:MO"),
        (WORKING_DAY, "bymonth:8,9;byweekday:MO,TU;bysetpos:1,-1;wkst:SU"),
    ],
)
def test_params_are_django_schedulers(rule: Recurrence, params: str) -> None:
    assert to_params(rule) == params


def test_reading_is_lenient_about_case_spaces_and_prefix() -> None:
    assert from_rrule(" rrule:freq=monthly; byday=+1mo ;") == Recurrence(freq=MONTHLY, by_weekday=(Weekday(0, 1),))
    assert from_params("weekly", "byweekday: MO, WE") == replace(WEEKDAYS, interval=1, until=None)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20231130", date(2023, 11, 30)),
        ("20231130T165959Z", date(2023, 11, 30)),
        ("20231130T170000Z", date(2023, 12, 1)),
        ("20231130T193000", date(2023, 11, 30)),
    ],
)
def test_until_becomes_its_local_day(until: str, last: date) -> None:
    assert from_rrule(f"FREQ=DAILY;UNTIL={until}").until == last


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20231130T000000Z", date(2023, 11, 29)),
        ("20231130T123000Z", date(2023, 11, 30)),
        ("20231130", date(2023, 11, 29)),
    ],
)
def test_until_before_the_evening_leaves_that_evening_out(until: str, last: date) -> None:
    assert from_rrule(f"FREQ=DAILY;UNTIL={until}", EVENING.astimezone(UTC)).until == last


@pytest.mark.parametrize("until", ["20231130", "20231130T000000", "20231130T220000Z"])
def test_until_of_an_all_day_series_is_a_day(until: str) -> None:
    assert from_rrule(f"FREQ=DAILY;UNTIL={until}", EVENING, all_day=True).until == date(2023, 11, 30)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Tần suất lặp «» không được hỗ trợ; chỉ có ngày, tuần, tháng, năm."),
        ("FREQ=HOURLY", "Tần suất lặp «HOURLY» không được hỗ trợ; hãy lập mỗi giờ một hoạt động."),
        ("FREQ=FORTNIGHTLY", "Tần suất lặp «FORTNIGHTLY» không được hỗ trợ; chỉ có ngày, tuần, tháng, năm."),
        ("FREQ=YEARLY;BYEASTER=0;X=1", "Không hỗ trợ phần BYEASTER, X của quy tắc lặp."),
        (
            "RSCALE=CHINESE;FREQ=YEARLY",
            "Không hỗ trợ lịch khác (RSCALE) trong quy tắc lặp; hãy chọn lặp theo ngày âm lịch.",
        ),
        ("FREQ=DAILY;COUNT=2;UNTIL=20231130", "Chỉ chọn một trong hai: số buổi hoặc ngày kết thúc."),
        (
            "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
            "Một tuần chỉ chọn 1 thứ nên không có vị trí này; hãy chọn chính thứ đó.",
        ),
        ("FREQ=DAILY;COUNT", "Quy tắc lặp «FREQ=DAILY;COUNT» viết sai ở «COUNT»."),
        ("FREQ=DAILY;COUNT=", "Quy tắc lặp «FREQ=DAILY;COUNT=» viết sai ở «COUNT=»."),
        ("FREQ=DAILY;FREQ=DAILY", "Quy tắc lặp «FREQ=DAILY;FREQ=DAILY» viết sai ở «FREQ=DAILY»."),
        ("FREQ=DAILY;COUNT=x", "«X» trong quy tắc lặp không phải là số nguyên."),
        ("FREQ=WEEKLY;BYDAY=MO,T2", "«T2» trong quy tắc lặp không phải là thứ trong tuần."),
        ("FREQ=DAILY;UNTIL=2023-11-30", "Ngày kết thúc «2023-11-30» của quy tắc lặp viết sai."),
        ("FREQ=DAILY;UNTIL=20230230", "Ngày kết thúc «20230230» của quy tắc lặp viết sai."),
    ],
)
def test_wrong_rrule_text_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the message is compared below
        from_rrule(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("FREQ=WEEKLY;BYDAY=WE,SA;BYSETPOS=2", "FREQ=WEEKLY;BYDAY=SA"),
        ("FREQ=WEEKLY;BYDAY=SU,WE,MO;BYSETPOS=-1,1;WKST=SU", "FREQ=WEEKLY;BYDAY=SU,WE;WKST=SU"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=3,-1", "FREQ=DAILY;BYDAY=MO"),
        ("FREQ=DAILY;BYMONTHDAY=-1;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=-1;BYDAY=FR"),
        ("FREQ=YEARLY;BYMONTHDAY=1,15", "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=1,15"),
        ("FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
        ("FREQ=YEARLY;BYYEARDAY=1", "FREQ=YEARLY;BYYEARDAY=1"),
        ("FREQ=DAILY;BYHOUR=19;BYMINUTE=30;BYSECOND=00", "FREQ=DAILY"),
        ("FREQ=MONTHLY;BYDAY=1MO,+1MO;BYMONTH=8,8", "FREQ=MONTHLY;BYMONTH=8;BYDAY=1MO"),
    ],
)
def test_a_rule_is_read_in_words_that_all_calendars_understand(written: str, understood: str) -> None:
    assert from_rrule(written, EVENING) == from_rrule(understood)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("FREQ=DAILY;INTERVAL=2;BYMONTHDAY=-1", "Lặp hằng ngày không đếm được ngày từ cuối tháng"),
        ("FREQ=DAILY;BYMONTHDAY=-1;BYSETPOS=2", "Lặp hằng ngày không đếm được ngày từ cuối tháng"),
        ("FREQ=YEARLY;BYMONTHDAY=-8;BYDAY=-2MO", "phải nêu rõ tháng"),
        ("FREQ=DAILY;BYSETPOS=1", "Chỉ lặp theo tháng hoặc năm mới chọn được vị trí trong kỳ"),
        ("FREQ=WEEKLY;BYDAY=MO,FR;BYMONTH=8;BYSETPOS=1", "Chỉ lặp theo tháng hoặc năm mới chọn được vị trí trong kỳ"),
        ("FREQ=WEEKLY;BYDAY=MO,1MO;BYSETPOS=2", "mới chọn được tuần thứ mấy"),
        ("FREQ=WEEKLY;BYSETPOS=1", "Chỉ lặp theo tháng hoặc năm mới chọn được vị trí trong kỳ"),
        ("FREQ=DAILY;BYHOUR=9,14", "hãy lập mỗi giờ một hoạt động"),
        ("FREQ=DAILY;BYMINUTE=0", "hãy lập mỗi giờ một hoạt động"),
    ],
)
def test_what_calendars_understand_in_different_ways_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_rrule(text, EVENING)


def test_without_a_start_nothing_is_taken_from_it() -> None:
    with pytest.raises(ValueError, match="phải nêu rõ tháng"):
        from_rrule("FREQ=YEARLY;BYMONTHDAY=1")
    with pytest.raises(ValueError, match="không phải là giờ bắt đầu"):
        from_rrule("FREQ=DAILY;BYHOUR=19")


@pytest.mark.parametrize("params", ["byweekday=MO", "byweekday:0,2", "until:20231130", "byday:MO", "byhour:8"])
def test_wrong_params_are_refused_not_dropped(params: str) -> None:
    with pytest.raises(ValueError, match=r"viết sai|không phải là thứ|không được phép|Không hỗ trợ"):
        from_params("WEEKLY", params)
