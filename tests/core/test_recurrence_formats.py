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
    assert from_rrule(to_rrule(rule, start, all_day=all_day), start) == rule


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
        ("20231130", date(2023, 11, 30)),
    ],
)
def test_until_before_the_evening_leaves_that_evening_out(until: str, last: date) -> None:
    assert from_rrule(f"FREQ=DAILY;UNTIL={until}", EVENING.astimezone(UTC)).until == last


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Tần suất lặp «» không được hỗ trợ; chỉ có ngày, tuần, tháng, năm."),
        ("FREQ=HOURLY", "Tần suất lặp «HOURLY» không được hỗ trợ; chỉ có ngày, tuần, tháng, năm."),
        ("FREQ=YEARLY;BYWEEKNO=20;BYEASTER=0", "Không hỗ trợ phần BYEASTER, BYWEEKNO của quy tắc lặp."),
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


@pytest.mark.parametrize("params", ["byweekday=MO", "byweekday:0,2", "until:20231130", "byday:MO", "byhour:8"])
def test_wrong_params_are_refused_not_dropped(params: str) -> None:
    with pytest.raises(ValueError, match=r"viết sai|không phải là thứ|không được phép|Không hỗ trợ"):
        from_params("WEEKLY", params)
