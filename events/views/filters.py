"""The filters of every address: one place that reads and checks them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.intervals import Interval, day_interval
from core.vietnamese import parse_date
from events.models import ActivityKind, Audience, Campaign, Status, Theme
from events.programme.scope import Scope
from units.models import Unit
from venues.models import Area, Resource, ResourceKind, Venue

LONGEST_VALUE: Final = 200
MOST_VALUES: Final = 50
LONGEST_WINDOW: Final = timedelta(days=6 * 366)
YEARS: Final = range(1901, 2100)  # the years whose lunar dates are known, less one at each end
FILTER_NAMES: Final = (
    "area", "alone", "kind", "campaign", "unit", "team", "venue", "status", "theme", "audience", "q",
)  # fmt: skip
ALONE: Final = "1"
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

KnownOf = Callable[[list[str]], Iterable[str]]


def parse_filters(query: QueryDict) -> Scope:
    """Read area, alone, kind, campaign, unit, team, venue, status, theme, audience and q into a Scope.

    Every name may repeat. BadRequest with a sentence for what does not exist; empty values do not narrow. "alone=1"
    leaves out what lies below the areas.
    """
    areas = _checked(query, "area", _known_areas)
    is_alone = _checked(query, "alone", lambda _values: (ALONE,)) != ()
    return Scope(
        areas=areas,
        is_alone=is_alone and areas != (),
        kinds=_checked(query, "kind", lambda _values: ActivityKind.values),
        campaigns=_checked(query, "campaign", _known_campaigns),
        units=_checked(query, "unit", _known_units),
        resources=_checked(query, "team", _known_teams),
        venues=_checked(query, "venue", _known_venues),
        statuses=_checked(query, "status", lambda _values: Status.values),
        themes=_checked(query, "theme", _known_themes),
        audiences=_checked(query, "audience", _known_audiences),
        query=" ".join(_values(query, "q")),
    )


def parse_window(query: QueryDict) -> Interval | None:
    """Read `start` and `end` (the day after the last) into whole local days; None when neither is given.

    BadRequest with a sentence when one is missing, is no date, when the order is wrong or the span over six years.
    """
    start, end = parse_day(query, "start"), parse_day(query, "end")
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise BadRequest(_("Give both “start” and “end”, or neither; “end” is the day after the last one wanted."))
    if end <= start:
        raise BadRequest(_("“end” must lie after “start”: it is the day after the last one wanted."))
    if end - start > LONGEST_WINDOW:
        raise BadRequest(_("The time asked for is longer than six years; ask for a shorter one."))
    return day_interval(start, end - timedelta(days=1))


def parse_day(query: QueryDict, name: str) -> date | None:
    """Read one day, YYYY-MM-DD or dd/mm/yyyy; None when it is not given, BadRequest when it is no such day."""
    values = _values(query, name)
    if not values:
        return None
    try:
        day = date.fromisoformat(values[-1]) if _ISO_DATE.fullmatch(values[-1]) else parse_date(values[-1])
    except ValueError as error:
        raise BadRequest(_unknown(name, values[-1])) from error
    if day.year not in YEARS:
        raise BadRequest(_unknown(name, values[-1]))
    return day


def parse_choice(query: QueryDict, name: str, allowed: tuple[str, ...]) -> str:
    """Read one word out of `allowed`, the first of them when it is not given; BadRequest for any other."""
    values = _values(query, name)
    if not values:
        return allowed[0]
    if values[-1] not in allowed:
        raise BadRequest(_unknown(name, values[-1]))
    return values[-1]


def filters_of(query: QueryDict) -> str:
    """Return the filter part of the address as it came, without dates or view, ready to append after "?" or "&"."""
    kept = QueryDict(mutable=True)
    for name in FILTER_NAMES:
        kept.setlist(name, _values(query, name))
    return kept.urlencode()


def _values(query: QueryDict, name: str) -> list[str]:
    values = [value.strip() for value in query.getlist(name)]
    if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
        raise BadRequest(_("The value of “%(name)s” in the address is too long.") % {"name": name})
    if any("\x00" in value for value in values):
        raise BadRequest(
            _("The value of “%(name)s” in the address has a character that is not allowed.") % {"name": name}
        )
    return list(dict.fromkeys(filter(None, values)))


def _checked(query: QueryDict, name: str, known: KnownOf) -> tuple[str, ...]:
    values = _values(query, name)
    if not values:
        return ()
    found = set(known(values))
    for value in values:
        if value not in found:
            raise BadRequest(_unknown(name, value))
    return tuple(values)


def _unknown(name: str, value: str) -> str:
    sentences = {
        "alone": _("“alone” may only be 1 (without what lies below the area), not “%(value)s”."),
        "area": _("There is no area “%(value)s”; see the list at /areas.json."),
        "kind": _("There is no kind of activity “%(value)s”."),
        "campaign": _("There is no campaign “%(value)s”."),
        "unit": _("There is no unit “%(value)s”."),
        "team": _("There is no mobile team “%(value)s”."),
        "venue": _("There is no venue “%(value)s”."),
        "status": _("There is no status “%(value)s”."),
        "theme": _("There is no theme “%(value)s”."),
        "audience": _("There is no audience “%(value)s”."),
        "document": _("There is no document “%(value)s”; choose one from the page of documents."),
        "period": _("There is no period “%(value)s”; choose one from the list or give the days."),
        "group": _("Rows are grouped by month or by week, not by “%(value)s”."),
        "map": _("“map” is “yes” or “no”, not “%(value)s”."),
        "archive": _("“archive” is “yes” or “no”, not “%(value)s”."),
        "view": _("There is no view “%(value)s”; there are month, week and list."),
    }
    dates = _("“%(value)s” is not a day between 1901 and 2099; write it like 2023-08-08.")
    return sentences.get(name, dates) % {"value": value}


def _known_areas(values: list[str]) -> Iterable[str]:
    return Area.objects.filter(slug__in=values).values_list("slug", flat=True)


def _known_campaigns(values: list[str]) -> Iterable[str]:
    return Campaign.objects.filter(code__in=values).values_list("code", flat=True)


def _known_units(values: list[str]) -> Iterable[str]:
    return Unit.objects.filter(code__in=values).values_list("code", flat=True)


def _known_teams(values: list[str]) -> Iterable[str]:
    teams = Resource.objects.filter(kind=ResourceKind.TEAM, code__in=values)
    return teams.values_list("code", flat=True)


def _known_venues(values: list[str]) -> Iterable[str]:
    return Venue.objects.filter(code__in=values).values_list("code", flat=True)


def _known_audiences(values: list[str]) -> Iterable[str]:
    return Audience.objects.filter(code__in=values).values_list("code", flat=True)


def _known_themes(values: list[str]) -> Iterable[str]:
    return Theme.objects.filter(code__in=values).values_list("code", flat=True)
