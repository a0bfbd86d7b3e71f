"""The Programme as an iCalendar feed (RFC 5545, 7986, 9073, 9074) for every calendar people already use.

Written by hand, property by property in a fixed order: a feed is the text of its head, of each activity, and of its
end, so that the text of an activity can be kept and joined. `docs/rfc-support.md` lists what is written, with a test
for each line.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from events.outputs.ical_alarms import with_alarms
from events.outputs.ical_colours import css_name
from events.outputs.ical_events import plan_vevents
from events.outputs.ical_lines import ZONE_NAME, clean, folded, text_line, utc_stamp
from events.outputs.ical_vevent import write_vevent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from events.programme.entries import Programme, ProgrammeEntry, Series

__all__ = ["FEED_END", "FeedFrame", "render_activity", "render_feed", "render_head", "with_alarms"]

PRODUCT_ID: Final = "-//Pano//Lich hoat dong//VI"
FEED_COLOUR: Final = "#1c3f75"
# +07 all year: Viet Nam has had no other clock since 1975 and knows no summer time.
ZONE: Final = (
    f"BEGIN:VTIMEZONE\r\nTZID:{ZONE_NAME}\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0700\r\nTZOFFSETTO:+0700\r\nTZNAME:+07\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
FEED_END: Final = "END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFrame:
    """What a feed says of itself.

    `url` is the absolute address of its page on this server, `source` its own (empty: not told, as for an address that
    is a secret); `colour` is "#rrggbb"; `refresh_hours` is how often a reader should ask again.
    """

    name: str
    url: str
    source: str = ""
    description: str = ""
    colour: str = FEED_COLOUR
    refresh_hours: int = 1


def render_head(frame: FeedFrame, *, last_modified: datetime | None) -> str:
    """Return a feed's text up to its first event: VCALENDAR without METHOD (a feed invites nobody), and its VTIMEZONE.

    `last_modified` is when anything in it last changed, None where nothing is in it.
    """
    return "".join([*_head(frame, last_modified), ZONE])


def render_activity(entries: Sequence[ProgrammeEntry], series: Series | None, *, base_url: str) -> str:
    """Return the VEVENTs of one activity's entries; "" for none.

    Equal input, equal text, in whatever feed and at whatever time. Expanding it gives exactly the entries, cancelled
    ones with STATUS:CANCELLED. Timed events are in Asia/Ho_Chi_Minh, all-day ones are dates with an exclusive end.
    DTSTAMP is the activity's last change. `base_url` stands before every entry's path.
    """
    address = base_url.rstrip("/")
    return "".join([write_vevent(each, base_url=address) for each in plan_vevents(entries, series)])


def render_feed(programme: Programme, frame: FeedFrame, *, base_url: str, alarm_minutes: int | None = None) -> bytes:
    """Return the programme as one VCALENDAR: UTF-8, CRLF, lines folded at 75 octets, activities by UID.

    `alarm_minutes` is how long before the start a reader is reminded; None: not.
    """
    text = "".join(_activities(programme, base_url))
    if alarm_minutes is not None:
        text = with_alarms(text, minutes=alarm_minutes)
    changed = max((entry.last_modified for entry in programme.entries), default=None)
    return f"{render_head(frame, last_modified=changed)}{text}{FEED_END}".encode()


def _head(frame: FeedFrame, last_modified: datetime | None) -> Iterator[str]:
    name, description = clean(frame.name), clean(frame.description)
    yield f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT_ID}\r\nCALSCALE:GREGORIAN\r\n"
    yield text_line("NAME", name)
    yield text_line("X-WR-CALNAME", name)
    yield text_line("DESCRIPTION", description)
    yield text_line("X-WR-CALDESC", description)
    yield f"X-WR-TIMEZONE:{ZONE_NAME}\r\n"
    yield f"COLOR:{css_name(frame.colour)}\r\nX-APPLE-CALENDAR-COLOR:{frame.colour}\r\n"
    yield folded(f"URL:{frame.url}")
    if frame.source:
        yield folded(f"SOURCE;VALUE=URI:{frame.source}")
    if last_modified is not None:
        yield f"LAST-MODIFIED:{utc_stamp(last_modified)}\r\n"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:PT{frame.refresh_hours}H\r\nX-PUBLISHED-TTL:PT{frame.refresh_hours}H\r\n"


def _activities(programme: Programme, base_url: str) -> Iterator[str]:
    series = {each.uid: each for each in programme.series}
    ordered = sorted(programme.entries, key=lambda entry: entry.key)
    for uid, entries in groupby(ordered, key=lambda entry: entry.key.uid):
        yield render_activity(list(entries), series.get(uid), base_url=base_url)
