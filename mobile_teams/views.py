"""Tours on screen and on paper."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.text import matches
from events.documents.maker import paper_tag
from events.programme import Scope
from events.views.filter_form import filter_fields
from events.views.filters import filters_of, parse_filters
from events.views.viewers import viewer_for
from mobile_teams.documents import sheet_of
from mobile_teams.models import Tour
from mobile_teams.outputs.route_sheet import render_route_sheet, render_route_sheet_html
from mobile_teams.reading import TourReading, load_tour, load_tours

FILTERS = ("team", "campaign")


@require_safe
def tours(request: HttpRequest) -> HttpResponse:
    """All tours the viewer may see a stop of, those of their own unit first; narrowed by team, campaign and text."""
    scope, viewer = parse_filters(request.GET), viewer_for(request)
    readings = load_tours(tours=_tours_in(scope), viewer=viewer)
    found = [reading for reading in readings if matches(scope.query, reading.text)]
    found.sort(key=lambda reading: (reading.first_day, reading.tour.code))
    context = {
        "readings": found,
        "own": [reading for reading in found if reading.tour.team.unit_id in viewer.unit_ids],
        "others": [reading for reading in found if reading.tour.team.unit_id not in viewer.unit_ids],
        "fields": [field for field in filter_fields(scope, viewer) if field.name in FILTERS],
        "scope": scope,
        "filters": filters_of(request.GET),
    }
    return render(request, "mobile_teams/tours.html", context)


@require_safe
def tour(request: HttpRequest, pk: int) -> HttpResponse:
    """One tour, stop by stop, for the phone in the car."""
    return render(request, "mobile_teams/tour.html", {"reading": _reading(request, pk)})


@require_safe
def route_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The tour's sheet as PDF, always in Vietnamese; a visitor gets the public edition."""
    with translation.override("vi"):
        reading = _reading(request, pk)
        sheet = sheet_of(reading)
    etag = paper_tag(render_route_sheet_html(sheet).encode())
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(render_route_sheet(sheet), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="phieu-lo-trinh-{pk}.pdf"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Language"] = "vi"
    patch_vary_headers(answer, ("Cookie",))
    return answer


def _tours_in(scope: Scope) -> QuerySet[Tour]:
    rows = Tour.objects.all()
    if scope.campaigns:
        rows = rows.filter(campaign__code__in=scope.campaigns)
    if scope.resources:
        rows = rows.filter(team__resource__code__in=scope.resources)
    return rows


def _reading(request: HttpRequest, pk: int) -> TourReading:
    """Return the tour as this viewer may see it; whoever may see none of its stops is told that there is none."""
    reading = load_tour(key=pk, viewer=viewer_for(request))
    if reading is None:
        raise Http404(_("There is no such tour, or it is not public yet."))
    return reading
