"""Reads what the layers draw: the plan through the Programme, places from the tables below.

Each function is one row of `settings.PANO_MAP_LAYERS` and makes a constant number of queries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.text import matches
from core.vietnamese import format_number
from events.programme import load_programme
from maps.outputs.layers import activities_layer, faces_layer, tours_layer, venues_layer
from maps.outputs.pins import FacePin, Pin
from maps.tour_paths import tour_path
from mobile_teams.models import Stop, Tour
from mobile_teams.reading import load_graph, load_tours
from venues.models import Area, Face, Venue

if TYPE_CHECKING:
    from core.intervals import Interval
    from events.programme.scope import Scope
    from maps.outputs.geojson import FeatureCollection
    from units.permissions import Viewer


def activities(*, window: Interval | None, scope: Scope, viewer: Viewer) -> FeatureCollection:
    """Return the entries of the plan as the viewer may see them."""
    return activities_layer(load_programme(window=window, scope=scope, viewer=viewer))


def venues(*, scope: Scope, **_: object) -> FeatureCollection:
    """Return the venues in use, narrowed by area and free text only: they are the same at any time and for anyone."""
    rows = Venue.objects.filter(is_active=True).select_related("area")
    areas = _area_ids(scope)
    return venues_layer(
        _venue_pin(venue)
        for venue in rows
        if (areas is None or venue.area_id in areas) and matches(scope.query, f"{venue.name} {venue.area.name}")
    )


def faces(*, scope: Scope, **_: object) -> FeatureCollection:
    """Return the faces in use, narrowed as the venues."""
    rows = Face.objects.filter(resource__is_active=True).select_related("resource", "site__area")
    areas = _area_ids(scope)
    return faces_layer(
        _face_pin(face)
        for face in rows
        if (areas is None or face.site.area_id in areas)
        and matches(scope.query, f"{face.resource.name} {face.site.name} {face.site.area.name}")
    )


def tours(*, window: Interval | None, scope: Scope, viewer: Viewer) -> FeatureCollection:
    """Return the tours with a stop in the window and the scope, each with all its stops the viewer may see."""
    programme = load_programme(window=window, scope=scope, viewer=viewer)
    asked = {entry.key.uid for entry in programme.entries}
    stops = Stop.objects.values_list("tour_id", "activity__uid")
    keys = {tour for tour, uid in stops if uid in asked}
    readings = load_tours(tours=Tour.objects.filter(pk__in=keys), viewer=viewer)
    nodes = load_graph().nodes if readings else {}
    return tours_layer(tour_path(reading, nodes) for reading in readings)


def _area_ids(scope: Scope) -> frozenset[int] | None:
    """Return the ids of the areas asked for with all below them, None when no area is."""
    if not scope.areas:
        return None
    asked = Area.objects.filter(slug__in=scope.areas).values_list("id", flat=True)
    return Area.objects.within(asked)


def _venue_pin(venue: Venue) -> Pin:
    return Pin(
        key=venue.code,
        name=venue.name,
        kind=venue.kind,
        kind_label=venue.get_kind_display(),
        area=venue.area.name,
        lon=venue.lon,
        lat=venue.lat,
        quality=venue.point_quality,
    )


def _face_pin(face: Face) -> FacePin:
    site = face.site
    sides = [format_number(side) for side in (face.width_m, face.height_m) if side is not None]
    return FacePin(
        key=face.resource.code,
        name=face.resource.name,
        kind=face.format,
        kind_label=face.get_format_display(),
        area=site.area.name,
        lon=site.lon,
        lat=site.lat,
        quality=site.point_quality,
        site=site.name,
        size=f"{' × '.join(sides)} m" if sides else "",
    )
