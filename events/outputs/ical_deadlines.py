"""Deadlines as all-day events: calendars show those everywhere, tasks (VTODO) in a subscription hardly anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from events.outputs.ical import FEED_END, render_head, with_alarms
from events.outputs.ical_lines import clean, folded, text_line, utc_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from events.outputs.ical import FeedFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDeadline:
    """What must be done by the end of the local day `day`.

    `uid` stays for good, `path` leads to it on this server, `changed` is when what it follows from last changed and
    `sequence` how often its day may have.
    """

    uid: str
    day: date
    title: str
    path: str
    changed: datetime
    sequence: int = 0
    description: str = ""


def render_deadlines(
    deadlines: Iterable[FeedDeadline], frame: FeedFrame, *, base_url: str, alarm_minutes: int | None = None
) -> str:
    """Return a feed with one whole-day VEVENT for each deadline, by UID; `base_url` stands before every path."""
    ordered = sorted(deadlines, key=lambda deadline: deadline.uid)
    newest = max((deadline.changed for deadline in ordered), default=None)
    text = "".join(line for deadline in ordered for line in _lines(deadline, base_url.rstrip("/")))
    if alarm_minutes is not None:
        text = with_alarms(text, minutes=alarm_minutes)
    return f"{render_head(frame, last_modified=newest)}{text}{FEED_END}"


def _lines(deadline: FeedDeadline, base_url: str) -> Iterator[str]:
    stamp = utc_stamp(deadline.changed)
    yield "BEGIN:VEVENT\r\n"
    yield text_line("UID", clean(deadline.uid))
    yield f"DTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{deadline.sequence}\r\n"
    yield f"DTSTART;VALUE=DATE:{deadline.day:%Y%m%d}\r\n"
    yield f"DTEND;VALUE=DATE:{deadline.day + timedelta(days=1):%Y%m%d}\r\n"
    yield text_line("SUMMARY", clean(deadline.title))
    yield "STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\n"
    if deadline.description:
        yield text_line("DESCRIPTION", clean(deadline.description))
    yield folded(f"URL:{base_url}{deadline.path}")
    yield "END:VEVENT\r\n"
