"""Small forms: another status, a cancellation, one occurrence moved or cancelled."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.times import TimesForm
from events.models import Status


class VersionForm(forms.Form):
    """Carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ReasonForm(VersionForm):
    """Why; readers of the calendar are told."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class StatusForm(VersionForm):
    """Another status, with a reason where one is worth giving."""

    status = forms.ChoiceField(label=_("Status"), choices=Status.choices)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class CancelOccurrenceForm(VersionForm):
    """One occurrence of a series does not take place."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class MoveOccurrenceForm(TimesForm, VersionForm):
    """One occurrence takes place at another time."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
