"""Reminders put into a feed's finished text, so that texts are stored once for subscribers with and without them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from events.outputs.ical_lines import duration, folded, unfolded

MORNING: Final = timedelta(hours=8)  # when whole days are announced: nobody wants to be woken at midnight
NO_TITLE: Final = ":Nhắc lịch"  # an alarm must say something (RFC 5545 section 3.6.6)
_VEVENT = re.compile(r"^BEGIN:VEVENT\r\n(.*?)^END:VEVENT\r\n", re.DOTALL | re.MULTILINE)
_PROPERTY = re.compile(r"^(UID|RECURRENCE-ID|STATUS|DTSTART|SUMMARY)([;:][^\r\n]*)", re.MULTILINE)
_NESTED = "\r\nBEGIN:"  # at the start of a line, so never part of a text


def with_alarms(text: str, *, minutes: int) -> str:
    """Return the iCalendar text with a VALARM in each VEVENT that is not cancelled, `minutes` before it starts.

    Whole days are announced at eight in the morning of the day that lies as many full days before the first as
    `minutes` hold. The UID of an alarm (RFC 9074 section 4) follows from the event and the minutes alone. Text
    without VEVENTs comes back as it is.
    """
    return _VEVENT.sub(lambda match: _with_alarm(match, minutes), text)


def _with_alarm(match: re.Match[str], minutes: int) -> str:
    said = dict(_PROPERTY.findall(unfolded(match[1].partition(_NESTED)[0])))
    if said.get("STATUS") == ":CANCELLED":
        return match[0]
    name = f"{said.get('UID', '')} {said.get('RECURRENCE-ID', '')} {minutes}"
    before = timedelta(minutes=minutes)
    is_whole_days = said.get("DTSTART", "").startswith(";VALUE=DATE:")
    trigger = MORNING - timedelta(days=before.days) if is_whole_days else -before
    words = folded("DESCRIPTION" + said.get("SUMMARY", NO_TITLE))
    return (
        f"BEGIN:VEVENT\r\n{match[1]}BEGIN:VALARM\r\nUID:{uuid5(NAMESPACE_URL, name)}\r\n"
        f"TRIGGER:{duration(trigger)}\r\nACTION:DISPLAY\r\n{words}END:VALARM\r\nEND:VEVENT\r\n"
    )
