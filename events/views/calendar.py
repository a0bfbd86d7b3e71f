"""The calendar: month, week and list, and the same plan as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from events.almanac import load_almanac
from events.models import SavedFilter
from events.outputs.agenda import Agenda, build_agenda
from events.outputs.entries_json import render_entries
from events.outputs.month_grid import MonthGrid, build_month_grid
from events.outputs.week_grid import WeekGrid, build_week_grid
from events.programme import load_programme, nearest_day
from events.programme.entries import Programme
from events.programme.scope import Scope
from events.views.filter_form import filter_fields
from events.views.filters import filters_of, parse_choice, parse_day, parse_filters, parse_window
from events.views.periods import VIEWS, Period, period_around, period_of
from events.views.selection import selectable
from events.views.viewers import viewer_for
from units.permissions import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the calendar opens on; `missed` is the empty period it was moved away from, if it was."""

    period: Period
    programme: Programme
    missed: Period | None = None


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show one month, one week or a list of days."""
    scope, viewer, today = parse_filters(request.GET), viewer_for(request), timezone.localdate()
    view = parse_choice(request.GET, "view", VIEWS)
    window, asked = parse_window(request.GET), parse_day(request.GET, "date")
    if window is not None or asked is not None:
        period = period_of(window) if window is not None else period_around(view, asked or today)
        shown = Shown(period=period, programme=load_programme(window=period.window, scope=scope, viewer=viewer))
    else:
        shown = find_shown(period_around(view, today), scope=scope, viewer=viewer, today=today)
    context = {
        "shown": shown,
        "period": shown.period,
        "layout": lay_out(shown),
        "today": today,
        "fields": filter_fields(scope, viewer),
        "scope": scope,
        "filters": filters_of(request.GET),
        "saved_filters": saved_filters_of(viewer),
    }
    if shown.period.view == "list":
        context |= selectable(request, viewer, shown.programme)
    return render(request, f"events/calendar_{shown.period.view}.html", context)


@require_safe
def entries(request: HttpRequest) -> HttpResponseBase:
    """The programme as JSON; an unchanged one is answered with 304."""
    scope, window = parse_filters(request.GET), parse_window(request.GET)
    programme = load_programme(window=window, scope=scope, viewer=viewer_for(request))
    etag = f'"{programme.revision}-{get_language()}"'
    found = get_conditional_response(request, etag=etag)
    if found is None:
        document = render_entries(programme, window=window)
        found = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    found["ETag"] = etag
    found["Cache-Control"] = "private, no-cache"
    patch_vary_headers(found, ("Cookie",))
    return found


def saved_filters_of(viewer: Viewer) -> list[SavedFilter]:
    """Return the filters that the viewer keeps, by name; none for a visitor."""
    return [] if viewer.user is None else list(SavedFilter.objects.filter(owner=viewer.user).order_by("name"))


def find_shown(period: Period, *, scope: Scope, viewer: Viewer, today: date) -> Shown:
    """Return the period around today, or where it is empty the one around the nearest day that holds something."""
    programme = load_programme(window=period.window, scope=scope, viewer=viewer)
    nearest = None if programme.entries else nearest_day(scope=scope, viewer=viewer, today=today)
    if nearest is None:
        return Shown(period=period, programme=programme)
    moved = period_around(period.view, nearest)
    return Shown(period=moved, programme=load_programme(window=moved.window, scope=scope, viewer=viewer), missed=period)


def lay_out(shown: Shown) -> MonthGrid | WeekGrid | Agenda:
    """Return the view model of the period's view."""
    period, programme = shown.period, shown.programme
    almanac = load_almanac(period.first, period.last)
    if period.view == "month":
        return build_month_grid(programme, year=period.first.year, month=period.first.month, almanac=almanac)
    if period.view == "week":
        return build_week_grid(programme, monday=period.first, almanac=almanac)
    return build_agenda(programme, first=period.first, last=period.last, almanac=almanac)
