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
from events.outputs.ical import FeedFrame, render_activity, render_feed
from events.outputs.ical_lines import clean
from events.outputs.ical_text import STATUSES
from events.programme.entries import Programme, ProgrammeEntry, Series
from tests.events.outputs.programmes import HALL, YARD, at, made_up_programmes, make_days, make_entry

WHAT = (
    "DESCRIPTION:Trưng bày 60 ảnh.\\n\\nĐịa bàn: Huyện Cao Lộc\\nĐơn vị chủ trì: Trung tâm Văn hóa huyện Cao Lộc\\n"
    "Đơn vị phối hợp: Phòng Văn hóa và Thông tin\\nSố lượng: 60 ảnh\\nKế hoạch: Tuyên truyền ASEAN 2023\\n"
    "Trạng thái: Đã duyệt"
)
FRAME = FeedFrame(
    name="Lịch Cao Lộc",
    url="https://pano.example/feeds/?area=cao-loc",
    source="https://pano.example/feeds/area/cao-loc.ics",
    description="Công khai",
)
Row: TypeAlias = tuple[str, str, str, str, str]


def feed(programme: Programme) -> bytes:
    return render_feed(programme, FRAME, base_url="https://pano.example/")


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


def activity_of(uid: object) -> str:
    """The activity's UID: dates beside a rule have the occurrence's key."""
    return str(uid).partition("~")[0]


def rows_by_recurring_ical_events(content: bytes) -> list[Row]:
    calendar = icalendar.Calendar.from_ical(content)
    found = recurring_ical_events.of(calendar).between(datetime(2020, 1, 1, tzinfo=LOCAL_ZONE), timedelta(days=3000))
    return sorted(
        (
            activity_of(event["UID"]),
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
            activity_of(event.uid),
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


def lines_of(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_the_frame_of_a_feed() -> None:
    assert lines_of(feed(Programme.of([]))) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pano//Lich hoat dong//VI",
        "CALSCALE:GREGORIAN",
        "NAME:Lịch Cao Lộc",
        "X-WR-CALNAME:Lịch Cao Lộc",
        "DESCRIPTION:Công khai",
        "X-WR-CALDESC:Công khai",
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
        "COLOR:midnightblue",
        "X-APPLE-CALENDAR-COLOR:#1c3f75",
        "URL:https://pano.example/feeds/?area=cao-loc",
        "SOURCE;VALUE=URI:https://pano.example/feeds/area/cao-loc.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Ho_Chi_Minh",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0700",
        "TZOFFSETTO:+0700",
        "TZNAME:+07",
        "END:STANDARD",
        "END:VTIMEZONE",
        "END:VCALENDAR",
        "",
    ]


def test_a_feed_says_when_anything_in_it_last_changed_and_only_what_it_is_told() -> None:
    frame = FeedFrame(name="Lịch", url="https://pano.example", refresh_hours=6)
    later = make_entry(at(day=9), uid="a2@pano", last_modified=at(month=7))
    lines = lines_of(render_feed(Programme.of([make_entry(), later]), frame, base_url="https://pano.example"))
    assert [line for line in lines[:20] if line.startswith(("LAST-", "SOURCE", "DESC", "X-WR-CALDESC", "X-PUB"))] == [
        "LAST-MODIFIED:20230708T123000Z",
        "X-PUBLISHED-TTL:PT6H",
    ]


def test_a_timed_event_line_by_line() -> None:
    entry = make_entry(sequence=3, contact="Phòng VHTT Cao Lộc, 0205 3 861 234")
    assert lines_of(render_activity([entry], None, base_url="https://pano.example/").encode()) == [
        "BEGIN:VEVENT",
        "UID:a1@pano",
        "DTSTAMP:20230601T010000Z",
        "LAST-MODIFIED:20230601T010000Z",
        "SEQUENCE:3",
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20230808T193000",
        "DTEND;TZID=Asia/Ho_Chi_Minh:20230808T213000",
        "SUMMARY:Triển lãm ảnh ASEAN",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        WHAT,
        "CATEGORIES:Triển lãm,ND1",
        "COLOR:brown",
        "URL:https://pano.example/activities/a1@pano/",
        "CONTACT:Phòng VHTT Cao Lộc\\, 0205 3 861 234",
        "LOCATION:Nhà văn hoá Cao Lộc",
        "GEO:21.8665;106.76833",
        'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=100;X-TITLE="Nhà văn hoá Cao Lộc":geo:21.8665,106.76833',
        "BEGIN:VLOCATION",
        "UID:V-CL-01",
        "NAME:Nhà văn hoá Cao Lộc",
        "GEO:21.8665;106.76833",
        "END:VLOCATION",
        "END:VEVENT",
        "",
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
    assert event["X-APPLE-STRUCTURED-LOCATION"].params["X-TITLE"] == event["LOCATION"]


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


def part(start: datetime, **changes: Any) -> ProgrammeEntry:
    return make_entry(start, is_recurring=True, **changes)


def test_a_series_says_its_rule_and_all_that_differs() -> None:
    whole = weekly()
    kept, moved = (part(start, sequence=2) for start in whole.rule_dates[1:3])
    moved = moved.changed(interval=Interval(at(day=23), at(day=23, hour=22)))
    master, override = events_of(Programme.of([kept, moved], series=[whole]))
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4"
    assert master["DTSTART"].dt == at()
    assert [each.dt for each in master["EXDATE"].dts] == [at(), at(day=29)]
    assert (master["SEQUENCE"], master["URL"]) == (2, "https://pano.example/activities/a1@pano/")
    assert override["RECURRENCE-ID"].dt == at(day=22)
    assert (override["DTSTART"].dt, override["DTEND"].dt) == (at(day=23), at(day=23, hour=22))
    assert override["URL"] == "https://pano.example/activities/a1@pano/?occurrence=20230822T123000Z"


def test_a_date_beside_the_rule_is_an_event_of_its_own_for_good() -> None:
    whole, extra = weekly(), part(at(month=9, day=1))
    for each in (extra, extra.changed(interval=Interval(at(month=9, day=3), at(month=9, day=3, hour=21)))):
        *_, event = events_of(Programme.of([*map(part, whole.rule_dates), each], series=[whole]))
        assert (event["UID"], "RECURRENCE-ID" in event) == ("a1@pano~20230901T123000Z", False)
    (alone,) = events_of(Programme.of([extra], series=[whole]))
    assert (alone["UID"], "RRULE" in alone) == ("a1@pano~20230901T123000Z", False)


@pytest.mark.parametrize(("all_day", "until"), [(False, "20230829T123000Z"), (True, "20230829")])
def test_a_rule_without_an_end_is_ended_where_the_plan_ends(*, all_day: bool, until: str) -> None:
    whole = weekly(rrule="FREQ=WEEKLY", all_day=all_day)
    (master, *_) = events_of(Programme.of([part(start) for start in whole.rule_dates], series=[whole]))
    assert master["RRULE"].to_ical().decode() == f"FREQ=WEEKLY;UNTIL={until}"


def test_dates_without_a_rule_are_events_of_their_own_and_the_first_keeps_the_uid() -> None:
    dates = [at(day=day) for day in (8, 10, 15)]
    series = weekly(rrule=None, rule_dates=(dates[0],), extra_dates=tuple(dates[1:]))
    programme = Programme.of([part(start) for start in dates], series=[series])
    names = ["a1@pano", "a1@pano~20230810T123000Z", "a1@pano~20230815T123000Z"]
    assert [event["UID"] for event in events_of(programme)] == names
    assert rows_by_recurring_ical_events(feed(programme)) == rows_of(programme)
    without = Programme.of(programme.entries)
    assert [event["UID"] for event in events_of(without)] == ["a1@pano~20230808T123000Z", *names[1:]]


def test_one_date_called_off_stays_as_such_while_the_rest_goes_on() -> None:
    whole = weekly()
    entries = [part(start, status="cancelled", status_label="Đã huỷ") for start in whole.rule_dates]
    master, override = events_of(Programme.of([*entries[:3], part(whole.rule_dates[3])], series=[whole]))[::3]
    assert (master["STATUS"], master["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert (override["STATUS"], override["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    (master,) = events_of(Programme.of(entries, series=[whole]))
    assert (master["STATUS"], master["SUMMARY"]) == ("CANCELLED", "[Đã huỷ] Triển lãm ảnh ASEAN")
