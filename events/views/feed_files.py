"""The calendars that people subscribe to: public ones for every question, private ones by their token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from events.feeds.addresses import public_path
from events.feeds.answering import answer_feed
from events.feeds.building import FeedQuestion
from events.feeds.haste import address_of, told_to_wait
from events.feeds.keeping import feed_key, kept_feed
from events.feeds.naming import feed_name
from events.feeds.spec import plain_query, spec_of
from events.feeds.subscriptions import Subscriber, feed_spec_of, find_subscriber, note_fetch
from events.views.filters import ALONE
from units.marks import read_marks
from units.permissions import viewer_of

PRIVATE_FILE: Final = "pano.ics"


def read_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view answer GET and HEAD alone.

    Calendar programs try PROPFIND, REPORT and others first: they get 405, not the page about a form that has expired.
    """
    return csrf_exempt(require_safe(view))


@read_only
def filter_feed(request: HttpRequest) -> HttpResponseBase:
    """The public feed of any filter of the calendar."""
    return _public(request, request.GET)


@read_only
def area_alone_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The public feed of an area without what lies below it."""
    return _named(request, area=slug, alone=ALONE)


@read_only
def area_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The public feed of an area with all that lies below it."""
    return _named(request, area=slug)


def named_feed(name: str) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """Make the view of public feeds that are narrowed by one value of the filter `name`."""

    @read_only
    def view(request: HttpRequest, code: str) -> HttpResponseBase:
        return _named(request, **{name: code})

    return view


def _named(request: HttpRequest, **asked: str) -> HttpResponseBase:
    """Answer a readable address; Http404 with a sentence where it names nothing."""
    query = QueryDict(mutable=True)
    query.update(asked)
    try:
        return _public(request, query)
    except BadRequest as error:
        raise Http404(str(error)) from error


@read_only
def private_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The feed of a private link, as its owner may see it; 404 for a token that is no one's, or no longer."""
    address = address_of(request)
    wait = told_to_wait(f"token {token}", limit=settings.PANO_FEED_RATE_TOKEN)
    wait = wait or told_to_wait(address, limit=settings.PANO_FEED_RATE_ADDRESS)
    if wait is not None:
        return wait
    marks = read_marks()
    subscriber = find_subscriber(token, marks=marks)
    if subscriber is None:
        return told_to_wait(f"guess {address}", limit=settings.PANO_FEED_RATE_TOKEN) or _unknown_link()
    key = feed_key(f"{subscriber.link.owner_id} {subscriber.name}")
    kept = kept_feed(key, lambda: _private_question(subscriber), marks=marks, day=timezone.localdate())
    answer = answer_feed(request, kept, file_name=PRIVATE_FILE, is_private=True)
    note_fetch(subscriber, agent=request.META.get("HTTP_USER_AGENT", ""), now=timezone.now())
    return answer


def _public(request: HttpRequest, query: QueryDict) -> HttpResponseBase:
    """Answer what everybody may have: the same bytes, signed in or not."""
    wait = told_to_wait(address_of(request), limit=settings.PANO_FEED_RATE_ADDRESS)
    if wait is not None:
        return wait
    marks = read_marks()
    key = feed_key(f"visitor {plain_query(query)}")
    kept = kept_feed(key, lambda: _public_question(query), marks=marks, day=timezone.localdate())
    return answer_feed(request, kept, file_name=request.path.rsplit("/", 1)[-1], is_private=False)


def _public_question(query: QueryDict) -> FeedQuestion:
    spec = spec_of(query)
    if spec.deadlines:
        raise BadRequest(_("Deadlines are for members of a unit: sign in and make a private link."))
    source = settings.PANO_BASE_URL + public_path(spec)
    return FeedQuestion(spec=spec, viewer=viewer_of(None), name=feed_name(spec), source=source)


def _private_question(subscriber: Subscriber) -> FeedQuestion:
    return FeedQuestion(spec=feed_spec_of(subscriber.link), viewer=subscriber.viewer, name=subscriber.link.name)


def _unknown_link() -> HttpResponse:
    """Say in plain text that there is no such link: whoever reads it is a calendar, and its owner looks in Pano."""
    sentence = _("This link no longer exists, or was revoked.")
    answer = HttpResponse(sentence, status=404, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
