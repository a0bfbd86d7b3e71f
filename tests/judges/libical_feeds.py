"""Asks libical what a feed says. Run by the system's Python, which has GObject introspection; not by .venv.

One JSON object a line in, one a line out: {"text"} -> {"errors", "is_valid", "found": [[uid, start, end, status,
location, summary], ...]} with moments in seconds since 1970, a bare date as midnight UTC.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-not-found]  # noqa: E402 -- the version first

EVER = [ICalGLib.Time.new_from_string(f"{year}0101T000000Z") for year in (2015, 2200)]
WORDS = ("UID", "STATUS", "LOCATION", "SUMMARY")
Row = list[str | int]


def components(calendar: Any, kind: Any) -> list[Any]:
    """Return the components of that kind, in their order."""
    found = []
    component = calendar.get_first_component(kind)
    while component is not None:
        found.append(component)
        component = calendar.get_next_component(kind)
    return found


def words_of(event: Any) -> dict[str, str]:
    """Return the text values of an event as they are meant."""
    found = {}
    for name in WORDS:
        value = event.get_first_property(getattr(ICalGLib.PropertyKind, f"{name}_PROPERTY"))
        found[name] = ""
        if value is not None:
            found[name] = value.get_value_as_string() if name == "STATUS" else value.get_value().get_text()
    return found


def occurrences(event: Any, moved: set[int]) -> list[tuple[int, int]]:
    """Return the spans of an event but those that begin where an override stands for them."""
    spans: list[tuple[int, int]] = []
    event.foreach_recurrence(*EVER, lambda _event, span, *_more: spans.append((span.get_start(), span.get_end())))
    return [span for span in spans if span[0] not in moved]


def answer(asked: dict[str, str]) -> dict[str, Any]:
    """Return what libical says of one feed."""
    calendar = ICalGLib.Component.new_from_string(asked["text"])
    events = components(calendar, ICalGLib.ComponentKind.VEVENT_COMPONENT)
    ids = [event.get_recurrenceid() for event in events]
    moved: dict[str, set[int]] = {}
    for event, moment in zip(events, ids, strict=True):
        if moment is not None and not moment.is_null_time():
            zone = None if moment.is_date() else calendar.get_timezone("Asia/Ho_Chi_Minh")
            moved.setdefault(event.get_uid(), set()).add(moment.as_timet_with_zone(zone))
    found: list[Row] = []
    for event, moment in zip(events, ids, strict=True):
        words = words_of(event)
        is_override = moment is not None and not moment.is_null_time()
        for start, end in occurrences(event, set() if is_override else moved.get(words["UID"], set())):
            found.append([words["UID"], start, end, words["STATUS"], words["LOCATION"], words["SUMMARY"]])
    restricted = bool(ICalGLib.restriction_check(calendar))
    return {"errors": calendar.count_errors(), "is_valid": calendar.is_valid() and restricted, "found": found}


for line in sys.stdin:
    sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
    sys.stdout.flush()
