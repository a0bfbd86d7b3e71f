"""Asks libical which days a rule gives. Run by the system's Python, which has GObject introspection; not by .venv.

One JSON object a line in, one a line out: {"rrule", "dtstart", "last", "limit"} -> {"found": [...]} with dates or
date-times as iCalendar writes them, up to `last` (YYYYMMDD), or {"refused": why} where libical rejects the rule.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-not-found]  # noqa: E402 -- the version first


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what libical says of one rule."""
    try:
        rule = ICalGLib.Recurrence.new_from_string(asked["rrule"])
        walker = ICalGLib.RecurIterator.new(rule, ICalGLib.Time.new_from_string(asked["dtstart"]))
    except TypeError as error:
        return {"refused": str(error)}
    found: list[str] = []
    while len(found) < asked["limit"]:
        moment = walker.next()
        if moment is None or moment.is_null_time() or moment.as_ical_string()[:8] > asked["last"]:
            break
        found.append(moment.as_ical_string())
    return {"found": found}


for line in sys.stdin:
    sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
    sys.stdout.flush()
