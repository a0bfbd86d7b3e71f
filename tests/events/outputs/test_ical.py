from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

import icalendar
import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from ical.calendar_stream import IcsCalendarStream

from core.intervals import LOCAL_ZONE, Interval
from events.outputs.ical import render_feed
from events.outputs.ical_text import STATUSES, clean
from events.programme.entries import Programme, Series
from tests.events.outputs.programmes import HALL, YARD, at, made_up_programmes, make_days, make_entry

WHAT = (
    "DESCRIPTION:Trưng bày 60 ảnh.\\n\\nĐịa bàn: Huyện Cao Lộc\\nĐơn vị chủ trì: Trung tâm Văn hóa huyện Cao Lộc\\n"
    "Đơn vị phối hợp: Phòng Văn hóa và Thông tin\\nSố lượng: 60 ảnh\\nKế hoạch: Tuyên truyền ASEAN 2023\\n"
    "Trạng thái: Đã duyệt"
)
Row: TypeAlias = tuple[str, str, str, str, str]


def feed(programme: Programme) -> bytes:
    return render_feed(programme, name="Lịch Cao Lộc", base_url="https://pano.example/", description="Công khai")


def rows_of(programme: Programme) -> list[Row]:
    return sorted(
        (
            entry.key.uid,
            written(entry.interval.start, all_day=entry.all_day),
            written(entry.interval.end, all_day=entry.all_day),
            STATUSES[entry.status],
            clean(entry.place_names),
        )
        for entry in programme.entries
    )


def written(moment: date, *, all_day: bool | None = None) -> str:
    if isinstance(moment, datetime):
        local = moment.astimezone(LOCAL_ZONE)
        return local.date().isoformat() if all_day else local.isoformat()
    return moment.isoformat()


def rows_by_recurring_ical_events(content: bytes) -> list[Row]:
    calendar = icalendar.Calendar.from_ical(content)
    found = recurring_ical_events.of(calendar).between(datetime(2020, 1, 1, tzinfo=LOCAL_ZONE), timedelta(days=3000))
    return sorted(
        (
            str(event["UID"]),
            written(event["DTSTART"].dt),
            written(event["DTEND"].dt),
            str(event["STATUS"]),
            str(event.get("LOCATION", "")),
        )
        for event in found
    )


def rows_by_ical(content: bytes) -> list[Row]:
    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    return sorted(
        (
            str(event.uid),
            written(event.start),
            written(event.end),
            str(event.status.value if event.status else ""),
            event.location or "",
        )
        for event in calendar.timeline_tz(LOCAL_ZONE)
    )


def events_of(programme: Programme) -> list[Any]:
    return list(icalendar.Calendar.from_ical(feed(programme)).walk("VEVENT"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(programme=made_up_programmes())
def test_two_readers_see_exactly_the_entries(programme: Programme) -> None:
    content = feed(programme)
    assert rows_by_recurring_ical_events(content) == rows_of(programme)
    assert rows_by_ical(content) == rows_of(programme)


@given(programme=made_up_programmes())
@settings(max_examples=20, deadline=None)
def test_equal_input_gives_equal_bytes_in_short_lines(programme: Programme) -> None:
    content = feed(programme)
    assert content == feed(Programme.of(reversed(programme.entries), series=programme.series))
    assert [line for line in content.split(b"\r\n") if len(line) > 75] == []
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_frame_of_a_feed() -> None:
    lines = feed(Programme.of([])).decode().split("\r\n")
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pano//Lich hoat dong//VI",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Công khai",
        "X-WR-CALDESC:Công khai",
        "NAME:Lịch Cao Lộc",
        "X-WR-CALNAME:Lịch Cao Lộc",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "URL:https://pano.example",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Ho_Chi_Minh",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:+07",
        "TZOFFSETFROM:+0700",
        "TZOFFSETTO:+0700",
        "END:STANDARD",
        "END:VTIMEZONE",
        "END:VCALENDAR",
        "",
    ]


def test_a_feed_without_a_description_has_none() -> None:
    content = render_feed(Programme.of([]), name="Lịch", base_url="https://pano.example", refresh_hours=6)
    assert b"DESC" not in content
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in content


def test_a_timed_event_line_by_line() -> None:
    (event,) = events_of(Programme.of([make_entry(sequence=3)]))
    assert event.to_ical().decode().replace("\r\n ", "").split("\r\n")[1:-2] == [
        "SUMMARY:Triển lãm ảnh ASEAN",
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20230808T193000",
        "DTEND;TZID=Asia/Ho_Chi_Minh:20230808T213000",
        "DTSTAMP:20230601T010000Z",
        "UID:a1@pano",
        "SEQUENCE:3",
        "CATEGORIES:Triển lãm,ND1",
        WHAT,
        "GEO:21.8665;106.76833",
        "LAST-MODIFIED:20230601T010000Z",
        "LOCATION:Nhà văn hoá Cao Lộc",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://pano.example/activities/a1@pano/",
        'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=100;X-TITLE="Nhà văn hoá Cao Lộc":geo:21.8665,106.76833',
    ]


def test_an_all_day_event_ends_on_the_day_after_its_last() -> None:
    (event,) = events_of(Programme.of([make_days(date(2023, 7, 25), 7)]))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2023, 7, 25), date(2023, 8, 1))
    assert event["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize("places", [(), (YARD,), (HALL, YARD)])
def test_without_exactly_one_known_point_there_is_no_geo(places: tuple[object, ...]) -> None:
    (event,) = events_of(Programme.of([make_entry(places=places)]))
    assert "GEO" not in event
    assert "X-APPLE-STRUCTURED-LOCATION" not in event
    assert ("LOCATION" in event) == bool(places)


def test_notes_never_leave() -> None:
    assert "Bảy" not in feed(Programme.of([make_entry()])).decode().replace("\r\n ", "")


def test_control_characters_and_quotes_cannot_break_a_line() -> None:
    place = replace(HALL, name='Nhà "Văn\u2028hoá"\x00')
    (event,) = events_of(Programme.of([make_entry(title="Một\r\nBEGIN:VEVENT\x07", places=(place,))]))
    assert event["SUMMARY"] == "Một\nBEGIN:VEVENT"
    assert event["LOCATION"] == 'Nhà "Văn\nhoá"'
    assert event["X-APPLE-STRUCTURED-LOCATION"].params["X-TITLE"] == "Nhà 'Văn hoá'"


def test_a_cancelled_event_stays_and_says_so() -> None:
    (event,) = events_of(Programme.of([make_entry(status="postponed", status_label="Hoãn")]))
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "[Hoãn] Triển lãm ảnh ASEAN")


def weekly(**changes: object) -> Series:
    starts = tuple(at() + timedelta(days=7 * each) for each in range(4))
    series = Series(
        uid="a1@pano",
        start=starts[0],
        end=starts[0] + timedelta(hours=2),
        all_day=False,
        rrule="FREQ=WEEKLY;COUNT=4",
        rule_dates=starts,
        extra_dates=(),
    )
    return replace(series, **changes)  # type: ignore[arg-type]


def test_a_series_says_its_rule_and_all_that_differs() -> None:
    whole = weekly()
    entries = [make_entry(start) for start in whole.rule_dates[1:3]]
    moved = entries[1].changed(interval=Interval(at(day=23), at(day=23, hour=22)), sequence=2)
    extra = make_entry(at(month=9, day=1))
    master, override = events_of(Programme.of([entries[0], moved, extra], series=[whole]))
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4"
    assert master["DTSTART"].dt == at()
    assert [each.dt for each in master["EXDATE"].dts] == [at(), at(day=29)]
    assert [each.dt for each in master["RDATE"].dts] == [at(month=9, day=1)]
    assert master["SEQUENCE"] == 2
    assert override["RECURRENCE-ID"].dt == at(day=22)
    assert (override["DTSTART"].dt, override["DTEND"].dt) == (at(day=23), at(day=23, hour=22))


@pytest.mark.parametrize(("all_day", "until"), [(False, "20230829T123000Z"), (True, "20230829")])
def test_a_rule_without_an_end_is_ended_where_the_plan_ends(*, all_day: bool, until: str) -> None:
    whole = weekly(rrule="FREQ=WEEKLY", all_day=all_day)
    (master, *_) = events_of(Programme.of([make_entry(start) for start in whole.rule_dates], series=[whole]))
    assert master["RRULE"].to_ical().decode() == f"FREQ=WEEKLY;UNTIL={until}"


def test_several_dates_without_a_series_are_still_all_said() -> None:
    programme = Programme.of([make_entry(at(day=day)) for day in (8, 10, 15)])
    (event,) = events_of(programme)
    assert event["RRULE"].to_ical() == b"FREQ=DAILY;COUNT=1"
    assert rows_by_recurring_ical_events(feed(programme)) == rows_of(programme)
