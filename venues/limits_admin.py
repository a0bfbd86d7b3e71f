"""Admin pages of what limits the use of places: closures, opening hours, places that ask for quiet."""

from __future__ import annotations

from django.contrib import admin

from venues.models import Closure, OpeningHours, QuietPlace
from venues.sourced_admin import SourcedAdmin


class LimitAdmin(SourcedAdmin):
    """What closures and opening hours share: either a venue or one resource."""

    list_select_related = ("venue", "resource")
    search_fields = ("venue__name", "resource__name")
    autocomplete_fields = ("venue",)
    raw_id_fields = ("resource",)


@admin.register(Closure)
class ClosureAdmin(LimitAdmin):
    """Times in which a venue or a resource cannot be used."""

    list_display = ("__str__", "start", "end", "source", "checked_on")
    date_hierarchy = "start"


@admin.register(OpeningHours)
class OpeningHoursAdmin(LimitAdmin):
    """Stretches of a weekday in which a venue or a resource may be used."""

    list_display = ("venue", "resource", "weekday", "opens", "closes", "checked_on")
    list_filter = ("weekday",)


@admin.register(QuietPlace)
class QuietPlaceAdmin(SourcedAdmin):
    """Hospitals, schools and pagodas near which a loudspeaker disturbs."""

    list_display = ("name", "kind", "area", "point_quality", "is_active", "checked_on")
    list_filter = ("kind", "point_quality", "is_active")
    list_select_related = ("area",)
    search_fields = ("name", "area__name")
    autocomplete_fields = ("area",)
