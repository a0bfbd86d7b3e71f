"""What a feed is called in the calendars of those who subscribe: always in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import translation
from django.utils.translation import gettext as _

from events.models import ActivityKind, Audience, Campaign, Status, Theme
from units.models import Unit
from venues.models import Area, Resource, Venue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from events.feeds.spec import FeedSpec

LONGEST: Final = 120
# Field of the Scope -> where its names stand, and the column of its codes.
TABLES: Final[dict[str, tuple[type[Model], str]]] = {
    "areas": (Area, "slug"),
    "venues": (Venue, "code"),
    "units": (Unit, "code"),
    "resources": (Resource, "code"),
    "campaigns": (Campaign, "code"),
    "themes": (Theme, "code"),
    "audiences": (Audience, "code"),
}
CHOICES: Final = {"kinds": ActivityKind, "statuses": Status}


@translation.override("vi")
def feed_name(spec: FeedSpec) -> str:
    """Return the name of the feed in Vietnamese: what it holds and of what; a query for each kind of choice made.

    At most 120 characters, since calendars show it in a narrow list.
    """
    subject = _("Deadlines") if spec.deadlines else _("Public information calendar")
    narrowed = list(_narrowed(spec))
    told = ", ".join(narrowed) if narrowed else _("whole province")
    if spec.scope.is_alone:
        told = _("%(area)s, the area itself alone") % {"area": told}
    name = f"{subject} – {told}"
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _narrowed(spec: FeedSpec) -> Iterator[str]:
    for name, (model, column) in TABLES.items():
        codes = getattr(spec.scope, name)
        if codes:
            rows = model._default_manager.filter(**{f"{column}__in": codes}).order_by(column)
            yield from dict.fromkeys(rows.values_list("name", flat=True))
    for name, labels in CHOICES.items():
        yield from (str(labels(value).label) for value in getattr(spec.scope, name))
    if spec.scope.query:
        yield f"«{spec.scope.query}»"
