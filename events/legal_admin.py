"""Admin pages of legal figures, and of what was sent and accepted under them."""

from __future__ import annotations

from django.contrib import admin

from events.models import AcceptedWarning, Figure, KindTrait, LeadTime, Notice
from venues.record_admin import ReadOnlyAdmin
from venues.sourced_admin import SourcedAdmin


@admin.register(Figure)
class FigureAdmin(SourcedAdmin):
    """Numbers the rules ask for."""

    list_display = ("name", "code", "value", "unit", "is_active", "source", "checked_on", "is_edited")
    list_filter = ("is_active", "is_edited")
    search_fields = ("name", "code", "source")


@admin.register(LeadTime)
class LeadTimeAdmin(SourcedAdmin):
    """Papers that must be sent some days before."""

    list_display = ("code", "name", "kind", "days", "is_working_days", "is_active", "source", "checked_on", "is_edited")
    list_filter = ("kind", "is_active", "is_edited")
    search_fields = ("code", "name", "receiver", "source")


@admin.register(KindTrait)
class KindTraitAdmin(SourcedAdmin):
    """What each kind of activity is to the rules."""

    list_display = ("kind", "is_loud", "is_entertainment", "is_gathering", "is_big", "source", "is_edited")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Papers that were sent; recorded on the activity's own page."""

    list_display = ("activity", "procedure", "sent_on", "number", "receiver", "recorded_by")
    list_select_related = ("activity__event", "recorded_by")
    list_filter = ("procedure",)
    search_fields = ("activity__code", "activity__event__title", "number")


@admin.register(AcceptedWarning)
class AcceptedWarningAdmin(ReadOnlyAdmin):
    """Warnings that planners overrode; accepted and withdrawn on the conflict report."""

    list_display = ("activity", "code", "message", "reason", "accepted_by_label", "accepted_at")
    list_select_related = ("activity__event",)
    list_filter = ("code",)
    search_fields = ("activity__code", "activity__event__title", "reason")
