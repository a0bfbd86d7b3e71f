"""What document is asked for, said once: a page, an old address and a background task all become a `DocumentSpec`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.intervals import Interval, day_interval
from core.vietnamese import format_date
from events.models import Campaign
from events.outputs.month_grid import month_bounds, next_month
from events.outputs.week_grid import monday_of
from events.programme.scope import Scope
from events.views.filters import parse_choice, parse_day, parse_filters

EARLIEST: Final = date(1901, 1, 1)
LATEST: Final = date(2099, 12, 31)
GROUPINGS: Final = ("month", "week")
WHOLE_CAMPAIGN: Final = "campaign"
PERIODS: Final = ("", "this-week", "next-week", "month", "quarter", "year", WHOLE_CAMPAIGN)
LONGEST_TOUR: Final = 12
SCOPE_FIELDS: Final = {  # name of a filter in addresses → field of Scope
    "area": "areas",
    "kind": "kinds",
    "campaign": "campaigns",
    "unit": "units",
    "team": "resources",
    "venue": "venues",
    "status": "statuses",
    "theme": "themes",
    "audience": "audiences",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSpec:
    """A document as asked for.

    `kind` is a key of `PANO_DOCUMENT_KINDS`; `scope` narrows the plan to areas, units, teams, campaigns; `first` and
    `last` are days, both included, None where open; `group_by` is "month" or "week"; `tour` is the number of a tour,
    for the route sheet alone; `has_map` asks for the small map where the kind has one; `is_archive` asks for PDF/A-3
    with the iCalendar file inside instead of PDF/UA-1.
    """

    kind: str
    scope: Scope = field(default_factory=Scope)
    first: date | None = None
    last: date | None = None
    group_by: str = GROUPINGS[0]
    tour: int | None = None
    has_map: bool = True
    is_archive: bool = False

    @property
    def window(self) -> Interval | None:
        """The half-open interval to load; None for all there is."""
        if self.first is None and self.last is None:
            return None
        return day_interval(self.first or EARLIEST, self.last or LATEST)

    @property
    def stated(self) -> Interval | None:
        """The period to print; None where an end is open, so that the entries' own span is printed."""
        return self.window if self.first is not None and self.last is not None else None


def parse_spec(query: QueryDict, *, today: date) -> DocumentSpec:
    """Read a document's address; BadRequest with a sentence for what does not exist or is no period.

    Names: `document` (kind), the filters of every address, `from` and `to` (days, included) or `period` (a word of
    PERIODS, counted from `today`), `group`, `tour`, `map` ("no" leaves it out), `archive` ("yes" asks for PDF/A-3).
    """
    first, last = parse_days(query, today=today)
    return DocumentSpec(
        kind=parse_choice(query, "document", tuple(settings.PANO_DOCUMENT_KINDS)),
        scope=parse_filters(query),
        first=first,
        last=last,
        group_by=parse_choice(query, "group", GROUPINGS),
        tour=_tour(query),
        has_map=parse_choice(query, "map", ("yes", "no")) == "yes",
        is_archive=parse_choice(query, "archive", ("no", "yes")) == "yes",
    )


def parse_days(query: QueryDict, *, today: date) -> tuple[date | None, date | None]:
    """Read `from` and `to`, both included, else `period`; BadRequest where the order is wrong.

    The period "campaign" is that of the campaigns asked for, from the first day to the last of them all.
    """
    first, last = parse_day(query, "from"), parse_day(query, "to")
    if first is None and last is None:
        period = parse_choice(query, "period", PERIODS)
        return campaign_days(query) if period == WHOLE_CAMPAIGN else days_of(period, today=today)
    if first is not None and last is not None and last < first:
        raise BadRequest(
            _("The last day %(last)s lies before the first day %(first)s; swap them or choose others.")
            % {"first": format_date(first), "last": format_date(last)}
        )
    return first, last


def campaign_days(query: QueryDict) -> tuple[date, date]:
    """Return the first and last day of the campaigns in the address; BadRequest where it names none."""
    codes = parse_filters(query).campaigns
    rows = list(Campaign.objects.filter(code__in=codes).values_list("starts_on", "ends_on"))
    if not rows:
        raise BadRequest(
            _("“The whole campaign” is asked for, but no campaign is chosen; choose one, or give the days.")
        )
    return min(starts_on for starts_on, _ends in rows), max(ends_on for _starts, ends_on in rows)


def days_of(period: str, *, today: date) -> tuple[date | None, date | None]:
    """Return the first and last day of a word of PERIODS; both None for the empty word: all there is."""
    monday = monday_of(today)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    spans = {
        "this-week": (monday, monday + timedelta(days=6)),
        "next-week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "month": month_bounds(today),
        "quarter": (quarter, month_bounds(next_month(next_month(quarter)))[1]),
        "year": (date(today.year, 1, 1), date(today.year, 12, 31)),
    }
    return spans.get(period, (None, None))


def spec_query(spec: DocumentSpec) -> str:
    """Return the query string that `parse_spec` reads back into the same spec, whatever the day."""
    query = QueryDict(mutable=True)
    query["document"] = spec.kind
    for name, field_name in SCOPE_FIELDS.items():
        query.setlist(name, list(getattr(spec.scope, field_name)))
    words = {
        "alone": "1" if spec.scope.is_alone else "",
        "q": spec.scope.query,
        "from": str(spec.first or ""),
        "to": str(spec.last or ""),
        "group": spec.group_by.removeprefix(GROUPINGS[0]),
        "tour": str(spec.tour or ""),
        "map": "" if spec.has_map else "no",
        "archive": "yes" if spec.is_archive else "",
    }
    for name, value in words.items():
        if value:
            query[name] = value
    return query.urlencode()


def _tour(query: QueryDict) -> int | None:
    text = query.get("tour", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_TOUR):
        raise BadRequest(_("There is no tour “%(value)s”; choose one from the list of tours.") % {"value": text[:40]})
    return int(text)
