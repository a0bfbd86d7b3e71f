"""The activity form opened from one occurrence: what is edited, and how far the edit reaches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.recurrence_reading import ReadRepetition
from events.forms.activity import ActivityForm
from events.forms.repetition import RepetitionForm
from events.forms.series import SeriesForm
from events.planning.commands import ActivityPlan
from events.planning.scopes import EditScope
from units.permissions import Viewer

SCOPES = (
    (EditScope.THIS.value, _("Only this occurrence")),
    (EditScope.FOLLOWING.value, _("This occurrence and those that follow")),
    (EditScope.ALL.value, _("All occurrences")),
)
REPETITION_FIELDS = frozenset(RepetitionForm.base_fields)


class ScopedForm(ActivityForm):
    """The plan as one occurrence shows it, and how far its edit reaches.

    A repetition that nobody touched is taken as it was shown: the day of a moved occurrence need not fit its rule.
    """

    scope = forms.ChoiceField(label=_("What is to change"), choices=SCOPES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, viewer: Viewer, shown: ActivityPlan, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, viewer=viewer, stored=shown, **kwargs)
        self.shown = shown

    @property
    def keeps_repetition(self) -> bool:
        """Whether the rule was left as it was shown."""
        return not REPETITION_FIELDS & set(self.changed_data)

    def clean(self) -> dict[str, Any] | None:
        """Read the repetition only where it was touched."""
        if not self.keeps_repetition:
            return super().clean()
        values = super(SeriesForm, self).clean() or self.cleaned_data
        values["repetition"] = ReadRepetition(rule=self.shown.recurrence, lunar=self.shown.lunar)
        return values

    def plan(self) -> ActivityPlan:
        """The command, with dates that nobody touched as they were shown."""
        plan, touched = super().plan(), set(self.changed_data)
        for name in ("extra_dates", "excluded_dates"):
            if name not in touched and self.keeps_repetition:
                plan = replace(plan, **{name: getattr(self.shown, name)})
        return plan
