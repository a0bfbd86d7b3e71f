"""First day, last day and times: between the form's fields and an Interval."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.intervals import LOCAL_ZONE, Interval, day_interval, last_day
from events.forms.fields import ClockField, DayField, DayTime

YEARS = range(1901, 2100)


class TimesForm(forms.Form):
    """The part of a form that says when; `interval` is in `cleaned_data` when the fields agree."""

    start_date = DayField(label=gettext_lazy("First day"))
    start_time = ClockField(label=gettext_lazy("From (time)"), required=False)
    end_date = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("This day included; empty: the same day."),
    )
    end_time = ClockField(label=gettext_lazy("To (time)"), required=False)
    all_day = forms.BooleanField(label=gettext_lazy("Whole days"), required=False)

    def clean(self) -> dict[str, Any] | None:
        """Make the interval, or say at its field what does not fit."""
        values = super().clean() or self.cleaned_data
        first = values.get("start_date")
        if first is None or self.errors:
            return values
        last = values.get("end_date") or first
        if first.year not in YEARS or last.year not in YEARS:
            self.add_error("start_date", _("The year must lie between 1901 and 2099."))
        elif last < first:
            self.add_error("end_date", _("The last day lies before the first day."))
        elif values.get("all_day"):
            values["interval"] = day_interval(first, last)
        else:
            self._clean_clock(first, last)
        return values

    def _clean_clock(self, first: date, last: date) -> None:
        begins, ends = self.cleaned_data.get("start_time"), self.cleaned_data.get("end_time")
        if begins is None:
            self.add_error("start_time", _("Give the time, or tick “Whole days”."))
        elif ends is None:
            self.add_error("end_time", _("Give the time of the end."))
        elif (last, ends) <= (first, begins):
            self.add_error(
                "end_time", _("The end must lie after the start; past midnight, give the next day as last day.")
            )
        else:
            self.cleaned_data["interval"] = Interval(
                datetime.combine(first, begins, LOCAL_ZONE), datetime.combine(last, ends, LOCAL_ZONE)
            )


def write_times(interval: Interval, *, all_day: bool) -> dict[str, Any]:
    """Return initial values that `TimesForm` reads back as the same interval.

    The last day is left empty within one day, so that changing the first moves both.
    """
    local = interval.local()
    first, last = local.start.date(), last_day(interval) if all_day else local.end.date()
    days = {"start_date": first, "end_date": None if last == first else last, "all_day": all_day}
    if all_day:
        return days
    return {**days, "start_time": local.start.time(), "end_time": local.end.time()}


def moments(days: tuple[DayTime, ...], usual: time) -> tuple[datetime, ...]:
    """Return aware starts for listed days, at the usual time where none is given."""
    return tuple(datetime.combine(day, usual if own is None else own, LOCAL_ZONE) for day, own in days)
