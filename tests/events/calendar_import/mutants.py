"""Calendar files broken in every way that files break, the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

Mutation = Callable[[bytes, random.Random], bytes]
JUNK: Final = (
    b"\x00", b"\xff\xfe", b"\xc3", b"=1+1", b"<script>alert(1)</script>", "Đêm nhạc".encode(), b"\\", b'"', b";", b",",
    b":", b"\r", b"\n ", b"-99999999999", b"99999999T999999Z", b"00010101", b"99991231T235959", b"P99999999W", b"-PT1H",
    b"TZID=Asia/Nowhere", b"VALUE=DATE", b"VALUE=PERIOD", b"RANGE=THISANDFUTURE", b"\xe2\x80\xa8",
    b"\xf0\x9f\x98\x80" * 50,
)  # fmt: skip
MANY_DATES: Final = b"RDATE:" + b",".join(b"20260101T%06d" % second for second in range(3_000))
ENDLESS_ZONE: Final = b"""BEGIN:VTIMEZONE
TZID:Vong
BEGIN:STANDARD
DTSTART;TZID=Vong:16010101T000000
RRULE:FREQ=SECONDLY
TZOFFSETFROM:+9999
TZOFFSETTO:-9999
END:STANDARD
END:VTIMEZONE"""
LINES: Final = (
    b"RRULE:FREQ=SECONDLY;COUNT=1000000000", b"RRULE:FREQ=DAILY;COUNT=1000000000", b"RRULE:FREQ=YEARLY;BYEASTER=0",
    b"RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", b"RRULE:FREQ=DAILY;INTERVAL=0", b"RRULE:FREQ=WEEKLY", b"RRULE:",
    b"RRULE:FREQ=DAILY;UNTIL=99991231T235959Z", b"EXRULE:FREQ=DAILY", b"EXDATE:20190101", MANY_DATES, ENDLESS_ZONE,
    b"EXDATE;TZID=X:20190101T000000", b"RDATE;VALUE=PERIOD:20260101T000000Z/P400W",
    b"DTSTART;TZID=Vong:20260101T000000",
    b"RECURRENCE-ID:20260101T000000Z", b"RECURRENCE-ID;RANGE=THISANDFUTURE:20260101", b"DTEND:20000101T000000",
    b"DURATION:P0D", b"DURATION:PT0S", b"DTSTART;TZID=W. Europe Standard Time:20260329T023000",
    b"DTSTART;VALUE=DATE:20260101", b'SUMMARY:=HYPERLINK("http://x")', b"SUMMARY:" + b"x" * 100_000,
    b"DESCRIPTION:" + "ă".encode() * 20_000, b"STATUS:CANCELLED", b"CLASS:PRIVATE", b"SEQUENCE:99999999999999999999",
    b"UID:", b"UID:" + b"u" * 5_000, b"BEGIN:VALARM", b"END:VALARM", b"BEGIN:VEVENT", b"END:VEVENT",
    b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"BEGIN:VTODO", b"BEGIN:VTIMEZONE", b"METHOD:CANCEL", b"METHOD:REPLY",
    b"VERSION:1.0", b"BEGIN:X\r\n" * 200, b"LOCATION:;;;", b"X-LONG:" + b"a" * 1_000_000,
)  # fmt: skip


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(JUNK) + content[at:]


def _digits(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    places = [at for at, char in enumerate(content) if 48 <= char <= 57]
    for at in chance.sample(places, min(len(places), chance.randint(1, 8))):
        changed[at] = 48 + chance.randrange(10)
    return bytes(changed)


def _lines(change: Callable[[list[bytes], int, random.Random], None]) -> Mutation:
    def mutate(content: bytes, chance: random.Random) -> bytes:
        lines = content.splitlines()
        if lines:
            change(lines, chance.randrange(len(lines)), chance)
        return b"\r\n".join(lines) + b"\r\n"

    return mutate


def _add(lines: list[bytes], at: int, chance: random.Random) -> None:
    lines.insert(at, chance.choice(LINES))


def _add_to_event(lines: list[bytes], at: int, chance: random.Random) -> None:
    inside = [place for place, line in enumerate(lines) if line.strip() == b"BEGIN:VEVENT"]
    lines.insert((chance.choice(inside) if inside else at) + 1, chance.choice(LINES))


def _replace(lines: list[bytes], at: int, chance: random.Random) -> None:
    name = lines[at].partition(b":")[0]
    lines[at] = name + b":" + chance.choice(JUNK)


def _drop(lines: list[bytes], at: int, chance: random.Random) -> None:
    del lines[at : at + chance.randint(1, 3)]


def _double(lines: list[bytes], at: int, chance: random.Random) -> None:
    lines[at:at] = lines[at : at + chance.randint(1, 20)]


def _swap(lines: list[bytes], at: int, chance: random.Random) -> None:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _recode(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    coding = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "latin-1", "utf-8-sig", "cp1258"))
    return text.encode(coding, "replace")


def _ends(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\n", b"\r", b"\r\n\r\n", b"\n\r", b"\x0b")))


MUTATIONS: Final[tuple[Mutation, ...]] = (
    _flip, _cut, _insert, _digits, _recode, _ends, _lines(_add), _lines(_add_to_event), _lines(_add_to_event),
    _lines(_replace), _lines(_drop), _lines(_double), _lines(_swap),
)  # fmt: skip


def mutant(content: bytes, number: int) -> bytes:
    """The file with one to three faults; the same number gives the same faults."""
    chance = random.Random(number)  # noqa: S311 -- repeatable faults, no secrets
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(MUTATIONS)(content, chance)
    return content
