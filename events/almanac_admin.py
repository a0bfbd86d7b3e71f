"""Admin pages of festivals, observances, days off and mourning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _

from events.almanac.rules import read_lunar_rule, read_solar_rule
from events.models import DayOff, Festival, FestivalDate, MourningPeriod, Observance
from venues.sourced_admin import SourcedAdmin

if TYPE_CHECKING:
    FestivalModelForm = forms.ModelForm[Festival]
    ObservanceModelForm = forms.ModelForm[Observance]
else:
    FestivalModelForm = ObservanceModelForm = forms.ModelForm


class FestivalForm(FestivalModelForm):
    """A festival whose rule the almanac can read."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse a rule that gives no day, with the reader's own sentence."""
        cleaned = super().clean() or self.cleaned_data
        rule, read = cleaned.get("rule"), read_lunar_rule if cleaned.get("is_lunar") else read_solar_rule
        if rule:
            check_rule(self, "rule", lambda: read(rule))
        return cleaned


class ObservanceForm(ObservanceModelForm):
    """An observance that has a day: its lunar rule or its day and month are such as the almanac can read."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse a rule that gives no day, with the reader's own sentence."""
        cleaned = super().clean() or self.cleaned_data
        lunar, day, month, on_day = (cleaned.get(name) for name in ("lunar", "day", "month", "on_day"))
        if not (day and month) and not lunar and not on_day:  # SQL lets a check of NULLs pass
            self.add_error(None, _("Give a day and month, or a lunar rule, or one date."))
        if lunar:
            check_rule(self, "lunar", lambda: read_lunar_rule(lunar))
        if day and month:
            check_rule(self, "day", lambda: read_solar_rule(f"{day}/{month}"))
        return cleaned


def check_rule(form: forms.BaseForm, field: str, read: Any) -> None:  # noqa: ANN401 -- any reader without arguments
    """Put the reader's sentence beside the field where it refuses."""
    try:
        read()
    except ValueError as error:
        form.add_error(field, str(error))


@admin.register(Festival)
class FestivalAdmin(SourcedAdmin):
    """Festivals and the rules of their days."""

    form = FestivalForm
    list_display = ("name", "rule", "is_lunar", "state", "is_big", "source", "checked_on", "is_edited")
    list_filter = ("state", "is_lunar", "is_big", "is_edited")
    search_fields = ("name", "code", "old_place", "source")
    autocomplete_fields = ("areas",)


@admin.register(FestivalDate)
class FestivalDateAdmin(SourcedAdmin):
    """Days of a festival as set or confirmed for one year."""

    list_display = ("festival", "year", "first_day", "main_day", "last_day", "source", "checked_on", "is_edited")
    list_filter = ("year", "is_edited")
    list_select_related = ("festival",)
    search_fields = ("festival__name", "source")


@admin.register(Observance)
class ObservanceAdmin(SourcedAdmin):
    """National, sector, ASEAN and local days."""

    form = ObservanceForm
    list_display = ("name", "kind", "day", "month", "lunar", "on_day", "is_big", "source", "checked_on", "is_edited")
    list_filter = ("kind", "is_big", "is_edited")
    search_fields = ("name", "code", "source")


@admin.register(DayOff)
class DayOffAdmin(SourcedAdmin):
    """Days off, and weekend days worked in exchange."""

    list_display = ("day", "name", "is_working", "is_confirmed", "source", "checked_on", "is_edited")
    list_filter = ("is_working", "is_confirmed", "is_edited")
    search_fields = ("name", "source")


@admin.register(MourningPeriod)
class MourningPeriodAdmin(SourcedAdmin):
    """Days of national mourning: entertainment is postponed."""

    list_display = ("name", "first_day", "last_day", "source", "checked_on")
    search_fields = ("name", "source")
