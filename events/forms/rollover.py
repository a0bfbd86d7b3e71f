"""The form that rolls a campaign over into another year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lunar_recurrence import LeapPolicy, MissingPolicy
from events.forms.fields import DayField, required_sentence
from events.models import Campaign
from events.planning.rolling import Roll, RollBy, roll_day
from events.planning.rollover_lines import NewCampaign, RolloverOrder

BY_LABELS = (
    (RollBy.DATE.value, gettext_lazy("By date: the same day and month")),
    (RollBy.WEEKDAY.value, gettext_lazy("By weekday: the same day of the same week")),
    (RollBy.LUNAR.value, gettext_lazy("By lunar date: the same lunar day and month")),
)
MISSING_LABELS = (
    (MissingPolicy.LAST_DAY.value, gettext_lazy("the 29th")),
    (MissingPolicy.NEXT_DAY.value, gettext_lazy("the 1st of the next month")),
    (MissingPolicy.SKIP.value, gettext_lazy("leave the activity out")),
)
LEAP_LABELS = (
    (LeapPolicy.REGULAR.value, gettext_lazy("the ordinary month of that number")),
    (LeapPolicy.LEAP.value, gettext_lazy("leave the activity out")),
)
NEW_FIELDS = ("code", "name", "starts_on", "ends_on")


class RolloverForm(forms.Form):
    """Where to roll to, and by what. A new campaign is made where none is chosen."""

    target = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=gettext_lazy("Roll into"),
        required=False,
        empty_label=gettext_lazy("A new campaign, described below"),
    )
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40, required=False, validators=[validate_slug])
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300, required=False)
    starts_on = DayField(label=gettext_lazy("First day"), required=False)
    ends_on = DayField(label=gettext_lazy("Last day"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("What stays the same"), choices=BY_LABELS, widget=forms.RadioSelect)
    missing = forms.ChoiceField(
        label=gettext_lazy("A 30th that the lunar month does not have becomes"), choices=MISSING_LABELS
    )
    leap = forms.ChoiceField(
        label=gettext_lazy("A leap month that the year does not have becomes"), choices=LEAP_LABELS
    )

    def __init__(self, *args: Any, source: Campaign, may_make: bool, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.source, self.may_make = source, may_make
        others = Campaign.objects.exclude(starts_on__year=source.starts_on.year).order_by("-starts_on", "code")
        self.fields["target"].queryset = others  # type: ignore[attr-defined]
        if not may_make:
            for name in NEW_FIELDS:
                del self.fields[name]
            self.fields["target"].required = True

    def clean(self) -> dict[str, Any]:
        """Ask for all of a new campaign, and for days in their order."""
        values = super().clean() or self.cleaned_data
        if values.get("target") is not None or not self.may_make:
            return values
        for name in NEW_FIELDS:
            if not values.get(name) and name not in self.errors:
                self.add_error(name, required_sentence())
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day of the campaign lies before the first."))
        return values

    def order(self, uids: frozenset[str] | None) -> RolloverOrder:
        """The order that a valid form means, for these activities (None: all that fit)."""
        values = self.cleaned_data
        target = values["target"]
        new = None if target is not None else NewCampaign(**{name: values[name] for name in NEW_FIELDS})
        return RolloverOrder(
            source_id=self.source.pk,
            target=new or target.pk,
            by=RollBy(values["by"]),
            missing=MissingPolicy(values["missing"]),
            leap=LeapPolicy(values["leap"]),
            uids=uids,
        )


def next_year_of(source: Campaign) -> dict[str, Any]:
    """What a new campaign of the next year would be called, and its days."""
    old, roll = source.starts_on.year, Roll(by=RollBy.DATE, years=1)
    new = f"{old + 1}"
    return {
        "code": source.code.replace(f"{old}", new),
        "name": source.name.replace(f"{old}", new),
        "starts_on": roll_day(source.starts_on, roll),
        "ends_on": roll_day(source.ends_on, roll),
        "by": RollBy.DATE.value,
    }
