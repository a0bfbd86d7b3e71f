"""The page on which somebody who has never done it subscribes to a part of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.feeds.spec import query_of, spec_of
from events.feeds.wording import ALONE, DEADLINE, describe_query
from events.programme.preview import load_preview
from events.views.feed_guides import guides
from events.views.feed_links import public_link
from events.views.feed_options import WHATS, option_groups, what_labels
from events.views.filters import parse_choice
from units.permissions import viewer_of

if TYPE_CHECKING:
    from events.feeds.spec import FeedSpec

NOT_ASKED: Final = ("what", "find", "all", DEADLINE)  # this page's own names; deadlines have no public feed


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """Offer the choices of one kind (`what`, searched by `find`); with a filter or `all` in the address, its feed."""
    asked = request.GET.copy()
    what = parse_choice(asked, "what", WHATS)
    find, is_all = (asked.get(name, "").strip()[:200] for name in ("find", "all"))
    for name in NOT_ASKED:
        asked.pop(name, None)
    spec = spec_of(asked.urlencode())
    query = query_of(spec)
    context = {
        "what": what,
        "whats": what_labels(),
        "find": find,
        "groups": option_groups(what, find=find),
        "guides": guides(),
        **(chosen(spec, query) if query or is_all else {}),
    }
    return render(request, "events/subscribe.html", context)


def chosen(spec: FeedSpec, query: str) -> dict[str, Any]:
    """Return the feed of a filter: its words, its addresses, what a visitor finds in it now."""
    words = describe_query(query)
    return {
        "query": query,
        "link": public_link(spec, title=words),
        "preview": load_preview(scope=spec.scope, viewer=viewer_of(None), now=timezone.now()),
        "area": spec.scope.areas[0] if len(spec.scope.areas) == 1 else "",
        "is_alone": spec.scope.is_alone,
        "alone": ALONE,
    }
