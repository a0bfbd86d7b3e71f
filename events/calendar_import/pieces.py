"""The bytes of an .ics file cut into its components, line by line, so that a broken one does not spoil the rest.

Only lines that are read later are kept, so that work and memory are bounded by what an event may say, whatever
attachments, alarms and private properties a file carries.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_EVENTS: Final = 20_000
MAX_PARTS: Final = 400_000
MAX_LINE: Final = 256 * 1024  # bytes of one unfolded line
MAX_PIECE: Final = 512 * 1024  # bytes kept of one component
MAX_LINES: Final = 3_000  # lines kept of one component
MAX_DEPTH: Final = 20
EVENT, ZONE = "VEVENT", "VTIMEZONE"
CALENDAR: Final = "VCALENDAR"
LEFT_OUT: Final = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL"})
EVENT_LINES: Final = frozenset(
    {
        "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY",
        "DESCRIPTION", "LOCATION", "STATUS", "SEQUENCE", "DTSTAMP", "CLASS",
    }
)  # fmt: skip
ZONE_LINES: Final = frozenset({"TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "BEGIN", "END"})
NAMES: Final = frozenset({"UID", "SUMMARY"})
MAX_NAME: Final = 1_000  # characters of what an event too long for reading is told by
CALENDAR_LINES: Final = frozenset({"METHOD", "VERSION"})
_NAME: Final = re.compile(rb"([A-Za-z0-9-]{1,40})[ \t]*[:;]")
# A line, but none that holds nothing or only the blank of a fold: there may be millions of either.
_LINE: Final = re.compile(rb"(?:[^ \t\n]|[ \t][^\n])[^\n]*")
_BEGIN: Final = rb"^BEGIN[ \t]*:[ \t]*%b[ \t]*$"  # no \s: it would look at runs of line ends again and again
_EVENTS: Final = re.compile(_BEGIN % b"VEVENT", re.MULTILINE | re.IGNORECASE)
_CALENDARS: Final = re.compile(_BEGIN % b"VCALENDAR", re.MULTILINE | re.IGNORECASE)


class Fault(StrEnum):
    """Why a component is not whole."""

    NO_END = "no_end"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One unfolded line; `number` counts the file's own lines from 1."""

    number: int
    name: str
    text: str


@dataclass(slots=True, kw_only=True)
class Piece:
    """One component with the lines that are read of it; `calendar` tells the calendars of one file apart."""

    kind: str
    number: int
    calendar: int
    lines: list[Line] = field(default_factory=list)
    fault: Fault | None = None
    size: int = 0

    def keep(self, line: Line) -> None:
        """Take a line in, as long as there is room for it."""
        if self.fault is Fault.TOO_LONG:
            return
        self.size += len(line.text)
        if len(self.lines) >= MAX_LINES or self.size > MAX_PIECE:
            self.fault = Fault.TOO_LONG
            self.lines = [each for each in self.lines if each.name in NAMES and len(each.text) < MAX_NAME]
        elif self.fault is None:
            self.lines.append(line)


def plain_bytes(content: bytes) -> bytes:
    """Return the file with the line feed as its only line end, and UTF-16 written as UTF-8."""
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    elif content[:2] in (b"B\0", b"b\0"):
        content = content.decode("utf-16-le", "replace").encode("utf-8", "replace")
    elif content[:1] == b"\0" and content[1:2] in (b"B", b"b"):
        content = content.decode("utf-16-be", "replace").encode("utf-8", "replace")
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


def is_calendar(plain: bytes) -> bool:
    """Tell whether the bytes hold a calendar at all."""
    return _CALENDARS.search(plain) is not None


def has_too_many_parts(plain: bytes) -> bool:
    """Tell whether the file begins more components, alarms and the like included, than one could need."""
    return plain.upper().count(b"\nBEGIN") > MAX_PARTS


def count_events(plain: bytes) -> int:
    """Return how many events the file begins."""
    return sum(1 for _ in _EVENTS.finditer(plain))


def is_utf8(plain: bytes) -> bool:
    """Tell whether all of the file is UTF-8, as RFC 5545 section 3.1.4 wants it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    step = 1 << 20
    try:
        for begin in range(0, len(plain), step):
            decoder.decode(plain[begin : begin + step], final=begin + step >= len(plain))
    except UnicodeDecodeError:
        return False
    return True


def pieces_of(plain: bytes) -> Iterator[Piece]:
    """Yield the components of the file in its order: events, time zones, each calendar's own lines, and what else
    there is (tasks, diaries, free times) without its lines.

    A component that does not end before the next begins, or before the file ends, carries a fault. Each is yielded
    when it ends; a calendar, with METHOD among its lines, when its first component begins.
    """
    cutter = _Cutter()
    for line in _unfolded(plain):
        yield from cutter.take(line)
    yield from cutter.end()


class _Cutter:
    """Where in the file we are."""

    def __init__(self) -> None:
        self.calendars = 0
        self.head: Piece | None = None
        self.piece: Piece | None = None
        self.inner: list[str] = []

    def take(self, line: Line) -> Iterator[Piece]:
        if line.name == "BEGIN":
            yield from self._begin(line)
        elif line.name == "END":
            yield from self._end(line)
        elif self.piece is not None:
            self._keep(self.piece, line)
        elif self.head is not None and line.name in CALENDAR_LINES:
            self.head.keep(line)

    def end(self) -> Iterator[Piece]:
        yield from self._close(fault=Fault.NO_END)
        yield from self._close_head()

    def _keep(self, piece: Piece, line: Line) -> None:
        of_zone = piece.kind == ZONE and line.name in ZONE_LINES
        of_event = piece.kind == EVENT and not self.inner and line.name in EVENT_LINES
        if of_zone or of_event:
            piece.keep(line)

    def _begin(self, line: Line) -> Iterator[Piece]:
        kind = _component(line)
        if kind in {CALENDAR, EVENT, ZONE} or (kind in LEFT_OUT and not self.inner):
            yield from self._close(fault=Fault.NO_END)
        if kind == CALENDAR:
            yield from self._close_head()
            self.calendars += 1
            self.head = Piece(kind=CALENDAR, number=line.number, calendar=self.calendars)
        elif self.piece is None:
            yield from self._close_head()
            self.piece = Piece(kind=kind, number=line.number, calendar=self.calendars)
        else:
            self._go_deeper(self.piece, line, kind)

    def _go_deeper(self, piece: Piece, line: Line, kind: str) -> None:
        if len(self.inner) < MAX_DEPTH:
            self.inner.append(kind)
        else:
            piece.fault = Fault.TOO_DEEP
        if piece.kind == ZONE:
            piece.keep(line)

    def _end(self, line: Line) -> Iterator[Piece]:
        kind = _component(line)
        if self.piece is None:
            return
        if self.inner and self.inner[-1] == kind:
            self.inner.pop()
            if self.piece.kind == ZONE:
                self.piece.keep(line)
        elif kind == self.piece.kind:
            yield from self._close(fault=None)
        elif kind == CALENDAR:
            yield from self._close(fault=Fault.NO_END)

    def _close(self, *, fault: Fault | None) -> Iterator[Piece]:
        if self.piece is not None:
            self.piece.fault = self.piece.fault or fault
            yield self.piece
        self.piece = None
        self.inner.clear()

    def _close_head(self) -> Iterator[Piece]:
        if self.head is not None:
            yield self.head
        self.head = None


def _component(line: Line) -> str:
    return line.text.partition(":")[2].strip().upper()[:40]


def _unfolded(plain: bytes) -> Iterator[Line]:
    """The lines that matter, put together again; what a fold cut through a letter is whole again."""
    number, name, parts, size = 0, "", list[bytes](), 0
    for at, body in _physical(plain):
        if body[:1] in (b" ", b"\t"):
            if name and size <= MAX_LINE:
                parts.append(body[1:])
                size += len(body)
            continue
        if name:
            yield _line(number, name, parts)
        name = _name_of(body)
        number, parts, size = at, [body], len(body)
    if name:
        yield _line(number, name, parts)


def _physical(plain: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers; runs of empty ones cost next to nothing."""
    number, last = 1, 0
    for found in _LINE.finditer(plain):
        number += plain.count(b"\n", last, found.start())
        last = found.start()
        yield number, found[0]


def _name_of(body: bytes) -> str:
    """The name of a line that is read; empty for any other."""
    found = _NAME.match(body)
    name = found[1].upper().decode("ascii") if found else ""
    return name if name in EVENT_LINES or name in ZONE_LINES or name in CALENDAR_LINES else ""


def _line(number: int, name: str, parts: list[bytes]) -> Line:
    joined = b"".join(parts)[: MAX_LINE + 1]
    try:
        text = joined.decode("utf-8")
    except UnicodeDecodeError:
        text = joined.decode("latin-1") if len(joined) <= MAX_LINE else joined.decode("utf-8", "replace")
    return Line(number=number, name=name, text=text.strip())
