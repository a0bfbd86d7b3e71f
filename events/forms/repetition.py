"""How an activity repeats: between the form's fields and a rule of the sun or of the moon."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.lunar_recurrence import LunarRecurrence, check_lunar_start, describe_lunar
from core.recurrence import Frequency, Recurrence, Weekday, check_start
from core.recurrence_reading import ReadRepetition
from core.recurrence_reading import read_repetition as read_words
from core.recurrence_text import describe, parse_description, to_labels
from core.vietnamese import SHORT_WEEKDAY_NAMES, WEEKDAY_NAMES
from events.expansion import load_days_off
from events.forms.fields import DayField

Rule = Recurrence | LunarRecurrence

REPEATS = (
    ("none", _("Does not repeat")),
    ("daily", _("Daily")),
    ("weekly", _("Weekly, on chosen weekdays")),
    ("month_day", _("Monthly, on days of the month")),
    ("month_weekday", _("Monthly, on a weekday of a week")),
    ("words", _("Otherwise, in words (also by the lunar calendar)")),
    ("keep", _("As stored")),
)
ORDINALS = ((1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (5, _("fifth")), (-1, _("last")))
EXAMPLES = _(
    "For example: thứ Ba tuần thứ hai hằng tháng, đến 30/11/2026, trừ 02/9 · 2 tuần một lần vào thứ Bảy, 10 buổi · "
    "rằm tháng Giêng âm lịch hằng năm · ngày 2, 7, 12, 17, 22, 27 âm lịch hằng tháng."
)
EMPTY = ReadRepetition()


class RepetitionForm(forms.Form):
    """The part of the activity form that says how it repeats."""

    repeat = forms.ChoiceField(label=_("Repeats"), choices=REPEATS, required=False)
    repeat_words = forms.CharField(label=_("In words"), required=False, max_length=300, help_text=EXAMPLES)
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


def read_repetition(values: dict[str, Any], *, start: datetime, stored: Rule | None) -> ReadRepetition:
    """Return the rule that the form's cleaned values mean, with the days that its words add or leave out.

    ValueError with a sentence when the parts contradict each other, the words are not understood, or the start does
    not fit.
    """
    kind = values.get("repeat") or "none"
    if kind == "none":
        return EMPTY
    if kind == "words":
        said = _read_words(values.get("repeat_words") or "", start)
    elif kind == "keep":
        said = _said(stored)
    else:
        said = _said(_build(kind, values, start.date()))
    _check_start(said, start)
    return said


def write_repetition(rule: Rule | None, start: datetime) -> dict[str, Any]:
    """Return initial values that `read_repetition` reads back as the same rule; "keep" where no field can say it."""
    if rule is None:
        return {"repeat": "none"}
    if isinstance(rule, Recurrence):
        common = {"repeat_interval": rule.interval, "repeat_until": rule.until, "repeat_count": rule.count}
        for values in _candidates(rule):
            if _means(rule, {**common, **values}, start):
                return {**common, **values}
    worded = {"repeat": "words", "repeat_words": words_of(rule)}
    return worded if _means(rule, worded, start) else {"repeat": "keep"}


def words_of(rule: Rule) -> str:
    """The rule in Vietnamese, whichever calendar it follows."""
    return describe(rule) if isinstance(rule, Recurrence) else describe_lunar(rule)


def _means(rule: Rule, values: dict[str, Any], start: datetime) -> bool:
    try:
        return read_repetition(values, start=start, stored=None) == _said(rule)
    except ValueError:
        return False


def _said(rule: Rule | None) -> ReadRepetition:
    return ReadRepetition(
        rule=rule if isinstance(rule, Recurrence) else None,
        lunar=rule if isinstance(rule, LunarRecurrence) else None,
    )


def _read_words(text: str, start: datetime) -> ReadRepetition:
    if not text.strip():
        raise ValueError("Hãy ghi cách lặp bằng lời, ví dụ «thứ Ba tuần thứ hai hằng tháng, đến 30/11/2026».")
    return read_words(text, start)


def _check_start(said: ReadRepetition, start: datetime) -> None:
    if said.rule is not None:
        check_start(said.rule, start)
    if said.lunar is not None:
        check_lunar_start(said.lunar, start, days_off=load_days_off(said.lunar))


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
