"""Schedules on paper: choose an area and a period, take the PDF."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.intervals import Interval, day_interval
from core.vietnamese import format_date
from events.outputs.schedule import ScheduleSheet, render_schedule_html, render_schedule_pdf, span_of
from events.programme import load_programme
from events.programme.scope import Scope
from events.views.area_choice import area_groups, find_area
from events.views.filters import parse_day, parse_filters
from events.views.viewers import viewer_for
from units.models import Unit, UnitKind
from venues.models import Area, AreaLevel

MOST_ROWS: Final = 1200  # some 12 s of layout; more would keep a web process from everybody else
EARLIEST: Final = date(1901, 1, 1)
LATEST: Final = date(2099, 12, 31)
OFFICES: Final = (UnitKind.DEPARTMENT, UnitKind.DISTRICT_OFFICE, UnitKind.COMMUNE_OFFICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPeriod:
    """Days asked for, both included, None where open."""

    first: date | None
    last: date | None

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


@require_safe
def print_index(request: HttpRequest) -> HttpResponse:
    """Choose an area and a period, see what the paper will hold, take it."""
    scope, asked = parse_filters(request.GET), parse_period(request.GET)
    context: dict[str, object] = {
        "groups": area_groups(scope.query),
        "query": scope.query,
        "asked": asked,
        "kept": period_query(asked).replace("?", "&"),
    }
    if scope.areas:
        area = find_area(scope.areas[0])
        programme = load_programme(window=asked.window, scope=Scope(areas=(area.slug,)), viewer=viewer_for(request))
        context |= {
            "area": area,
            "programme": programme,
            "span": span_of(programme, asked.stated),
            "kinds": sorted(Counter(entry.kind_label for entry in programme.entries).items()),
            "query_string": period_query(asked),
        }
    return render(request, "events/print.html", context)


@require_safe
def area_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The schedule of an area as this viewer may see it, always in Vietnamese."""
    area, asked = find_area(slug), parse_period(request.GET)
    with translation.override("vi"):
        programme = load_programme(window=asked.window, scope=Scope(areas=(slug,)), viewer=viewer_for(request))
    if len(programme.entries) > MOST_ROWS:
        raise BadRequest(_too_long(len(programme.entries)))
    sheet = make_sheet(area, asked, printed_on=timezone.localdate())
    etag = f'"{hashlib.sha256(render_schedule_html(programme, sheet).encode()).hexdigest()}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(render_schedule_pdf(programme, sheet), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="lich-{slug}.pdf"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Language"] = "vi"
    patch_vary_headers(answer, ("Cookie",))
    return answer


def parse_period(query: QueryDict) -> AskedPeriod:
    """Read `from` and `to` (included), YYYY-MM-DD or dd/mm/yyyy. BadRequest with a sentence where it is no period."""
    first, last = parse_day(query, "from"), parse_day(query, "to")
    if first is not None and last is not None and last < first:
        raise BadRequest(
            _("The last day %(last)s lies before the first day %(first)s; swap them or choose others.")
            % {"first": format_date(first), "last": format_date(last)}
        )
    return AskedPeriod(first=first, last=last)


def period_query(asked: AskedPeriod) -> str:
    """Return the period as the PDF's query string with its question mark; "" for all there is."""
    query = QueryDict(mutable=True)
    for name, day in (("from", asked.first), ("to", asked.last)):
        if day is not None:
            query[name] = day.isoformat()
    return f"?{query.urlencode()}" if query else ""


def make_sheet(area: Area, asked: AskedPeriod, *, printed_on: date) -> ScheduleSheet:
    """Return what stands around the table of an area's schedule."""
    return ScheduleSheet(
        area_name=area.name,
        authority=authority_of(area),
        period=asked.stated,
        printed_on=format_date(printed_on),
        link=f"{settings.PANO_BASE_URL}{reverse('events:calendar')}?area={area.slug}",
    )


def authority_of(area: Area) -> tuple[str, ...]:
    """Return the lines of the issuing body: the area's own office below its committee, else the Department."""
    office = Unit.objects.filter(areas=area, kind__in=OFFICES).first()
    if office is not None and area.level != AreaLevel.ZONE:
        return (f"UBND {area.name}", office.name)
    department = Unit.objects.filter(kind=UnitKind.DEPARTMENT).first()
    return () if department is None else (department.name,)


def _too_long(count: int) -> str:
    sentence = _(
        "The schedule would have %(count)s rows, more than %(most)s; choose a shorter period or a smaller area."
    )
    return sentence % {"count": count, "most": MOST_ROWS}
