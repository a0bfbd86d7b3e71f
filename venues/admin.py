"""Admin pages of areas, venues, display sites, what they hold, and roads."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from venues import (
    limits_admin,  # noqa: F401 -- registers closures, opening hours and quiet places
    planning,
)
from venues.forms import FaceForm, SpaceForm
from venues.models import Area, DisplaySite, Face, Resource, RoadEdge, RoadNode, Space, Venue
from venues.record_admin import ReadOnlyAdmin, RecordAdmin, person_of


@admin.register(Area)
class AreaAdmin(RecordAdmin):
    """Areas of both editions and the zones users make; the shipped boundary is not edited by hand."""

    list_display = ("name", "code", "level", "parent", "valid_from", "valid_to", "point_quality")
    list_filter = ("level", "valid_from", "is_border")
    list_select_related = ("parent",)
    search_fields = ("name", "code", "slug")
    exclude = ("boundary",)
    raw_id_fields = ("parent",)
    autocomplete_fields = ("members", "successors")


class PlaceAdmin(RecordAdmin):
    """What venues and display sites share."""

    list_select_related = ("area",)
    search_fields = ("name", "code", "area__name")


@admin.register(Venue)
class VenueAdmin(PlaceAdmin):
    """Venues, with a point that people correct."""

    list_display = ("name", "code", "kind", "area", "point_quality", "is_active")
    list_filter = ("kind", "point_quality", "is_active")
    autocomplete_fields = ("area", "successor_area")


@admin.register(DisplaySite)
class DisplaySiteAdmin(PlaceAdmin):
    """Display sites."""

    list_display = ("name", "code", "area", "point_quality", "is_active")
    list_filter = ("point_quality", "is_active")
    autocomplete_fields = ("area",)


@admin.register(Space)
class SpaceAdmin(RecordAdmin):
    """Spaces, each saved with its resource."""

    form = SpaceForm
    fields = ("code", "name", "venue", "kind", "capacity", "is_active")
    list_display = ("resource", "venue", "kind", "capacity")
    list_filter = ("kind",)
    list_select_related = ("resource", "venue")
    search_fields = ("resource__name", "resource__code", "venue__name")
    autocomplete_fields = ("venue",)

    def write(self, request: HttpRequest, obj: Space, form: SpaceForm) -> None:
        """Store the space and its resource."""
        planning.save_space(space=obj, resource=form.resource(), by=person_of(request))


@admin.register(Face)
class FaceAdmin(RecordAdmin):
    """Faces, each saved with its resource."""

    form = FaceForm
    fields = ("code", "name", "site", "format", "width_m", "height_m", "is_active")
    list_display = ("resource", "site", "format", "width_m", "height_m")
    list_filter = ("format",)
    list_select_related = ("resource", "site")
    search_fields = ("resource__name", "resource__code", "site__name")
    autocomplete_fields = ("site",)

    def write(self, request: HttpRequest, obj: Face, form: FaceForm) -> None:
        """Store the face and its resource."""
        planning.save_face(face=obj, resource=form.resource(), by=person_of(request))


@admin.register(Resource)
class ResourceAdmin(ReadOnlyAdmin):
    """Everything that can be taken; each is changed with its owner."""

    list_display = ("name", "code", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "code")


@admin.register(RoadNode)
class RoadNodeAdmin(RecordAdmin):
    """Towns of the road graph."""

    list_display = ("name", "lon", "lat")
    search_fields = ("name",)


@admin.register(RoadEdge)
class RoadEdgeAdmin(RecordAdmin):
    """Stretches of road; low confidence is to be confirmed by the user."""

    list_display = ("start", "end", "road", "km", "confidence")
    list_filter = ("confidence", "road")
    list_select_related = ("start", "end")
    autocomplete_fields = ("start", "end")
