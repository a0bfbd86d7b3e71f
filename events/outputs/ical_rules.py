"""Which rules every subscriber's calendar expands alike; what others say is told date by date.

The narrowest reader is Outlook: it takes the recurrence templates of MS-OXCICAL section 2.1.3.2.2 alone, skips an event
with any other rule, lays the 29th to 31st on a short month's last day where RFC 5545 leaves the month out, and refuses
a series whose occurrences would overlap.
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from core.intervals import LOCAL_ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from events.programme.entries import Series

WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_DAY_OF_ALL_MONTHS: Final = 28
MOST_COUNTED: Final = 999  # three digits
COMMON_PARTS: Final = frozenset({"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST"})
# Frequency -> the sets of other parts that a template has.
TEMPLATES: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "DAILY": (frozenset(),),
    "WEEKLY": (frozenset(), frozenset({"BYDAY"})),
    "MONTHLY": (frozenset(), frozenset({"BYMONTHDAY"}), frozenset({"BYDAY"}), frozenset({"BYDAY", "BYSETPOS"})),
    "YEARLY": (
        frozenset(),
        frozenset({"BYMONTH", "BYMONTHDAY"}),
        frozenset({"BYMONTH", "BYDAY"}),
        frozenset({"BYMONTH", "BYDAY", "BYSETPOS"}),
    ),
}
# What each part may say there; BYDAY is looked at more closely.
VALUES: Final = {
    "BYMONTHDAY": re.compile(r"-1|[1-9]|1\d|2[0-8]"),
    "BYMONTH": re.compile(r"[1-9]|1[0-2]"),
    "BYSETPOS": re.compile(r"-1|[1-4]"),
}
_ONE_OF_MONTH = re.compile(r"(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)")
_SHORTEST = {"DAILY": timedelta(days=1), "MONTHLY": timedelta(days=26), "YEARLY": timedelta(days=360)}  # one step


def is_read_alike(series: Series) -> bool:
    """Tell whether all subscribers' calendars give the same dates for the series' rule; False where it has none.

    Decided by the rule, its first date and the length of an occurrence alone, so that the answer, and with it the UIDs
    of the occurrences, does not change while the series goes on.
    """
    if series.rrule is None or not series.rule_dates:
        return False
    parts = parts_of(series.rrule)
    frequency = parts["FREQ"]
    others = parts.keys() - COMMON_PARTS
    return (
        others in TEMPLATES[frequency]
        and all(pattern.fullmatch(parts[name]) for name, pattern in VALUES.items() if name in others)
        and _has_plain_days(parts)
        and (frequency in {"DAILY", "WEEKLY"} or bool(others) or _is_in_all_months(series))
        and int(parts.get("COUNT", "1")) <= MOST_COUNTED
        and series.end - series.start <= _shortest_step(parts)
    )


def parts_of(rrule: str) -> dict[str, str]:
    """Return the parts of an RRULE's value by name."""
    return dict(part.split("=", 1) for part in rrule.split(";"))


def bounded_rule(series: Series) -> str:
    """Return the RRULE, ended at its last known date: a reader must not add dates the plan does not have."""
    rule = str(series.rrule)
    if "UNTIL=" in rule or "COUNT=" in rule:
        return rule
    last = max(series.rule_dates)
    until = f"{last.astimezone(LOCAL_ZONE):%Y%m%d}" if series.all_day else f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{rule};UNTIL={until}"


def _has_plain_days(parts: Mapping[str, str]) -> bool:
    """Days of the week: bare ones in a week or before BYSETPOS, else one of the month."""
    if "BYDAY" not in parts:
        return True
    if parts["FREQ"] == "WEEKLY" or "BYSETPOS" in parts:
        return set(parts["BYDAY"].split(",")) <= set(WEEK)
    return _ONE_OF_MONTH.fullmatch(parts["BYDAY"]) is not None


def _is_in_all_months(series: Series) -> bool:
    """The day of the month that a rule without BY parts takes from its start, and with it every 29 February."""
    return _local(series.start).day <= LAST_DAY_OF_ALL_MONTHS


def _shortest_step(parts: Mapping[str, str]) -> timedelta:
    """At least so much lies between the starts of two occurrences."""
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] != "WEEKLY":
        return _SHORTEST[parts["FREQ"]] * interval
    days = sorted(WEEK.index(day) for day in parts["BYDAY"].split(",")) if "BYDAY" in parts else [0]
    return timedelta(
        days=min(later - day for day, later in zip(days, [*days[1:], days[0] + 7 * interval], strict=True))
    )


def _local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL_ZONE)
