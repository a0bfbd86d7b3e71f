"""Lists of areas and a search of places, as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, TypedDict

from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from venues.gazetteer import MOST_HITS, find_places, raw_place
from venues.models import Area, AreaLevel

LONGEST_QUERY: Final = 200


class AreaJson(TypedDict):
    """One area of /areas.json; `feed`, `print` are paths on this server, `parent` is the parent's slug."""

    code: str
    name: str
    level: str
    valid_from: str
    valid_to: str | None
    slug: str
    feed: str
    print: str
    parent: str | None


@require_safe
@conditional_page
def areas(request: HttpRequest) -> JsonResponse:
    """List every area and its addresses; `level` and `on` (YYYY-MM-DD) narrow the list."""
    found = Area.objects.select_related("parent").defer("boundary", "parent__boundary")
    if level := request.GET.get("level"):
        found = found.filter(level=_known_level(level))
    if day := request.GET.get("on"):
        found = found.valid_on(_known_day(day))
    return JsonResponse([_area_json(area) for area in found], safe=False, json_dumps_params={"ensure_ascii": False})


@require_safe
@conditional_page
def places(request: HttpRequest) -> JsonResponse:
    """Search areas, venues and display sites by name, with both parents of each."""
    query = request.GET.get("q", "").strip()
    if len(query) > LONGEST_QUERY:
        raise BadRequest(_("The search text is longer than %(length)d characters.") % {"length": LONGEST_QUERY})
    found = [
        {
            "name": entry.name,
            "lon": entry.point.lon if entry.point else None,
            "lat": entry.point.lat if entry.point else None,
            **raw_place(entry),
        }
        for entry in find_places(query, limit=MOST_HITS)
    ]
    return JsonResponse({"places": found}, json_dumps_params={"ensure_ascii": False})


def _area_json(area: Area) -> AreaJson:
    return {
        "code": area.code,
        "name": area.name,
        "level": area.level,
        "valid_from": area.valid_from.isoformat(),
        "valid_to": area.valid_to.isoformat() if area.valid_to else None,
        "slug": area.slug,
        "feed": reverse("events:area-feed", args=[area.slug]),
        "print": reverse("events:area-print", args=[area.slug]),
        "parent": area.parent.slug if area.parent else None,
    }


def _known_level(text: str) -> str:
    if text not in AreaLevel.values:
        allowed = ", ".join(AreaLevel.values)
        raise BadRequest(_("“level” is %(given)s; allowed: %(allowed)s.") % {"given": text, "allowed": allowed})
    return text


def _known_day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 -- a calendar day has no zone
    except ValueError as error:
        raise BadRequest(_("“on” is %(given)s; write a day as YYYY-MM-DD.") % {"given": text}) from error
