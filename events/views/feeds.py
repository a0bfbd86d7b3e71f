"""Feeds of areas: the page that explains how to subscribe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.outputs.qr import render_qr
from events.programme import load_programme
from events.programme.entries import Programme
from events.programme.scope import Scope
from events.views.area_choice import area_groups, find_area
from events.views.filters import parse_filters
from units.permissions import viewer_of
from venues.models import Area

LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """An area's feed as people take it: address, one-tap address, QR picture; `is_local` when no phone can reach it."""

    area: Area
    address: str
    webcal: str
    qr: str
    is_local: bool
    count: int


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Explain how to subscribe to the area chosen with `area`; `q` searches the list."""
    scope = parse_filters(request.GET)
    link = feed_link(find_area(scope.areas[0])) if scope.areas else None
    context = {"groups": area_groups(scope.query), "query": scope.query, "link": link}
    return render(request, "events/feeds.html", context)


def public_programme(area: Area) -> Programme:
    """Return everything of the area that a visitor may see, whoever asks."""
    return load_programme(window=None, scope=Scope(areas=(area.slug,)), viewer=viewer_of(None), with_series=True)


def feed_link(area: Area) -> FeedLink:
    """Return the area's feed address in its forms, with the number of occurrences it holds now."""
    address = settings.PANO_BASE_URL + reverse("events:area-feed", args=[area.slug])
    parts = urlsplit(address)
    return FeedLink(
        area=area,
        address=address,
        webcal=parts._replace(scheme="webcal").geturl(),
        qr=render_qr(address),
        is_local=parts.hostname in LOOPBACK,
        count=len(public_programme(area).entries),
    )
