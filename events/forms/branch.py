"""The form that opens a draft plan."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class BranchForm(forms.Form):
    """A name to know the draft plan by, and what it is for."""

    name = forms.CharField(label=_("Name"), max_length=160)
    note = forms.CharField(label=_("What it is for"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
