"""Small forms of the law: a warning overridden, a paper recorded, days of mourning."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.fields import DayField


class AcceptForm(forms.Form):
    """Which warnings may stand, and why."""

    fingerprint = forms.RegexField(r"[0-9a-f]{64}(,[0-9a-f]{64})*\Z", widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def fingerprints(self) -> tuple[str, ...]:
        """The warnings meant."""
        return tuple(self.cleaned_data["fingerprint"].split(","))


class NoticeForm(forms.Form):
    """When a paper was sent, with what number and to whom."""

    procedure = forms.CharField(max_length=20, widget=forms.HiddenInput)
    sent_on = DayField(label=_("Sent on"))
    number = forms.CharField(label=_("Number of the paper"), max_length=60, required=False)
    receiver = forms.CharField(label=_("Receiver"), max_length=200, required=False)


class MourningForm(forms.Form):
    """Days of national mourning and the announcement they come from."""

    name = forms.CharField(label=_("National mourning for"), max_length=200)
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
    source = forms.CharField(label=_("Announcement (number, date)"), max_length=300, required=False)
