"""The Programme as an iCalendar feed (RFC 5545, RFC 7986) for every calendar people already use."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vUri
from icalendar.prop import vRecur

from events.outputs.ical_events import PlannedVevent, plan_vevents
from events.outputs.ical_text import clean

if TYPE_CHECKING:
    from datetime import date

    from events.programme.entries import Programme

PRODUCT_ID: Final = "-//Pano//Lich hoat dong//VI"
ZONE_NAME: Final = "Asia/Ho_Chi_Minh"
MAP_RADIUS_M: Final = "100"


def render_feed(
    programme: Programme, *, name: str, base_url: str, description: str = "", refresh_hours: int = 1
) -> bytes:
    """Return the programme as one VCALENDAR: UTF-8, CRLF, lines folded at 75 octets; equal input, equal bytes.

    Expanding it gives exactly the programme's entries, cancelled ones with STATUS:CANCELLED.
    Timed events are in Asia/Ho_Chi_Minh with their own VTIMEZONE, all-day ones are dates
    with an exclusive end. DTSTAMP is the entry's last change, never the clock.
    `base_url` stands before every entry's path; `refresh_hours` is how often to ask again.
    """
    address = base_url.rstrip("/")
    calendar = _calendar(name=name, address=address, description=description, refresh=timedelta(hours=refresh_hours))
    if programme.entries:
        calendar.add("last-modified", max(entry.last_modified for entry in programme.entries))
    calendar.add_component(_timezone())
    series = {each.uid: each for each in programme.series}
    ordered = sorted(programme.entries, key=lambda entry: entry.key)
    for uid, entries in groupby(ordered, key=lambda entry: entry.key.uid):
        for planned in plan_vevents(list(entries), series.get(uid)):
            calendar.add_component(_vevent(planned, address))
    return bytes(calendar.to_ical())


def _calendar(*, name: str, address: str, description: str, refresh: timedelta) -> Calendar:
    """Return the frame, without METHOD: a feed invites nobody."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT_ID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", clean(name))
    calendar.add("x-wr-calname", clean(name))
    if description:
        calendar.add("description", clean(description))
        calendar.add("x-wr-caldesc", clean(description))
    calendar.add("url", vUri(address))
    calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{refresh // timedelta(hours=1)}H")
    return calendar


def _timezone() -> Timezone:
    """Return +07 all year: Viet Nam has had no other clock since 1975 and knows no summer time."""
    zone = Timezone()
    zone.add("tzid", ZONE_NAME)
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 -- RFC 5545 section 3.6.5 wants local time here
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _vevent(planned: PlannedVevent, address: str) -> Event:
    event = Event()
    event.add("uid", planned.uid)
    event.add("dtstamp", planned.last_modified)
    event.add("last-modified", planned.last_modified)
    event.add("sequence", planned.sequence)
    event.add("dtstart", _moment(planned.start, is_date=planned.all_day))
    event.add("dtend", _moment(planned.end, is_date=planned.all_day))
    event.add("transp", "TRANSPARENT" if planned.all_day else "OPAQUE")
    event.add("url", vUri(address + planned.url))
    _add_words(event, planned)
    _add_recurrence(event, planned)
    return event


def _add_words(event: Event, planned: PlannedVevent) -> None:
    words = planned.words
    event.add("summary", words.summary)
    event.add("status", words.status)
    event.add("description", words.description)
    event.add("categories", list(words.categories))
    if words.location:
        event.add("location", words.location)
    if words.point is not None:
        event.add("geo", words.point)
        where = vUri("geo:{},{}".format(*words.point))
        where.params.update({"VALUE": "URI", "X-APPLE-RADIUS": MAP_RADIUS_M, "X-TITLE": _parameter(words.location)})
        event.add("x-apple-structured-location", where)


def _add_recurrence(event: Event, planned: PlannedVevent) -> None:
    if planned.recurrence_id is not None:
        event.add("recurrence-id", _moment(planned.recurrence_id, is_date=planned.has_date_id))
    if planned.rrule is not None:
        event.add("rrule", vRecur.from_ical(planned.rrule))
    for name, moments in (("exdate", planned.excluded), ("rdate", planned.extra)):
        if moments:
            event.add(name, [_moment(moment, is_date=planned.all_day) for moment in moments])


def _moment(moment: datetime, *, is_date: bool) -> date:
    return moment.date() if is_date else moment


def _parameter(text: str) -> str:
    """Text for a parameter, which can hold neither quotes nor line ends (RFC 5545 section 3.2)."""
    return text.replace('"', "'").replace("\n", " ")
