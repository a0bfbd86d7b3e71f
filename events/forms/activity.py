"""The form of one activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.intervals import LOCAL_ZONE
from events.forms.choices import narrow_choices
from events.forms.fields import AmountField, AreaField, DayListField, NamedChoiceField
from events.forms.repetition import RepetitionForm, read_repetition
from events.forms.times import TimesForm, moments
from events.models import ActivityKind, Audience, Campaign, Form, FundingSource, Status, Theme
from events.planning.commands import ActivityPlan
from units.models import Unit
from units.permissions import Viewer
from venues.models import Area, DisplaySite, Resource, Venue

UNSHOWN_FIELDS = ("skipped_dates", "expected_audience", "budget_vnd", "procedures")


class ActivityForm(TimesForm, RepetitionForm):
    """Everything a planner says about an activity.

    `viewer` narrows areas and units to what may be planned; `stored` is the plan being edited, whose order of
    places and inexpressible rule are kept.
    """

    campaign = forms.ModelChoiceField(Campaign.objects.all(), label=_("Campaign"))
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Unique within the campaign; left empty, Pano gives the next one."),
    )
    title = forms.CharField(label=_("Title"), max_length=255)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=Status.choices,
        initial=Status.DRAFT,
        help_text=_("A draft takes no resource yet and is not public."),
    )
    is_public = forms.BooleanField(label=_("Shown to the public once confirmed"), required=False, initial=True)
    area = AreaField(Area.objects.all(), label=_("Area"))
    lead_unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Lead unit"))
    coordinating_units = NamedChoiceField(Unit.objects.all(), label=_("Coordinating units"), required=False)
    venues = NamedChoiceField(Venue.objects.select_related("area", "successor_area"), label=_("Venues"), required=False)
    sites = NamedChoiceField(DisplaySite.objects.select_related("area"), label=_("Display sites"), required=False)
    resources = NamedChoiceField(
        Resource.objects.all(),
        label=_("Resources it takes"),
        required=False,
        help_text=_("Spaces, panel faces, teams, vehicles, equipment: each can be taken once at a time."),
    )
    extra_dates = DayListField(label=_("Extra dates"), required=False, help_text=_("One a line, like 02/09/2023 8h00."))
    excluded_dates = DayListField(
        label=_("Excluded dates"), required=False, help_text=_("Days of the series to leave out.")
    )
    themes = NamedChoiceField(Theme.objects.all(), label=_("Themes"), required=False)
    forms_of_work = NamedChoiceField(Form.objects.all(), label=_("Forms of work"), required=False)
    audiences = NamedChoiceField(Audience.objects.all(), label=_("Audiences"), required=False)
    funding_sources = NamedChoiceField(FundingSource.objects.all(), label=_("Funding sources"), required=False)
    quantity = AmountField(label=_("Quantity"), required=False)
    quantity_unit = forms.CharField(label=_("Unit of count"), required=False, max_length=20)
    quantity_source = forms.CharField(label=_("Source of the figure"), required=False, max_length=120)
    description = forms.CharField(
        label=_("Description (public)"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    notes = forms.CharField(label=_("Internal notes"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    status_reason = forms.CharField(label=_("Reason of the status"), required=False, max_length=300)

    def __init__(self, *args: Any, viewer: Viewer, stored: ActivityPlan | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.stored = stored
        narrow_choices(self, viewer=viewer, stored=stored)

    def clean(self) -> dict[str, Any] | None:
        """Add the rule, once the times agree."""
        values = super().clean() or self.cleaned_data
        if "interval" not in values or self.errors:
            return values
        start = values["interval"].start.astimezone(LOCAL_ZONE)
        stored = None if self.stored is None else self.stored.recurrence
        try:
            values["recurrence"] = read_repetition(values, start=start, stored=stored)
        except ValueError as error:
            self.add_error("repeat", str(error))
        return values

    def plan(self) -> ActivityPlan:
        """Return the command that a valid form means."""
        values = self.cleaned_data
        usual = values["interval"].start.astimezone(LOCAL_ZONE).time()
        stored = self.stored
        plain = (
            "code", "title", "kind", "status", "interval", "all_day", "recurrence", "is_public", "description",
            "notes", "quantity", "quantity_unit", "quantity_source", "status_reason",
        )  # fmt: skip
        return ActivityPlan(
            uid=None if stored is None else stored.uid,
            campaign_id=values["campaign"].pk,
            area_id=values["area"].pk,
            lead_unit_id=values["lead_unit"].pk,
            extra_dates=moments(values["extra_dates"], usual),
            excluded_dates=moments(values["excluded_dates"], usual),
            venue_ids=self._keys("venues", () if stored is None else stored.venue_ids),
            site_ids=self._keys("sites", () if stored is None else stored.site_ids),
            resource_ids=self._keys("resources"),
            coordinating_unit_ids=self._keys("coordinating_units"),
            theme_ids=self._keys("themes"),
            form_ids=self._keys("forms_of_work"),
            audience_ids=self._keys("audiences"),
            funding_source_ids=self._keys("funding_sources"),
            **{name: values[name] for name in plain},
            **({} if stored is None else {name: getattr(stored, name) for name in UNSHOWN_FIELDS}),
        )

    def _keys(self, name: str, order: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Keys of what is chosen; those in `order` first, in that order."""
        chosen = [row.pk for row in self.cleaned_data[name]]
        kept = [key for key in order if key in chosen]
        return tuple(dict.fromkeys([*kept, *chosen]))
