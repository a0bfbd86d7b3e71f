"""What rooms above add to pages of this one: the functions that two tables of `config/settings.py` name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from units.permissions import Viewer

Link = tuple[str, str]  # what it says, where it leads
ActivityLinks = Callable[[str, Viewer], tuple[Link, ...]]
DueItems = Callable[[Viewer, date], "tuple[DueItem, ...]"]


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
