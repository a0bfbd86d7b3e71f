"""What rooms above add to this one: the functions that tables of `config/settings.py` name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from units.permissions import Viewer

if TYPE_CHECKING:
    from events.rules.engine import Rule
    from events.rules.facts import PlaceFacts

Link = tuple[str, str]  # what it says, where it leads
Suggestion = tuple[str, str]  # a filter, what to call it
ActivityLinks = Callable[[str, Viewer], tuple[Link, ...]]
DueItems = Callable[[Viewer, date], "tuple[DueItem, ...]"]
FeedSuggestions = Callable[[Viewer], tuple[Suggestion, ...]]
WorldSource = Callable[["WorldScope"], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """Something to be done by the end of `day`; `text` is in the reader's language, `url` a path on this server.

    `days_left` is 0 on that day and negative once it has passed.
    """

    text: str
    day: date
    days_left: int
    url: str

    @property
    def is_past(self) -> bool:
        """Whether the day lies behind."""
        return self.days_left < 0


def activity_links(uid: str, viewer: Viewer) -> tuple[Link, ...]:
    """Return the links to what else belongs to an activity, in the order of `PANO_ACTIVITY_LINKS`."""
    sources = (cast("ActivityLinks", import_string(path)) for path in settings.PANO_ACTIVITY_LINKS)
    return tuple(link for source in sources for link in source(uid, viewer))


def due_items(viewer: Viewer, today: date) -> tuple[DueItem, ...]:
    """Return what is due for the viewer besides reports, next first; from `PANO_DUE_ITEMS`."""
    sources = (cast("DueItems", import_string(path)) for path in settings.PANO_DUE_ITEMS)
    return tuple(sorted((item for source in sources for item in source(viewer, today)), key=lambda item: item.day))


def feed_suggestions(viewer: Viewer) -> tuple[Suggestion, ...]:
    """Return what the viewer may like to follow, each a filter as it stands in an address and what to call it."""
    sources = (cast("FeedSuggestions", import_string(path)) for path in settings.PANO_FEED_SUGGESTIONS)
    return tuple(choice for source in sources for choice in source(viewer))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldScope:
    """What a check of conflicts looks at: what is taken, where it is, and when each activity ends (seconds), by UID."""

    ends: Mapping[str, int]
    resource_ids: frozenset[int]
    places: Mapping[int, PlaceFacts]


def world_facts(scope: WorldScope) -> dict[str, Any]:
    """Return the fields of `events.rules.facts.World` that rooms above know, from `PANO_WORLD_SOURCES`."""
    found: dict[str, Any] = {}
    for path in settings.PANO_WORLD_SOURCES:
        found |= cast("WorldSource", import_string(path))(scope)
    return found


def conflict_rules() -> tuple[Rule, ...]:
    """Return the conflict rules of rooms above, in the order of `PANO_CONFLICT_RULES`."""
    return tuple(cast("Rule", import_string(path)) for path in settings.PANO_CONFLICT_RULES)


def ask_to_tell() -> None:
    """Ask the function that `PANO_LATE_CHANGE_TELLER` names to tell of a late change, in the caller's transaction."""
    cast("Callable[[], None]", import_string(settings.PANO_LATE_CHANGE_TELLER))()
