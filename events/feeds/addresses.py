"""Where a feed is read: by a readable address where one fits, else by its filter; a private one by its token."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from django.urls import NoReverseMatch, reverse

from events.feeds.spec import query_of
from events.programme.scope import Scope

if TYPE_CHECKING:
    from events.feeds.spec import FeedSpec

# Field of the Scope -> the address of a feed that is narrowed by one value of it and by nothing else.
READABLE: Final = {
    "areas": "events:area-feed",
    "units": "events:unit-feed",
    "resources": "events:team-feed",
    "venues": "events:venue-feed",
    "campaigns": "events:campaign-feed",
    "kinds": "events:kind-feed",
    "themes": "events:theme-feed",
    "audiences": "events:audience-feed",
}


def public_path(spec: FeedSpec) -> str:
    """Return the path of the public feed of what `spec` asks; reminders belong to private links and do not count."""
    return _readable(spec) or f"{reverse('events:filter-feed')}?{query_of(spec)}"


def private_path(token: str) -> str:
    """Return the path of a private feed: whoever has it reads the feed."""
    return reverse("events:private-feed", args=[token])


def _readable(spec: FeedSpec) -> str:
    narrowed = [each.name for each in fields(Scope) if each.name != "is_alone" and getattr(spec.scope, each.name)]
    if spec.deadlines or len(narrowed) > 1:
        return ""
    if not narrowed:
        return reverse("events:all-feed")
    values = getattr(spec.scope, narrowed[0])
    if narrowed[0] not in READABLE or len(values) != 1:
        return ""
    try:
        return reverse("events:area-alone-feed" if spec.scope.is_alone else READABLE[narrowed[0]], args=values)
    except NoReverseMatch:  # a code with a slash
        return ""
