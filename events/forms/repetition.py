"""How an activity repeats: between the form's fields and a Recurrence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.recurrence import Frequency, Recurrence, Weekday, check_start
from core.recurrence_text import parse_description, to_labels
from core.vietnamese import SHORT_WEEKDAY_NAMES, WEEKDAY_NAMES
from events.forms.fields import DayField

REPEATS = (
    ("none", _("Does not repeat")),
    ("daily", _("Daily")),
    ("weekly", _("Weekly, on chosen weekdays")),
    ("month_day", _("Monthly, on days of the month")),
    ("month_weekday", _("Monthly, on a weekday of a week")),
    ("keep", _("As stored")),
)
ORDINALS = ((1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (5, _("fifth")), (-1, _("last")))


class RepetitionForm(forms.Form):
    """The part of the activity form that says how it repeats."""

    repeat = forms.ChoiceField(label=_("Repeats"), choices=REPEATS, required=False)
    repeat_interval = forms.IntegerField(
        label=_("Every … (days, weeks, months)"), min_value=1, max_value=99, required=False, initial=1
    )
    repeat_weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        choices=tuple(enumerate(SHORT_WEEKDAY_NAMES)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    repeat_month_days = forms.CharField(
        label=_("Days of the month"), required=False, max_length=100, help_text=_("For example: 1, 15 or cuối (last).")
    )
    repeat_ordinal = forms.TypedChoiceField(label=_("Week of the month"), choices=ORDINALS, coerce=int, required=False)
    repeat_ordinal_weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=tuple(enumerate(WEEKDAY_NAMES)), coerce=int, required=False
    )
    repeat_until = DayField(label=_("Last day of the series"), required=False)
    repeat_count = forms.IntegerField(label=_("or number of occurrences"), min_value=1, max_value=1000, required=False)


def read_repetition(values: dict[str, Any], *, start: datetime, stored: Recurrence | None) -> Recurrence | None:
    """Return the rule that the form's cleaned values mean, None for a single activity.

    ValueError with a sentence when the parts contradict each other or the start does not fit.
    """
    kind = values.get("repeat") or "none"
    if kind == "none":
        return None
    rule = stored if kind == "keep" else _build(kind, values, start.date())
    if rule is not None:
        check_start(rule, start)
    return rule


def write_repetition(rule: Recurrence | None, start: datetime) -> dict[str, Any]:
    """Return initial values that `read_repetition` reads back as the same rule; "keep" where no field can say it."""
    if rule is None:
        return {"repeat": "none"}
    common = {"repeat_interval": rule.interval, "repeat_until": rule.until, "repeat_count": rule.count}
    for values in _candidates(rule):
        try:
            if _build(values["repeat"], {**common, **values}, start.date()) == rule:
                return {**common, **values}
        except ValueError:
            continue
    return {"repeat": "keep"}


def _candidates(rule: Recurrence) -> tuple[dict[str, Any], ...]:
    first = rule.by_weekday[0] if rule.by_weekday else Weekday(0, 1)
    days = to_labels(rule)[1].removeprefix("ngày ")
    return (
        {"repeat": "daily"},
        {"repeat": "weekly", "repeat_weekdays": [each.day for each in rule.by_weekday]},
        {"repeat": "month_day", "repeat_month_days": days},
        {"repeat": "month_weekday", "repeat_ordinal": first.ordinal or 1, "repeat_ordinal_weekday": first.day},
    )


def _build(kind: str, values: dict[str, Any], first: date) -> Recurrence:
    ends: dict[str, Any] = {
        "interval": values.get("repeat_interval") or 1,
        "until": values.get("repeat_until"),
        "count": values.get("repeat_count"),
    }
    if kind == "daily":
        return Recurrence(freq=Frequency.DAILY, **ends)
    if kind == "weekly":
        days = values.get("repeat_weekdays") or [first.weekday()]
        return Recurrence(freq=Frequency.WEEKLY, by_weekday=tuple(Weekday(day) for day in sorted(days)), **ends)
    if kind == "month_day":
        written = values.get("repeat_month_days") or str(first.day)
        days = parse_description("hằng tháng", f"ngày {written}").by_month_day
        return Recurrence(freq=Frequency.MONTHLY, by_month_day=days, **ends)
    weekday = Weekday(values.get("repeat_ordinal_weekday") or 0, values.get("repeat_ordinal") or 1)
    return Recurrence(freq=Frequency.MONTHLY, by_weekday=(weekday,), **ends)
