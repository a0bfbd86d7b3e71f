"""Admin pages of teams and vehicles, written through planning, and of tours, for reading."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from mobile_teams import planning
from mobile_teams.commands import TeamPlan, VehiclePlan
from mobile_teams.models import Stop, Team, Tour, Vehicle
from units.models import User
from venues.forms import ResourceOwnerForm
from venues.record_admin import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin


class CrewForm(ResourceOwnerForm):
    """A team or vehicle with code and name of its resource; the code says which one is meant, so it stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None
        del self.fields["is_active"]


class CrewAdmin(RecordAdmin):
    """What teams and vehicles share: no deletion, since plans name them."""

    form = CrewForm
    list_select_related = ("resource", "unit")
    list_filter = ("unit",)
    search_fields = ("resource__name", "resource__code", "unit__name")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 -- Django's signature
        """Nobody deletes a crew."""
        return False


@admin.register(Team)
class TeamAdmin(CrewAdmin):
    """Mobile teams."""

    fields = ("code", "name", "unit", "depot", "size", "works_from", "works_to", "rest_weekday")
    list_display = ("resource", "unit", "depot", "size", "works_from", "works_to", "rest_weekday")
    autocomplete_fields = ("unit", "depot")

    def write(self, request: HttpRequest, obj: Model, form: ModelForm[Any]) -> None:
        """Store the team and its resource."""
        values = form.cleaned_data
        plan = TeamPlan(
            code=values["code"],
            name=values["name"],
            unit_id=values["unit"].pk,
            depot_id=values["depot"].pk if values["depot"] else None,
            size=values["size"],
            works_from=values["works_from"],
            works_to=values["works_to"],
            rest_weekday=values["rest_weekday"],
        )
        saved = planning.save_team(plan=plan, by=cast("User", request.user))
        obj.__dict__.update(saved.__dict__)  # what Django's log then names


@admin.register(Vehicle)
class VehicleAdmin(CrewAdmin):
    """Vehicles."""

    fields = ("code", "name", "unit", "plate", "kind")
    list_display = ("resource", "unit", "plate", "kind")
    autocomplete_fields = ("unit",)

    def write(self, request: HttpRequest, obj: Model, form: ModelForm[Any]) -> None:
        """Store the vehicle and its resource."""
        values = form.cleaned_data
        plan = VehiclePlan(
            code=values["code"],
            name=values["name"],
            unit_id=values["unit"].pk,
            plate=values["plate"],
            kind=values["kind"],
        )
        saved = planning.save_vehicle(plan=plan, by=cast("User", request.user))
        obj.__dict__.update(saved.__dict__)  # what Django's log then names


class StopInline(ReadOnlyInline):
    """The stops in order; whom to call is shown on the route sheet alone."""

    model = Stop
    fields = ("position", "activity", "setup_minutes", "note")


@admin.register(Tour)
class TourAdmin(ReadOnlyAdmin):
    """Tours; changed on their own pages and by importing their workbook."""

    list_display = ("name", "code", "team", "vehicle", "depot")
    list_select_related = ("team__resource", "vehicle__resource", "depot")
    search_fields = ("name", "code")
    inlines = (StopInline,)
