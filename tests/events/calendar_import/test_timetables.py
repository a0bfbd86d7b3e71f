"""When a foreign series takes place: zones, rules, exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from events.calendar_import.calendar import read_calendar
from events.calendar_import.series import series_of
from events.calendar_import.timetable import Timetable, timetable_of
from events.calendar_import.zones import known_name
from tests.events.calendar_import.makers import calendar, event

BERLIN = """BEGIN:VTIMEZONE
TZID:Xứ lạ
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""
OFFSETS = "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200"
MANY_DATES = "RDATE:" + ",".join(f"20250101T{hour:02}{minute:02}00" for hour in range(20) for minute in range(25))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def table(*parts: str) -> Timetable:
    found = read_calendar(calendar(*parts), progress=lambda _done, _total: None)
    assert [each.sentence for each in found.refusals] == []
    (series,), _refused = series_of(found.events)
    return timetable_of(series.master, until=date(2027, 12, 31))


def told(found: Timetable) -> list[str]:
    return [f"{start:%d/%m/%y %H:%M}" for start in found.starts]


@pytest.mark.parametrize(
    ("start", "local"),
    [
        ("DTSTART:20260808T193000", "08/08/26 19:30"),
        ("DTSTART:20260808T193000Z", "09/08/26 02:30"),
        ("DTSTART;TZID=Asia/Ho_Chi_Minh:20260808T193000", "08/08/26 19:30"),
        ("DTSTART;TZID=SE Asia Standard Time:20260808T193000", "08/08/26 19:30"),
        ("DTSTART;TZID=Europe/Berlin:20260808T140000", "08/08/26 19:00"),
        ("DTSTART;TZID=Europe/Berlin:20261208T140000", "08/12/26 20:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261208T140000", "08/12/26 20:00"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261208T140000", "08/12/26 20:00"),
        ("DTSTART;TZID=america/new_york:20260808T080000", "08/08/26 19:00"),
        ("DTSTART;TZID=Xứ lạ:20260808T140000", "08/08/26 19:00"),
        ("DTSTART;TZID=Xứ lạ:20261208T140000", "08/12/26 20:00"),
        ("DTSTART;TZID=Xứ lạ:20260329T010000", "29/03/26 07:00"),
        ("DTSTART;TZID=Xứ lạ:20260329T030000", "29/03/26 08:00"),
        ("DTSTART;VALUE=DATE:20260808", "08/08/26 00:00"),
    ],
)
def test_each_way_to_tell_a_time_becomes_vietnams(start: str, local: str) -> None:
    assert told(table(BERLIN, event(start=start))) == [local]


def test_a_rule_in_vietnams_time_is_kept() -> None:
    found = table(event("RRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=3"))
    assert (found.recurrence is not None, found.extra_dates) == (True, ())
    assert told(found) == ["08/08/26 19:30", "15/08/26 19:30", "22/08/26 19:30"]


def test_a_rule_of_another_clock_is_kept_where_it_says_the_same_here() -> None:
    found = table(event("RRULE:FREQ=DAILY;COUNT=3", start="DTSTART;TZID=Asia/Tokyo:20260808T193000"))
    assert (found.recurrence is not None, told(found)[-1]) == (True, "10/08/26 17:30")


def test_a_rule_over_a_change_of_the_clock_becomes_dates() -> None:
    zone = "TZID=Europe/Berlin"
    found = table(
        event("RRULE:FREQ=WEEKLY;COUNT=3", f"EXDATE;{zone}:20261024T100000", start=f"DTSTART;{zone}:20261017T100000")
    )
    assert (found.recurrence, told(found)) == (None, ["17/10/26 15:00", "31/10/26 16:00"])
    assert found.notes == ("Its dates are written out one by one: no single rule says them in Vietnam's time.",)


def test_a_day_that_shifts_becomes_dates_and_what_never_ends_is_told() -> None:
    found = table(event("RRULE:FREQ=MONTHLY;BYMONTHDAY=31", start="DTSTART:20270131T200000Z"))
    assert told(found)[:3] == ["01/02/27 03:00", "01/04/27 03:00", "01/06/27 03:00"]
    assert (found.recurrence, len(found.notes)) == (None, 2)
    assert found.notes[1] == "It never ends: dates to 31/12/2027 are taken; import it again later for those after."


def test_until_in_utc_counts_by_the_moment() -> None:
    start = "DTSTART;TZID=Europe/Berlin:20261017T100000"
    found = table(event("RRULE:FREQ=WEEKLY;UNTIL=20261031T090000Z", start=start))
    assert told(found) == ["17/10/26 15:00", "24/10/26 15:00", "31/10/26 16:00"]
    short = table(event("RRULE:FREQ=WEEKLY;UNTIL=20261031T085959Z", start=start))
    assert told(short) == ["17/10/26 15:00", "24/10/26 15:00"]


def test_extra_dates_periods_and_days_left_out() -> None:
    found = table(
        event("RDATE:20260901T080000", "RDATE;VALUE=PERIOD:20260902T080000/PT3H", "EXDATE;VALUE=DATE:20260901")
    )
    assert told(found) == ["08/08/26 19:30", "02/09/26 08:00"]
    assert [str(length) for length in found.lengths.values()] == ["3:00:00"]


def test_two_rules_together_become_dates() -> None:
    found = table(event("RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=2"))
    assert told(found) == ["08/08/26 19:30", "09/08/26 19:30", "15/08/26 19:30"]


@pytest.mark.parametrize(
    ("lines", "start", "sentence"),
    [
        (("RRULE:FREQ=DAILY;COUNT=1000000000",), "DTSTART:20260808T193000", "«1000000000»"),
        (("RRULE:FREQ=SECONDLY",), "DTSTART:20260808T193000", "Tần suất lặp «SECONDLY»"),
        (("RRULE:FREQ=DAILY",), "DTSTART:19760808T193000", "hơn 1000 buổi"),
        (("RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260808T193000,20260809T193000"), "DTSTART:20260808T193000", "EXDATE"),
        (("RRULE:FREQ=DAILY;UNTIL=99991231T235959Z",), "DTSTART:20260808T193000Z", "cannot be read"),
        (("RRULE:FREQ=DAILY;UNTIL=20250101T000000Z",), "DTSTART:20260808T193000Z", "Cách lặp này không có buổi"),
        (("RRULE:FREQ=DAILY;COUNT=600", MANY_DATES), "DTSTART:20260808T193000", "more than 1,000"),
        (("RRULE:FREQ=DAILY;COUNT=1;UNTIL=20260101",), "DTSTART;TZID=Europe/Berlin:20260808T193000", "Chỉ chọn một"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_has_its_sentence(lines: tuple[str, ...], start: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        table(event(*lines, start=start))


def test_a_series_whose_end_lies_before_its_begin_is_refused() -> None:
    start = "DTSTART;TZID=Europe/Berlin:20260808T193000"
    with pytest.raises(ValueError, match="Its first date does not fit"):
        table(event("RRULE:FREQ=DAILY;UNTIL=20260808T100000Z", start=start))


@pytest.mark.parametrize(
    "block",
    [
        "TZOFFSETFROM:+0100",
        "DTSTART:20200101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+9900",
        f"DTSTART:x\r\n{OFFSETS}",
        f"DTSTART:P1D\r\n{OFFSETS}",
        f"DTSTART:20200101T000000\r\nRRULE:FREQ=DAILY\r\n{OFFSETS}",
        "DTSTART:20200101T000000\r\nRDATE:" + ",".join(["20200101T000000"] * 401) + f"\r\n{OFFSETS}",
    ],
)
def test_a_zone_that_is_defined_wrongly_refuses_its_events_alone(block: str) -> None:
    zone = f"BEGIN:VTIMEZONE\r\nTZID:Hỏng\r\nBEGIN:STANDARD\r\n{block}\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    content = calendar(zone, event(start="DTSTART;TZID=Hỏng:20260808T193000"), event(uid="e2"))
    found = read_calendar(content, progress=lambda _done, _total: None)
    assert [each.uid for each in found.events] == ["e2"]
    assert [each.sentence for each in found.refusals] == ["The file defines the time zone “Hỏng” wrongly."]


@pytest.mark.parametrize("middle", ["", "BEGIN:STANDARD\r\nEND:STANDARD\r\n" * 101, "BEGIN:STANDARD\r\n" * 30])
def test_a_zone_without_parts_or_with_too_many(middle: str) -> None:
    content = calendar(
        f"BEGIN:VTIMEZONE\r\nTZID:Hỏng\r\n{middle}END:VTIMEZONE", event(start="DTSTART;TZID=Hỏng:20260808T193000")
    )
    found = read_calendar(content, progress=lambda _done, _total: None)
    assert [each.sentence for each in found.refusals] == ["The file defines the time zone “Hỏng” wrongly."]


def test_a_zone_of_fixed_dates_and_one_that_is_vietnams() -> None:
    fixed = (
        "BEGIN:VTIMEZONE\r\nTZID:Cố định\r\nBEGIN:STANDARD\r\nDTSTART;VALUE=DATE:20200101\r\nRDATE:20260601T000000\r\n"
        "TZOFFSETFROM:+0700\r\nTZOFFSETTO:+0700\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    )
    found = table(fixed, event("RRULE:FREQ=DAILY;COUNT=2", start="DTSTART;TZID=Cố định:20260808T193000"))
    assert (found.recurrence is not None, told(found)[0]) == (True, "08/08/26 19:30")


def test_names_of_zones() -> None:
    names = ("Asia", "../etc/passwd", "/Europe/Stockholm", "GMT", "")
    assert [known_name(name) for name in names] == [None, None, "Europe/Stockholm", "GMT", None]
