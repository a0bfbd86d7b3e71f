"""Bytes into events: encodings, broken files, hostile files."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from events.calendar_import.calendar import ForeignCalendar, NotACalendar, read_calendar
from events.calendar_import.pieces import MAX_BYTES
from events.calendar_import.series import series_of
from tests.events.calendar_import.makers import calendar, event


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


LEFT_OUT = "1 component that is no event was left out (%s)."
UNKNOWN_ZONE = "The time zone “%s” is not known and the file does not define it."


def read(content: bytes) -> ForeignCalendar:
    return read_calendar(content, progress=lambda _done, _total: None)


def titles(content: bytes) -> list[str]:
    return [each.title for each in read(content).events]


def sentences(content: bytes) -> list[str]:
    return [each.sentence for each in read(content).refusals]


ACCENTED = calendar(event(summary="Đêm hội Kỳ Lừa"))


@pytest.mark.parametrize(
    "written",
    [
        ACCENTED,
        b"\xef\xbb\xbf" + ACCENTED,
        ACCENTED.decode().encode("utf-16"),
        ACCENTED.decode().encode("utf-16-le"),
        ACCENTED.decode().encode("utf-16-be"),
        ACCENTED.replace(b"\r\n", b"\n"),
        ACCENTED.replace(b"\r\n", b"\r"),
        ACCENTED.replace(b"SUMMARY", b"summary").replace(b"BEGIN", b"begin"),
        ACCENTED.replace("Đêm".encode(), "Đ".encode()[:1] + b"\r\n " + "Đêm".encode()[1:]),
        ACCENTED.replace("ê".encode(), "e\u0302".encode()),
        ACCENTED.replace(b"SUMMARY:", b'SUMMARY;LANGUAGE=vi;X-A="b:c;d":'),
        ACCENTED.replace("hội".encode(), "hội\0".encode()),
    ],
)  # fmt: skip
def test_the_same_title_however_it_is_written(written: bytes) -> None:
    assert titles(written) == ["Đêm hội Kỳ Lừa"]


def test_a_file_in_latin_1_is_read_and_doubted() -> None:
    found = read(calendar(event(summary="Müller")).decode().encode("latin-1"))
    assert [each.title for each in found.events] == ["Müller"]
    assert found.notes == [
        "The file is not written in UTF-8; Vietnamese letters may be wrong. Check titles before saving."
    ]


def test_text_loses_its_escapes_and_nothing_else() -> None:
    found = read(calendar(event("DESCRIPTION:a\\, b\\; c\\\\d\\n<b>e</b> =1+1")))
    assert found.events[0].description == "a, b; c\\d\n<b>e</b> =1+1"


def test_long_words_are_cut_with_a_note() -> None:
    (found,) = read(calendar(event("DESCRIPTION:" + "x" * 20_000, summary="y" * 300))).events
    assert (len(found.title), len(found.description)) == (255, 10_000)
    assert found.notes == ("Its title was cut to 255 characters.", "Its description was cut to 10,000 characters.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is no calendar file: it has no BEGIN:VCALENDAR. Choose a file that ends with .ics."),
        (b"PK\x03\x04", "This is no calendar file: it has no BEGIN:VCALENDAR. Choose a file that ends with .ics."),
        (b"x" * (MAX_BYTES + 1), "The file is larger than 20 MB; split the calendar."),
        (calendar(), "The file holds no event."),
        (
            calendar("BEGIN:VTODO\r\nUID:1\r\nEND:VTODO", "BEGIN:VFREEBUSY\r\nEND:VFREEBUSY"),
            f"The file holds no event. {LEFT_OUT % 'free and busy times'} {LEFT_OUT % 'tasks'}",
        ),
        (
            calendar(event(), head=("METHOD:REPLY",)),
            "This file is an answer to an invitation (METHOD:REPLY), not a calendar.",
        ),
        (
            calendar(event()).replace(b"VERSION:2.0", b"VERSION:1.0"),
            "This is a vCalendar 1.0 file, an older format; save it as iCalendar (.ics).",
        ),
    ],
)
def test_what_is_no_calendar_is_refused_whole(content: bytes, sentence: str) -> None:
    with pytest.raises(NotACalendar) as refusal:
        read(content)
    assert str(refusal.value) == sentence


def test_too_many_events_are_refused_before_any_is_read() -> None:
    with pytest.raises(NotACalendar, match="The file has 20001 events; at most 20,000"):
        read(calendar("BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 20_001))


NO_TIME = "%s has the value “%s”, which is no date or time."
DAY = "DTSTART;VALUE=DATE:20260808"
PERIOD = "RDATE;VALUE=PERIOD:20260101T000000"
FOLLOWING = "RECURRENCE-ID;RANGE=THISANDFUTURE:20260808T193000"
BROKEN = {
    event("DTEND:20260808T183000"): "It ends before it begins.",
    event("DTEND;VALUE=DATE:20260809"): "It begins with a day and ends with a time, or the other way round.",
    event("DURATION:P2000D"): "It lasts more than three years.",
    event("DURATION:x"): NO_TIME % ("DURATION", "x"),
    event("DURATION:PT5H", start=DAY): "It lasts whole days but its duration is not a number of days.",
    event(start="DTSTART:00010101T000000"): "DTSTART: the year 1 lies outside 1976 to 2100.",
    event(start="DTSTART:99991231T235959Z"): "DTSTART: the year 9999 lies outside 1976 to 2100.",
    event(start="DTSTART:20260230T100000"): NO_TIME % ("DTSTART", "20260230T100000"),
    event(start="DTSTART:P1D"): NO_TIME % ("DTSTART", "P1D"),
    event(start="DTSTART;:"): "The line cannot be read: “DTSTART;:”.",
    event(start="X-NONE:1"): "It has no begin (DTSTART).",
    event("EXRULE:FREQ=DAILY"): "It leaves dates out by a rule (EXRULE), which is no longer part of iCalendar.",
    event(*(f"RRULE:FREQ=DAILY;COUNT={n}" for n in range(2, 9))): "It repeats by more than five rules.",
    event("RDATE:" + ",".join(["20260101T000000"] * 2_001)): "RDATE lists more than 2,000 dates.",
    event(f"{PERIOD}/PT0S"): NO_TIME % ("RDATE", "20260101T000000/PT0S"),
    event(f"{PERIOD}/x"): NO_TIME % ("RDATE", "20260101T000000/x"),
    event(FOLLOWING): "It changes an occurrence and all that follow (RANGE), which other programs read differently.",
    event(start="DTSTART;TZID=Sao Hoả:20260808T193000"): UNKNOWN_ZONE % "Sao Hoả",
    event(*["RDATE:20260101T000000"] * 3_001): "It says more than Pano reads of one event (512 KB, 3,000 lines).",
    event("BEGIN:X\r\n" * 21): "Its parts lie within each other too deeply.",
    event().removesuffix("END:VEVENT"): "Its end (END:VEVENT) is missing.",
}


@pytest.mark.parametrize(("broken", "sentence"), BROKEN.items(), ids=range(len(BROKEN)))
def test_a_broken_event_has_its_sentence_and_spoils_no_other(broken: str, sentence: str) -> None:
    content = calendar(broken, event(uid="gut"))
    found = read(content)
    assert [each.sentence for each in found.refusals] == [sentence]
    assert [each.uid for each in found.events] == ["gut"]
    assert (found.refusals[0].number, found.refusals[0].uid, found.refusals[0].title) == (4, "e1@nguon", "Hội thi")


def test_parts_that_lie_too_deeply_within_each_other() -> None:
    deep = "\r\n".join([*["BEGIN:X"] * 30, *["END:X"] * 20])
    assert sentences(calendar(event(deep))) == ["Its parts lie within each other too deeply."]


def test_alarms_and_private_properties_are_passed_over() -> None:
    alarm = "BEGIN:VALARM\r\nTRIGGER:-PT10M\r\nSUMMARY:nhầm\r\nDTSTART:x\r\nEND:VALARM"
    attachment = "ATTACH;ENCODING=BASE64:" + "A" * 1_000_000
    assert titles(calendar(event(alarm, attachment, "X-ALT-DESC:<html>"))) == ["Hội thi"]


def test_the_newer_of_two_versions_is_taken_and_a_lonely_change_is_refused() -> None:
    content = calendar(
        event("SEQUENCE:2", summary="Mới"), event("SEQUENCE:1", summary="Cũ"),
        event("RECURRENCE-ID:20260808T193000", uid="e2"),
    )  # fmt: skip
    series, refusals = series_of(read(content).events)
    assert [each.master.title for each in series] == ["Mới"]
    assert [each.sentence for each in refusals] == [
        "The file holds this event twice; the newer one is taken.",
        "It changes one occurrence of a series that the file does not hold; export the whole series.",
    ]


def test_an_event_without_uid_is_known_by_what_it_says() -> None:
    first, second = (read(calendar(event(uid=""))).events[0].uid for _ in range(2))
    assert (first, first.startswith("sha256:")) == (second, True)
    assert read(calendar(event(uid="u" * 600))).events[0].uid.startswith("sha256:")


def test_a_whole_day_and_an_event_without_end() -> None:
    day, moment, none = read(
        calendar(
            event(start="DTSTART;VALUE=DATE:20260808"),
            event("DURATION:PT0S", uid="e2"),
            event("DTEND;VALUE=DATE:20260808", uid="e3", start="DTSTART;VALUE=DATE:20260808"),
        )
    ).events
    assert [str(each.length) for each in (day, moment, none)] == ["1 day, 0:00:00", "1:00:00", "1 day, 0:00:00"]
    assert moment.notes == ("It says no end; taken as 1 hour.",)
    assert none.notes == ("It says no end; taken as one day.",)


def test_invitations_and_cancellations_are_told() -> None:
    assert read(calendar(event(), head=("METHOD:REQUEST",))).notes == [
        "The file is an invitation; guests and the organiser are not taken over."
    ]
    called_off = read(calendar(event(), head=("METHOD:CANCEL",)))
    assert (called_off.events[0].is_cancelled, called_off.notes) == (
        True, ["The file calls its events off (METHOD:CANCEL)."],
    )  # fmt: skip


HOSTILE: dict[str, Callable[[], bytes]] = {
    "one line of ten megabytes": lambda: calendar(event("DESCRIPTION:" + "x" * 10_000_000)),
    "ten megabytes of folds": lambda: calendar(event("DESCRIPTION:" + "\r\n " * 2_500_000)),
    "twenty megabytes of line ends": lambda: calendar(event()) + b"\n" * 19_000_000,
    "many beginnings": lambda: calendar(event("BEGIN:X\r\n" * 150_000)),
    "two hundred thousand dates": lambda: calendar(event("RDATE:" + ",".join(["20260101T000000Z"] * 200_000))),
    "ten megabytes of quotes": lambda: calendar(
        event("DTSTART;TZID=" + '"' * 5_000_000 + ":20260101T000000", start="X:")
    ),
    "many time zones": lambda: calendar(*["BEGIN:VTIMEZONE\r\nTZID:x\r\nEND:VTIMEZONE"] * 20_000, event()),
    "a zone of seconds": lambda: calendar(
        "BEGIN:VTIMEZONE\r\nTZID:Vong\r\nBEGIN:STANDARD\r\nDTSTART;TZID=Vong:16010101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE",
        event(start="DTSTART;TZID=Vong:20260101T000000"), event(uid="e2"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read_within_five_seconds(name: str) -> None:
    content = HOSTILE[name]()
    began = time.process_time()
    found = read(content)
    assert len(found.events) + len(found.refusals) >= 1
    assert time.process_time() - began < 5
