"""What the map page shows besides the map: counts, legend, what is not on it, the same entries as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, last_day
from maps.basemap import edition_on
from maps.outputs.layers import activities_layer, when_text
from maps.registry import layer_names
from venues.models import PointQuality

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.intervals import Interval
    from events.programme.entries import Programme
    from maps.local_map import MapPieces, Overlay
    from maps.outputs.geojson import Omitted

MOST_ROWS: Final = 200
CLUSTERED: Final = frozenset({"activities", "venues", "faces"})
SHOWN_FIRST: Final = "activities"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendKind:
    """A kind of activity on the map: its code, colour and how many entries it has."""

    code: str
    colour: str
    label: str
    count: int


def overlays() -> list[Overlay]:
    """Return the layers of the control, in the order of the registry."""
    from maps.local_map import Overlay  # noqa: PLC0415 -- folium is only paid for by whoever opens the map

    labels = {
        "activities": _("Activities"),
        "tours": _("Tours"),
        "venues": _("Venues"),
        "faces": _("Faces of display sites"),
    }
    return [
        Overlay(
            name=name,
            label=labels.get(name, name),
            is_clustered=name in CLUSTERED,
            is_shown=name == SHOWN_FIRST,
        )
        for name in layer_names()
    ]


def draw_shell() -> MapPieces:
    """Return folium's part of the page."""
    from maps.local_map import draw_map  # noqa: PLC0415 -- as above

    return draw_map(overlays(), credit=settings.MAP_TILE_CREDIT)


def legend_of(programme: Programme) -> list[LegendKind]:
    """Return the kinds that occur, most frequent first."""
    counts: dict[tuple[str, str, str], int] = {}
    for entry in programme.entries:
        key = (entry.kind, entry.colour, entry.kind_label)
        counts[key] = counts.get(key, 0) + 1
    kinds = [LegendKind(code=k[0], colour=k[1], label=k[2], count=n) for k, n in counts.items()]
    return sorted(kinds, key=lambda kind: (-kind.count, kind.code))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDrawn:
    """Entries of one title that are left out for one reason, and how many."""

    title: str
    reason: str
    count: int


def not_drawn(omitted: Iterable[Omitted]) -> list[NotDrawn]:
    """Return the omissions with those of a series together, in the order of their first."""
    counts = Counter((each["title"], each["reason"]) for each in omitted)
    return [NotDrawn(title=title, reason=reason, count=count) for (title, reason), count in counts.items()]


def summary_of(programme: Programme) -> dict[str, Any]:
    """Return counts, legend, omissions and the table's rows for the template."""
    layer = activities_layer(programme)
    rows = [(when_text(entry), entry) for entry in programme.entries[:MOST_ROWS]]
    return {
        "shown": len(layer["features"]),
        "omitted": len(layer["omitted"]),
        "not_drawn": not_drawn(layer["omitted"]),
        "legend": legend_of(programme),
        "rows": rows,
        "more": len(programme.entries) - len(rows),
        "revision": programme.revision,
    }


def days_of(window: Interval | None) -> tuple[date, date] | None:
    """Return the first and the last local day of the window, None for the whole plan."""
    return None if window is None else (window.start.astimezone(LOCAL_ZONE).date(), last_day(window))


def query_of(window: Interval | None, filters: str) -> str:
    """Return the address's query: the window as `start` and `end`, then the filters; empty for neither."""
    if window is None:
        return filters
    first, following = (moment.astimezone(LOCAL_ZONE).date() for moment in (window.start, window.end))
    days = urlencode({"start": first.isoformat(), "end": following.isoformat()})
    return f"{days}&{filters}" if filters else days


def configuration(pieces: MapPieces, *, query: str, day: date) -> dict[str, Any]:
    """Return what the page's module needs: addresses, variables and the words it shows."""
    suffix = f"?{query}" if query else ""
    return {
        "map": pieces.variable,
        "base": f"{reverse('maps:base')}?edition={edition_on(day)}",
        "hasTiles": bool(settings.MAP_TILE_URL),
        "layers": [
            {
                "name": overlay.name,
                "label": overlay.label,
                "group": pieces.groups[overlay.name],
                "url": reverse("maps:layers", args=[overlay.name]) + suffix,
            }
            for overlay in overlays()
        ],
        "qualities": {str(value): str(label) for value, label in PointQuality.choices},
        "words": _words(),
    }


def day_shown(programme: Programme, *, today: date) -> date:
    """Return the day whose areas the basemap draws: the window's first, else the first entry's, else today."""
    if programme.window is not None:
        return programme.window.start.astimezone(LOCAL_ZONE).date()
    if programme.entries:
        return programme.entries[0].interval.start.astimezone(LOCAL_ZONE).date()
    return today


def _words() -> dict[str, str]:
    return {
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "close": _("Close"),
        "open": _("Open the activity"),
        "openTour": _("Open the tour"),
        "when": _("When"),
        "area": _("Area"),
        "unit": _("Unit"),
        "place": _("Venue"),
        "site": _("Display site"),
        "size": _("Size"),
        "team": _("Team"),
        "depot": _("Depot"),
        "quality": _("Point"),
        "approximate": _("approximate"),
        "unplaced": _("Also at (no coordinates yet)"),
        "stops": _("Stops"),
        "distance": _("Length by road"),
        "estimate": _("estimate"),
        "loaded": _("{label}: {shown} on the map, {omitted} without coordinates."),
        "basemap": _("Basemap"),
        "failed": _("The layer “{label}” could not be loaded. Check the connection and reload the page."),
        "credit": _("Approximate boundaries, without legal validity · © OpenStreetMap contributors"),
    }
