"""The part of a form that says on which days: first instance, rule, extra and excluded dates."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.intervals import LOCAL_ZONE
from events.forms.fields import DayListField
from events.forms.repetition import RepetitionForm, Rule, read_repetition
from events.forms.times import TimesForm


class SeriesForm(TimesForm, RepetitionForm):
    """All dates of an activity; `cleaned_data["repetition"]` is there when the fields agree.

    `stored_rule` is the rule being edited, for "as stored".
    """

    extra_dates = DayListField(label=_("Extra dates"), required=False, help_text=_("One a line, like 02/09/2023 8h00."))
    excluded_dates = DayListField(
        label=_("Excluded dates"), required=False, help_text=_("Days of the series to leave out.")
    )
    stored_rule: Rule | None = None

    def clean(self) -> dict[str, Any] | None:
        """Add the rule, once the times agree."""
        values = super().clean() or self.cleaned_data
        if "interval" not in values or self.errors:
            return values
        start = values["interval"].start.astimezone(LOCAL_ZONE)
        try:
            said = read_repetition(values, start=start, stored=self.stored_rule)
        except ValueError as error:
            self.add_error("repeat_words" if values.get("repeat") == "words" else "repeat", str(error))
            return values
        values["repetition"] = said
        values["extra_dates"] = (*values["extra_dates"], *((day, None) for day in said.extra_days))
        values["excluded_dates"] = (*values["excluded_dates"], *((day, None) for day in said.excluded_days))
        return values
