"""The lines of iCalendar text: cleaned, escaped, folded (RFC 5545 section 3.1 and 3.3.11, RFC 6868)."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

LINE_END: Final = "\r\n"
LONGEST: Final = 75  # octets of a line without its end
INSIDE: Final = range(0x80, 0xC0)  # UTF-8 octets that go on with a character
SURELY_SHORT: Final = LONGEST // 4  # characters that fit whatever they are
ZONE_NAME: Final = "Asia/Ho_Chi_Minh"
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # section 3.1 allows none of them in text


def clean(text: str) -> str:
    """Return the text with the line feed as its only line end, without control characters, half characters and outer
    white space, which some readers take off.
    """
    if not text.isprintable():
        text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return text.strip()


def escaped(text: str) -> str:
    """Return cleaned text as a TEXT value says it (section 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def quoted(text: str) -> str:
    """Return cleaned text as a parameter says it: in quotes, what quotes cannot hold written as in RFC 6868."""
    inner = text.replace("^", "^^").replace('"', "^'").replace("\n", "^n")
    return f'"{inner}"'


def folded(line: str) -> str:
    """Return the line with its end, in parts of at most 75 octets; no character is split (section 3.1)."""
    if len(line) <= SURELY_SHORT or (len(line) <= LONGEST and line.isascii()):
        return line + LINE_END
    octets = line.encode()
    parts, start, room = [], 0, LONGEST
    while len(octets) - start > room:
        end = start + room
        while octets[end] in INSIDE:
            end -= 1
        parts.append(octets[start:end])
        start, room = end, LONGEST - 1  # the blank in front of what continues counts
    parts.append(octets[start:])
    return b"\r\n ".join(parts).decode() + LINE_END


def text_line(name: str, text: str) -> str:
    """Return the folded line of a property whose value is this cleaned text; "" for none, which says nothing."""
    return folded(f"{name}:{escaped(text)}") if text else ""


def unfolded(text: str) -> str:
    """Return the text with every folded line on one line again."""
    return text.replace("\r\n ", "")


def utc_stamp(moment: datetime) -> str:
    """Return an aware moment as a UTC date-time, whole seconds ("20230601T010000Z")."""
    at = moment.astimezone(UTC)
    return f"{at.year:04}{at:%m%dT%H%M%SZ}"


def moments_line(name: str, moments: Iterable[datetime], *, is_date: bool) -> str:
    """Return the folded line of a property with these local times: dates, or date-times of Asia/Ho_Chi_Minh."""
    if is_date:
        return folded(f"{name};VALUE=DATE:{','.join([f'{each.year:04}{each:%m%d}' for each in moments])}")
    return folded(f"{name};TZID={ZONE_NAME}:{','.join([f'{each.year:04}{each:%m%dT%H%M%S}' for each in moments])}")


def duration(length: timedelta) -> str:
    """Return a length in whole minutes as a DURATION (section 3.3.6): "PT8H", "-PT90M", "-P1D"."""
    minutes = int(length.total_seconds()) // 60
    sign, size = ("-" if minutes < 0 else ""), abs(minutes)
    if size and size % 1440 == 0:
        return f"{sign}P{size // 1440}D"
    if size % 60 == 0:
        return f"{sign}PT{size // 60}H"
    return f"{sign}PT{size}M"
