from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from events.outputs.ical import FeedFrame, render_activity, render_feed, with_alarms
from events.programme.entries import Programme
from tests.events.outputs.programmes import at, make_days, make_entry

BASE = "https://pano.example"


def alarms(text: str) -> list[tuple[str, object, str, str]]:
    calendar: Any = icalendar.Calendar.from_ical(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{text}END:VCALENDAR\r\n"
    )
    return [
        (str(event["UID"]), alarm["TRIGGER"].dt, str(alarm["ACTION"]), str(alarm["DESCRIPTION"]))
        for event in calendar.walk("VEVENT")
        for alarm in event.walk("VALARM")
    ]


@pytest.mark.parametrize("minutes", [0, 5, 60, 90, 1440, 10080])
def test_a_timed_event_is_announced_so_many_minutes_before(minutes: int) -> None:
    text = with_alarms(render_activity([make_entry()], None, base_url=BASE), minutes=minutes)
    assert alarms(text) == [("a1@pano", -timedelta(minutes=minutes), "DISPLAY", "Triển lãm ảnh ASEAN")]


@pytest.mark.parametrize(("minutes", "hours"), [(0, 8), (15, 8), (1439, 8), (1440, -16), (4320, -64)])
def test_whole_days_are_announced_at_eight_in_the_morning(minutes: int, hours: int) -> None:
    text = with_alarms(render_activity([make_days(date(2023, 8, 8), 2)], None, base_url=BASE), minutes=minutes)
    assert alarms(text) == [("a1@pano", timedelta(hours=hours), "DISPLAY", "Triển lãm ảnh ASEAN")]


def test_nobody_is_reminded_of_what_is_off_whatever_its_title_says() -> None:
    entry = make_entry(title="Một\nBEGIN:VEVENT\nSTATUS:CONFIRMED", status="cancelled", status_label="Đã huỷ")
    text = render_activity([entry], None, base_url=BASE)
    assert with_alarms(text, minutes=15) == text


def test_titles_that_look_like_lines_of_a_calendar_are_only_titles() -> None:
    title = "BEGIN:VEVENT\nEND:VEVENT\nSTATUS:CANCELLED, " + "dài " * 80 + "thật"
    text = with_alarms(render_activity([make_entry(title=title)], None, base_url=BASE), minutes=15)
    assert [alarm[3] for alarm in alarms(text)] == [title]


def test_what_has_no_title_is_announced_all_the_same() -> None:
    text = with_alarms(render_activity([make_entry(title="\x00")], None, base_url=BASE), minutes=15)
    assert [alarm[3] for alarm in alarms(text)] == ["Nhắc lịch"]


def test_an_alarm_has_a_name_of_its_own_that_stays() -> None:
    entries = [make_entry(), make_entry(at(day=9), uid="a2@pano")]
    frame = FeedFrame(name="Lịch", url=BASE)
    feeds = [render_feed(Programme.of(entries), frame, base_url=BASE, alarm_minutes=each) for each in (15, 15, 30)]
    assert feeds[0] == feeds[1]
    names = {str(alarm["UID"]) for feed in feeds for alarm in icalendar.Calendar.from_ical(feed).walk("VALARM")}
    assert len(names) == 4


@pytest.mark.parametrize("text", ["", "X", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "\r\nBEGIN:VTODO\r\nEND:VTODO\r\n"])
def test_text_without_events_comes_back_as_it_is(text: str) -> None:
    assert with_alarms(text, minutes=5) == text
