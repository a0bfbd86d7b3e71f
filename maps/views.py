"""The map page, its layers as GeoJSON and the offline basemap."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.intervals import day_interval
from events.programme import load_programme
from events.views.filter_form import filter_fields
from events.views.filters import filters_of, parse_day, parse_filters, parse_window
from events.views.viewers import viewer_for
from maps.basemap import EDITIONS, load_basemap
from maps.page import configuration, day_shown, days_of, draw_shell, query_of, summary_of
from maps.registry import layer_names, layer_source

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

BASE_MAX_AGE: Final = 24 * 60 * 60  # seconds; the reference files change with a release


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Show the plan on a map, with what cannot be drawn and the same entries as a table."""
    if _asks_for_days(request):
        return redirect(f"{request.path}?{_query_with_days(request)}")
    window, scope, viewer = parse_window(request.GET), parse_filters(request.GET), viewer_for(request)
    programme = load_programme(window=window, scope=scope, viewer=viewer)
    pieces = draw_shell()
    query = query_of(window, filters_of(request.GET))
    context = {
        "pieces": pieces,
        "configuration": configuration(pieces, query=query, day=day_shown(programme, today=timezone.localdate())),
        "days": days_of(window),
        "query": query,
        "filters": filters_of(request.GET),
        "fields": filter_fields(scope, viewer),
        "scope": scope,
        **summary_of(programme),
    }
    return render(request, "maps/map.html", context)


@require_safe
def layer(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer one layer as GeoJSON, 304 when the caller has it already."""
    source = layer_source(name)
    if source is None:
        known = ", ".join(layer_names())
        raise Http404(_("There is no map layer “%(name)s”; there are: %(known)s.") % {"name": name, "known": known})
    window, scope = parse_window(request.GET), parse_filters(request.GET)
    drawn = source(window=window, scope=scope, viewer=viewer_for(request))
    body = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f"{drawn['revision']}-{hashlib.sha256(body).hexdigest()[:12]}"  # labels differ by language
    response = _answer(request, body, etag=etag, content_type="application/geo+json")
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


@require_safe
def base(request: HttpRequest) -> HttpResponseBase:
    """Answer the offline basemap of an edition; anyone may keep it for a day."""
    edition = request.GET.get("edition") or next(reversed(EDITIONS))
    if edition not in EDITIONS:
        message = _("There is no edition “%(name)s” of the areas; there are: %(known)s.")
        raise BadRequest(message % {"name": edition, "known": ", ".join(EDITIONS)})
    basemap = load_basemap(edition)
    response = _answer(request, basemap.body, etag=basemap.tag, content_type="application/json")
    patch_cache_control(response, public=True, max_age=BASE_MAX_AGE)
    return response


def _asks_for_days(request: HttpRequest) -> bool:
    """Tell whether the form on the page was sent: people name the last day itself, addresses the day after."""
    return "from" in request.GET or "to" in request.GET


def _query_with_days(request: HttpRequest) -> str:
    """Return the query with `from` and `to` turned into `start` and `end`; one day alone is that one day."""
    first, last = parse_day(request.GET, "from"), parse_day(request.GET, "to")
    first, last = first or last, last or first
    if first is None or last is None:
        return filters_of(request.GET)
    if last < first:
        raise BadRequest(_("The last day lies before the first; exchange the two."))
    return query_of(day_interval(first, last), filters_of(request.GET))


def _answer(request: HttpRequest, body: bytes, *, etag: str, content_type: str) -> HttpResponseBase:
    quoted = quote_etag(etag)
    response = HttpResponse(body, content_type=content_type, headers={"ETag": quoted})
    return get_conditional_response(request, etag=quoted, response=response) or response
