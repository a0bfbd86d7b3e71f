"""Admin pages of campaigns and activities: for reading, and for setting a status through planning."""

from __future__ import annotations

from typing import Any, Final, cast

import schedule.admin  # noqa: F401 -- registers what is taken off below
from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import PlanningError
from events import (
    almanac_admin,  # noqa: F401 -- registers festivals, observances and days off
    legal_admin,  # noqa: F401 -- registers the legal figures
    planning,
    subscription_admin,  # noqa: F401 -- registers private links
)
from events.models import (
    Activity,
    Audience,
    BasisDocument,
    Booking,
    Campaign,
    Form,
    FundingSource,
    Occurrence,
    Status,
    Theme,
)
from events.programme.gate import visible_q
from units.models import User
from units.permissions import viewer_of
from venues.record_admin import ReadOnlyAdmin, ReadOnlyInline

# django-scheduler's own pages would write past planning.
for model in apps.get_app_config("schedule").get_models():
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class StatusForm(ActionForm):
    """What the actions ask besides which action."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    """Activities as planned; they are edited on their own pages, their status may be set here."""

    list_display = ("code", "title", "kind", "status", "area", "lead_unit", "start")
    list_filter = ("status", "kind", "campaign")
    list_select_related = ("event", "area", "lead_unit")
    search_fields = ("code", "event__title", "area__name")
    exclude = ("event", "resources")
    readonly_fields = ("page",)
    action_form = StatusForm
    actions = ("confirm", "postpone", "suspend", "cancel", "finish")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Activity]:
        """Only what the person may see on the calendar too."""
        found: QuerySet[Activity] = super().get_queryset(request)
        return found.filter(visible_q(viewer_of(cast("User", request.user))))

    @admin.display(description=gettext_lazy("title"), ordering="event__title")
    def title(self, activity: Activity) -> str:
        """Return the series' title."""
        return str(activity.event.title)

    @admin.display(description=gettext_lazy("start"), ordering="event__start")
    def start(self, activity: Activity) -> Any:  # noqa: ANN401 -- django-scheduler has no types
        """Return the series' first start."""
        return activity.event.start

    @admin.display(description=gettext_lazy("Page"))
    def page(self, activity: Activity) -> SafeString:
        """Link to the page where the activity is edited."""
        address = reverse("events:activity-edit", args=[activity.uid])
        return format_html('<a href="{}">{}</a>', address, _("Edit on the activity's page"))

    @admin.action(description=Status.CONFIRMED.label)
    def confirm(self, request: HttpRequest, queryset: QuerySet[Activity]) -> None:
        """Approve."""
        set_statuses(request, queryset, Status.CONFIRMED)

    @admin.action(description=Status.POSTPONED.label)
    def postpone(self, request: HttpRequest, queryset: QuerySet[Activity]) -> None:
        """Put off."""
        set_statuses(request, queryset, Status.POSTPONED)

    @admin.action(description=Status.SUSPENDED.label)
    def suspend(self, request: HttpRequest, queryset: QuerySet[Activity]) -> None:
        """Stop for a while."""
        set_statuses(request, queryset, Status.SUSPENDED)

    @admin.action(description=Status.CANCELLED.label)
    def cancel(self, request: HttpRequest, queryset: QuerySet[Activity]) -> None:
        """Call off."""
        set_statuses(request, queryset, Status.CANCELLED)

    @admin.action(description=Status.DONE.label)
    def finish(self, request: HttpRequest, queryset: QuerySet[Activity]) -> None:
        """Mark as carried out."""
        set_statuses(request, queryset, Status.DONE)


def set_statuses(request: HttpRequest, queryset: QuerySet[Activity], status: Status) -> None:
    """Set a status through planning, one transaction an activity; say which could not be set and why."""
    done = 0
    for activity in queryset.select_related("event"):
        try:
            planning.set_status(
                uid=activity.uid,
                version=activity.version,
                status=status,
                reason=request.POST.get("reason", "")[:300],
                by=cast("User", request.user),
            )
        except (PlanningError, ValidationError) as error:
            messages.error(request, f"{activity.code}: {_sentence(error)}")
        else:
            done += 1
    if done:
        messages.success(request, _("Status set for %(number)d activities.") % {"number": done})


def _sentence(error: PlanningError | ValidationError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


class ThemeInline(ReadOnlyInline):
    """Themes of the campaign."""

    model = Theme


class FormInline(ReadOnlyInline):
    """Forms of work of the campaign."""

    model = Form


class AudienceInline(ReadOnlyInline):
    """Audiences of the campaign."""

    model = Audience


class FundingSourceInline(ReadOnlyInline):
    """Funding sources of the campaign."""

    model = FundingSource


class BasisDocumentInline(ReadOnlyInline):
    """Documents the campaign rests on."""

    model = BasisDocument


CAMPAIGN_LISTS: Final = (ThemeInline, FormInline, AudienceInline, FundingSourceInline, BasisDocumentInline)


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    """Campaigns, with the lists they control; changed by importing their workbook."""

    list_display = ("name", "code", "year", "starts_on", "ends_on", "lead_unit", "status")
    list_select_related = ("lead_unit",)
    search_fields = ("name", "code")
    inlines = CAMPAIGN_LISTS


@admin.register(Occurrence)
class OccurrenceAdmin(ReadOnlyAdmin):
    """The derived index of occurrences."""

    list_display = ("activity", "start", "end", "status")
    list_filter = ("status",)
    list_select_related = ("activity__event",)
    search_fields = ("activity__code", "activity__event__title")
    date_hierarchy = "start"


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    """What is taken, when and by which occurrence."""

    list_display = ("resource", "start", "end", "occurrence")
    list_select_related = ("resource", "occurrence")
    search_fields = ("resource__name", "resource__code")
    date_hierarchy = "start"
