"""The calendars that people subscribe to: public ones for every question, private ones by their token."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.feeds.addresses import public_path
from events.feeds.naming import feed_name
from events.feeds.spec import FeedSpec, query_of, spec_of
from events.feeds.tokens import hash_token, is_token
from events.models import Subscription
from events.outputs.ical import FeedFrame, render_feed
from events.programme import load_programme
from events.views.area_choice import find_area
from units.permissions import Viewer, viewer_of

MAX_AGE_S: Final = 300


@require_safe
@translation.override("vi")
def filter_feed(request: HttpRequest) -> HttpResponseBase:
    """The public feed of any filter of the calendar: the same bytes for everybody, signed in or not."""
    return _public(request, spec_of(request.GET))


@require_safe
@translation.override("vi")
def area_feed(request: HttpRequest, slug: str, *, is_alone: bool = False) -> HttpResponseBase:
    """The public feed of an area with all that lies below it."""
    query = QueryDict(mutable=True)
    query["area"] = find_area(slug).slug
    if is_alone:
        query["alone"] = "1"
    return _public(request, spec_of(query))


def area_alone_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The public feed of an area without what lies below it."""
    return area_feed(request, slug, is_alone=True)


def named_feed(name: str) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """Make the view of public feeds that are narrowed by one value of the filter `name`."""

    @require_safe
    @translation.override("vi")
    def view(request: HttpRequest, code: str) -> HttpResponseBase:
        query = QueryDict(mutable=True)
        query[name] = code
        try:
            spec = spec_of(query)
        except BadRequest as error:
            raise Http404(str(error)) from error
        return _public(request, spec)

    return view


@require_safe
@translation.override("vi")
def private_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The feed of a private link, as its owner may see it; 404 for a token that is no one's, or no longer."""
    link = _living_link(token)
    if link is None:
        raise Http404(_("This link no longer exists, or was revoked."))
    query = link.query if link.saved_filter is None else link.saved_filter.query
    spec = spec_of(query, alarm_minutes=link.alarm_minutes)
    answer = _answer(request, spec, viewer_of(link.owner), name=link.name)
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _living_link(token: str) -> Subscription | None:
    if not is_token(token):
        return None
    rows = Subscription.objects.select_related("owner", "saved_filter")
    return rows.filter(token_hash=hash_token(token), revoked_at=None, owner__is_active=True).first()


def _public(request: HttpRequest, spec: FeedSpec) -> HttpResponseBase:
    if spec.deadlines:
        raise BadRequest(_("Deadlines are for members of a unit: sign in and make a private link."))
    answer = _answer(request, spec, viewer_of(None), name=feed_name(spec))
    answer["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
    return answer


def _answer(request: HttpRequest, spec: FeedSpec, viewer: Viewer, *, name: str) -> HttpResponse:
    programme = load_programme(window=None, scope=spec.scope, viewer=viewer, with_series=True)
    is_public = viewer.user is None
    frame = FeedFrame(
        name=name,
        url=f"{settings.PANO_BASE_URL}{reverse('events:feeds')}?{query_of(spec)}".rstrip("?"),
        source=settings.PANO_BASE_URL + public_path(spec) if is_public else "",
    )
    body = render_feed(programme, frame, base_url=settings.PANO_BASE_URL, alarm_minutes=spec.alarm_minutes)
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        filename = request.path.rsplit("/", 1)[-1] if is_public else "lich.ics"
        answer["Content-Disposition"] = f'inline; filename="{filename}"'
    answer["ETag"] = etag
    answer["Content-Language"] = "vi"
    if programme.entries:
        answer["Last-Modified"] = http_date(max(entry.last_modified for entry in programme.entries).timestamp())
    return answer
