"""`manage.py expand_rule --dtstart 2026-01-05T19:30 --rrule "FREQ=..." --from 2026-01-01 --to 2026-12-31`.

Prints the days of a series, one a line (2026-01-05), without a database; `--from` and `--to` are included. A rule that
Pano refuses is answered by its sentence on stderr and exit code 1. `--lunar "rằm tháng Giêng"` repeats by the
Vietnamese calendar; `--lunar` alone reads `--rrule` by that calendar.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand

from core.intervals import LOCAL_ZONE
from core.lunar_recurrence import expand_lunar, parse_lunar
from core.recurrence import expand, from_rrule
from core.vietnamese import parse_date, parse_time

MOST = 40_000  # every day of a century
_LABEL = re.compile(r"DTSTART[^:]*:", re.IGNORECASE)
_HAS_TIME = re.compile(r"\d[T ]+\d", re.IGNORECASE)
_LOCAL = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?:[ ,T]+(\S.*))?")


class Command(BaseCommand):
    help = "Print the days that a recurrence rule gives."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dtstart", required=True, help="first day, with or without its time")
        parser.add_argument("--rrule", default="", help="RRULE of RFC 5545; without it there is one day alone")
        parser.add_argument("--lunar", nargs="?", const="", help="rule by the lunar calendar, in words or in parts")
        parser.add_argument("--from", dest="first", required=True, help="first day printed")
        parser.add_argument("--to", dest="last", required=True, help="last day printed")
        parser.add_argument("--holidays", default="", help="days of rest for lunar rules, parted by commas")
        parser.add_argument("--all-day", action="store_true", help="leave the time of the start out")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 -- Django's
        try:
            days = expanded_days(**{name: options[name] for name in _NAMES})
        except ValueError as error:
            self.stderr.write(str(error))
            sys.exit(1)
        for day in days:
            self.stdout.write(day.isoformat())


_NAMES = ("dtstart", "rrule", "lunar", "first", "last", "holidays", "all_day")


def expanded_days(*, dtstart: str, rrule: str, lunar: str | None, **window: Any) -> list[date]:  # noqa: ANN401 -- the options
    """Return the days of the options; ValueError with a sentence for what Pano refuses."""
    start = read_start(dtstart)
    is_all_day = window["all_day"] or not _HAS_TIME.search(dtstart)
    if is_all_day:
        start = datetime.combine(start.date(), time.min, LOCAL_ZONE)
    first, last = read_start(window["first"]).date(), read_start(window["last"]).date()
    holidays = {read_start(each).date() for each in window["holidays"].split(",") if each.strip()}
    starts: tuple[datetime, ...] = (start,)
    if lunar is not None:
        rule = parse_lunar(";".join(filter(None, (rrule, lunar))), start.date())
        starts = expand_lunar(rule, start, last, days_off=holidays, limit=MOST)
    elif rrule:
        recurrence = from_rrule(rrule, start, all_day=is_all_day)
        starts = expand(recurrence, start, datetime.combine(last, time.max, LOCAL_ZONE), limit=MOST)
    return [each.date() for each in starts if first <= each.date() <= last]


def read_start(text: str) -> datetime:
    """Read 20260105, 20260105T193000Z, 2026-01-05T19:30 or 05/01/2026 19h30 as local time; a day is its midnight."""
    written = _LABEL.sub("", text.strip())
    if local := _LOCAL.fullmatch(written):
        return datetime.combine(parse_date(local[1]), parse_time(local[2] or "0h00"), LOCAL_ZONE)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise ValueError(f"«{text}» không phải là ngày giờ; hãy ghi như 2026-01-05, 20260105T193000.") from error
    return moment.replace(tzinfo=LOCAL_ZONE) if moment.tzinfo is None else moment.astimezone(LOCAL_ZONE)
