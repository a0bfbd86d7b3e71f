"""One planned VEVENT as text, its properties always in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from events.outputs.ical_colours import css_name
from events.outputs.ical_lines import clean, escaped, folded, moments_line, quoted, text_line, utc_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.outputs.ical_events import PlannedVevent
    from events.outputs.ical_text import Words
    from events.programme.entries import EntryPlace

MAP_RADIUS_M: Final = 100


def write_vevent(planned: PlannedVevent, *, base_url: str) -> str:
    """Return the VEVENT with all its lines; `base_url` stands, without a slash at its end, before its path."""
    return "".join(_lines(planned, base_url))


def _lines(planned: PlannedVevent, base_url: str) -> Iterator[str]:
    facts, words = planned.facts, planned.words
    changed = utc_stamp(facts.last_modified)
    yield "BEGIN:VEVENT\r\n"
    yield text_line("UID", planned.uid)
    if planned.recurrence_id is not None:
        yield moments_line("RECURRENCE-ID", [planned.recurrence_id], is_date=facts.all_day)
    yield f"DTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\nSEQUENCE:{facts.sequence}\r\n"
    yield moments_line("DTSTART", [planned.start], is_date=facts.all_day)
    yield moments_line("DTEND", [planned.end], is_date=facts.all_day)
    if planned.rrule is not None:
        yield folded(f"RRULE:{planned.rrule}")
    if planned.excluded:
        yield moments_line("EXDATE", planned.excluded, is_date=facts.all_day)
    yield text_line("SUMMARY", words.summary)
    yield f"STATUS:{words.status}\r\nTRANSP:{'TRANSPARENT' if facts.all_day or words.is_off else 'OPAQUE'}\r\n"
    yield text_line("DESCRIPTION", words.description)
    yield folded(f"CATEGORIES:{','.join([escaped(word) for word in words.categories])}")
    yield f"COLOR:{css_name(words.colour)}\r\n"
    yield folded(f"URL:{base_url}{planned.url}")
    yield text_line("CONTACT", words.contact)
    yield from _where(words)
    yield "END:VEVENT\r\n"


def _where(words: Words) -> Iterator[str]:
    """The places on one line, the point of an only one, and each as a component of its own (RFC 9073 section 7.2)."""
    if not words.places:
        return
    yield text_line("LOCATION", words.location)
    point = _point(words.places[0]) if len(words.places) == 1 else None
    if point is not None:
        yield f"GEO:{point[0]};{point[1]}\r\n"
        title = quoted(words.location)  # Apple shows a map only where it equals LOCATION
        yield folded(
            f"X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS={MAP_RADIUS_M};X-TITLE={title}:geo:{point[0]},{point[1]}"
        )
    for place in words.places:
        yield "BEGIN:VLOCATION\r\n"
        yield text_line("UID", clean(place.code))
        yield text_line("NAME", clean(place.name))
        each = _point(place)
        if each is not None:
            yield f"GEO:{each[0]};{each[1]}\r\n"
        yield "END:VLOCATION\r\n"


def _point(place: EntryPlace) -> tuple[float, float] | None:
    """Latitude and longitude in WGS 84 degrees, to a tenth of a metre; None where unknown."""
    if place.lat is None or place.lon is None:
        return None
    return round(place.lat, 6), round(place.lon, 6)
