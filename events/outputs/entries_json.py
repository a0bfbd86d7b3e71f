"""The Programme as JSON: what the calendar page and other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from core.intervals import LOCAL_ZONE
from events.outputs.lunar_days import lunar_label

if TYPE_CHECKING:
    from core.intervals import Interval
    from events.programme.entries import EntryPlace, Programme, ProgrammeEntry


class PlaceDocument(TypedDict):
    """A place; WGS 84 degrees, or null for both where nobody knows the point."""

    name: str
    lon: float | None
    lat: float | None


class WindowDocument(TypedDict):
    """The window asked for, half-open, ISO 8601 with +07:00; null where the question named none."""

    start: str | None
    end: str | None


class EntryDocument(TypedDict):
    """One occurrence.

    `start` and `end` are half-open: ISO 8601 with +07:00 for timed entries, plain dates
    (`end` exclusive) for all-day ones. `area` is a slug, `unit` a code, `themes` are codes,
    `url` a path on this server.
    """

    key: str
    uid: str
    title: str
    kind: str
    status: str
    start: str
    end: str
    all_day: bool
    area: str
    unit: str
    places: list[PlaceDocument]
    url: str
    area_name: str
    unit_name: str
    kind_label: str
    status_label: str
    colour: str
    campaign: str
    themes: list[str]
    is_recurring: bool
    lunar: str


class EntriesDocument(TypedDict):
    """The whole answer; `omitted` is always empty, for JSON can say every entry."""

    revision: str
    window: WindowDocument
    entries: list[EntryDocument]
    omitted: list[str]


def render_entries(programme: Programme, *, window: Interval | None) -> EntriesDocument:
    """Return the entries in time order under the window that was asked for (None: all there is)."""
    return {
        "revision": programme.revision,
        "window": {
            "start": None if window is None else window.local().start.isoformat(),
            "end": None if window is None else window.local().end.isoformat(),
        },
        "entries": [_entry(entry) for entry in programme.entries],
        "omitted": [],
    }


def _entry(entry: ProgrammeEntry) -> EntryDocument:
    start, end = (moment.astimezone(LOCAL_ZONE) for moment in (entry.interval.start, entry.interval.end))
    return {
        "key": str(entry.key),
        "uid": entry.key.uid,
        "title": entry.title,
        "kind": entry.kind,
        "status": entry.status,
        "start": start.date().isoformat() if entry.all_day else start.isoformat(),
        "end": end.date().isoformat() if entry.all_day else end.isoformat(),
        "all_day": entry.all_day,
        "area": entry.area.slug,
        "unit": entry.unit.code,
        "places": [_place(place) for place in entry.places],
        "url": entry.url,
        "area_name": entry.area.name,
        "unit_name": entry.unit.name,
        "kind_label": entry.kind_label,
        "status_label": entry.status_label,
        "colour": entry.colour,
        "campaign": entry.campaign.code,
        "themes": [theme.code for theme in entry.themes],
        "is_recurring": entry.is_recurring,
        "lunar": lunar_label(entry.interval),
    }


def _place(place: EntryPlace) -> PlaceDocument:
    return {"name": place.name, "lon": place.lon, "lat": place.lat}
