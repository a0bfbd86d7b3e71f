"""The almanac of a year: festivals, observances, days off and mourning, each with its source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.lunar import to_lunar
from events.almanac import Almanac, load_almanac, load_undated
from events.almanac.clashes import Clash, find_clashes
from events.views.filters import YEARS

if TYPE_CHECKING:
    from events.almanac.entries import FestivalDays, ObservedDay, OffDay

_YEAR: Final = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class FestivalRow:
    """A festival of the year, the lunar date of its main day, and the big days it falls on."""

    days: FestivalDays
    lunar: str
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OffPeriod:
    """Days off that follow each other under one name."""

    first: OffDay
    last: OffDay


@require_safe
def almanac(request: HttpRequest) -> HttpResponse:
    """Show what a plan of the year must know."""
    year = parse_year(request.GET) or timezone.localdate().year
    found = load_almanac(date(year, 1, 1), date(year, 12, 31))
    context = {
        "year": year,
        "previous": year - 1 if year - 1 in YEARS else None,
        "following": year + 1 if year + 1 in YEARS else None,
        "clashes": find_clashes(found),
        "festivals": festival_rows(found),
        "undated": load_undated(year),
        "observances": observed_days(found),
        "days_off": off_periods(found),
        "mourning": found.mourning,
    }
    return render(request, "events/almanac.html", context)


def parse_year(query: QueryDict) -> int | None:
    """Read `year`; None when it is not given. BadRequest with a sentence for what is no year of the calendar."""
    written = query.get("year", "").strip()
    if not written:
        return None
    if not _YEAR.fullmatch(written) or int(written) not in YEARS:
        raise BadRequest(
            _("“year” must be a year from %(first)s to %(last)s.") % {"first": YEARS[0], "last": YEARS[-1]}
        )
    return int(written)


def festival_rows(found: Almanac) -> tuple[FestivalRow, ...]:
    """Return the festivals in order of main day, each with what it clashes with."""
    clashes = find_clashes(found)
    return tuple(
        FestivalRow(
            days=days,
            lunar=to_lunar(days.main).label() if days.is_lunar else "",
            clashes=tuple(each for each in clashes if each.festival is days),
        )
        for days in found.festivals
        if days.main.year == found.first.year
    )


def observed_days(found: Almanac) -> tuple[tuple[ObservedDay, str], ...]:
    """Return the observances in order of day, each with its lunar date."""
    return tuple((each, to_lunar(each.day).label()) for each in found.observances)


def off_periods(found: Almanac) -> tuple[OffPeriod, ...]:
    """Return the days off, those of one name that follow each other as one."""
    numbered = enumerate(found.days_off)
    runs = groupby(numbered, key=lambda pair: (pair[1].day.toordinal() - pair[0], pair[1].name, pair[1].is_working))
    days = ([day for _number, day in run] for _key, run in runs)
    return tuple(OffPeriod(first=run[0], last=run[-1]) for run in days)
