"""The form of one activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.intervals import LOCAL_ZONE
from events.forms.choices import narrow_choices
from events.forms.fields import AmountField, AreaField, MoneyField, NamedChoiceField
from events.forms.series import SeriesForm
from events.forms.times import moments
from events.models import ActivityKind, Audience, Campaign, Form, FundingSource, Status, Theme
from events.planning.commands import ActivityPlan
from units.models import Unit
from units.permissions import Viewer
from venues.models import Area, DisplaySite, Resource, Venue

PLAIN_FIELDS = (
    "code", "title", "kind", "status", "interval", "all_day", "is_public", "description", "notes", "quantity",
    "quantity_unit", "quantity_source", "expected_audience", "budget_vnd", "status_reason",
)  # fmt: skip


class ActivityForm(SeriesForm):
    """Everything a planner says about an activity.

    `viewer` narrows areas and units to what may be planned; `stored` is the plan being edited, whose order of
    places, inexpressible rule and skipped dates are kept.
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
    themes = NamedChoiceField(Theme.objects.all(), label=_("Themes"), required=False)
    forms_of_work = NamedChoiceField(Form.objects.all(), label=_("Forms of work"), required=False)
    audiences = NamedChoiceField(Audience.objects.all(), label=_("Audiences"), required=False)
    funding_sources = NamedChoiceField(FundingSource.objects.all(), label=_("Funding sources"), required=False)
    quantity = AmountField(label=_("Quantity"), required=False)
    quantity_unit = forms.CharField(label=_("Unit of count"), required=False, max_length=20)
    quantity_source = forms.CharField(label=_("Source of the figure"), required=False, max_length=120)
    expected_audience = forms.IntegerField(
        label=_("Expected audience (people)"), required=False, min_value=0, max_value=5_000_000
    )
    budget_vnd = MoneyField(label=_("Budget (VND)"), required=False)
    procedures = forms.MultipleChoiceField(
        label=_("Procedures it needs besides those of its kind"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pano counts the latest day to send each paper."),
    )
    description = forms.CharField(
        label=_("Description (public)"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    notes = forms.CharField(label=_("Internal notes"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    status_reason = forms.CharField(label=_("Reason of the status"), required=False, max_length=300)

    def __init__(self, *args: Any, viewer: Viewer, stored: ActivityPlan | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.stored = stored
        self.stored_rule = None if stored is None else stored.recurrence or stored.lunar
        narrow_choices(self, viewer=viewer, stored=stored)

    def plan(self) -> ActivityPlan:
        """Return the command that a valid form means."""
        values = self.cleaned_data
        usual = values["interval"].start.astimezone(LOCAL_ZONE).time()
        stored = self.stored
        return ActivityPlan(
            uid=None if stored is None else stored.uid,
            campaign_id=values["campaign"].pk,
            area_id=values["area"].pk,
            lead_unit_id=values["lead_unit"].pk,
            recurrence=values["repetition"].rule,
            lunar=values["repetition"].lunar,
            skipped_dates=() if stored is None else stored.skipped_dates,
            procedures=tuple(values["procedures"]),
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
            **{name: values[name] for name in PLAIN_FIELDS},
        )

    def _keys(self, name: str, order: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Keys of what is chosen; those in `order` first, in that order."""
        chosen = [row.pk for row in self.cleaned_data[name]]
        kept = [key for key in order if key in chosen]
        return tuple(dict.fromkeys([*kept, *chosen]))
