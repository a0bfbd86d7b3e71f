"""Fields for days, times, numbers and lists as people here write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.intervals import LOCAL_ZONE
from core.vietnamese import format_date, format_number, format_time, parse_date, parse_number, parse_time
from venues.models import Area, AreaLevel, DisplaySite, Resource, Venue

DayTime = tuple[date, time | None]
LARGEST_AMOUNT = 10**10
LARGEST_BUDGET = 10**12
LONGEST_KEY = 18  # digits: what surely fits into a database key
_SEPARATORS = re.compile(r"[,;\n]+")


class DayField(forms.DateField):
    """A day, typed dd/mm/yyyy or picked; YYYY-MM-DD is understood too."""

    widget = forms.DateInput(
        format="%d/%m/%Y",  # typed, for browsers show their own field in the order of their own language
        attrs={
            "placeholder": gettext_lazy("dd/mm/yyyy"),
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": "10",
            "data-day-field": gettext_lazy("Pick a day"),
        },
    )
    input_formats = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
    default_error_messages = {"invalid": gettext_lazy("Write the day like 08/08/2023.")}


class ClockField(forms.Field):
    """A time of day: 19:30, 19h30, 7h."""

    widget = forms.TimeInput(
        format="%Hh%M",  # typed, for browsers show their own picker in the twelve hours of their own language
        attrs={"placeholder": "19h30", "autocomplete": "off", "maxlength": "12"},
    )

    def to_python(self, value: str | time | None) -> time | None:
        """Read the time; ValidationError with the sentence of the parser."""
        if value in self.empty_values:
            return None
        try:
            return parse_time(value)  # type: ignore[arg-type]
        except ValueError as error:
            raise ValidationError(str(error)) from error


def read_number(value: str | Decimal | None) -> Decimal | None:
    """Read 8,5 or 1.200, None of nothing; ValidationError with the parser's sentence."""
    if value is None or value == "":
        return None
    try:
        return parse_number(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class AmountField(forms.Field):
    """A number with a comma or a dot, 8,5 or 1.200, that the quantity column can hold."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": "20"})

    def to_python(self, value: str | Decimal | None) -> Decimal | None:
        """Read the number; ValidationError with a sentence when it is none, negative, too large or too fine."""
        number = read_number(value)
        if number is None:
            return None
        if not 0 <= number < LARGEST_AMOUNT or number != round(number, 2):
            raise ValidationError(_("Give a number from 0 to 9.999.999.999 with at most two decimals."))
        return number

    def prepare_value(self, value: str | Decimal | None) -> str | None:
        """Show a stored number with its comma."""
        return format_number(value) if isinstance(value, Decimal) else value


class MoneyField(AmountField):
    """Whole dong: 1.200.000 or 1200000."""

    def to_python(self, value: str | Decimal | None) -> int | None:  # type: ignore[override]
        """Read the amount; ValidationError with a sentence when it is none, negative, too large or not whole."""
        number = read_number(value)
        if number is None:
            return None
        if not 0 <= number < LARGEST_BUDGET or number != int(number):
            raise ValidationError(_("Give a whole number of dong, from 0 to 999.999.999.999."))
        return int(number)

    def prepare_value(self, value: str | int | Decimal | None) -> str | None:
        """Show a stored amount with dots between thousands."""
        return format_number(Decimal(value)) if isinstance(value, int | Decimal) else value


class DayListField(forms.CharField):
    """Days, one a line or parted by commas, each with its own time where that differs: 02/09/2023 8h00."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: str | None) -> tuple[DayTime, ...]:  # type: ignore[override]
        """Read the days in the order given; ValidationError names every one that cannot be read."""
        parts = [part.strip() for part in _SEPARATORS.split(value or "") if part.strip()]
        found: list[DayTime] = []
        faults: list[str] = []
        for part in parts:
            try:
                found.append(read_day_time(part))
            except ValueError as error:
                faults.append(str(error))
        if faults:
            raise ValidationError(faults)
        return tuple(found)

    def validate(self, value: tuple[DayTime, ...]) -> None:
        """Allow an empty list."""


class NamedChoiceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Several of something, each labelled so that people can tell them apart."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Sequence[str] | None) -> QuerySet[Model]:
        """Look the chosen rows up; a key that no database can hold is refused like any other that nothing has."""
        too_long = next((key for key in value or () if len(str(key)) > LONGEST_KEY), None)
        if too_long is not None:
            shown = f"{str(too_long)[:LONGEST_KEY]}…"
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": shown})
        return super().clean(value)

    def label_from_instance(self, obj: Model) -> str:
        """A place with the area it was in and the one it is in now; a resource with its kind; an area with its days."""
        if isinstance(obj, Venue) and obj.successor_area is not None:
            return f"{obj.name} · {obj.area.name} → {obj.successor_area.name}"
        if isinstance(obj, Venue | DisplaySite):
            return f"{obj.name} · {obj.area.name}"
        if isinstance(obj, Resource):
            return f"{obj.name} · {obj.get_kind_display()}"
        return label_of_area(obj) if isinstance(obj, Area) else str(obj)


class AreaField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One area; names repeat between districts and editions, so each says where and until when."""

    def label_from_instance(self, obj: Model) -> str:
        """The name, what it belongs to, and the day on which it ended."""
        return label_of_area(obj) if isinstance(obj, Area) else str(obj)


def label_of_area(area: Area) -> str:
    """An area's name, what it belongs to, and the day on which it ended."""
    parent = f" · {area.parent.name}" if area.parent is not None and area.level == AreaLevel.COMMUNE else ""
    ended = f" ({_('until')} {format_date(area.valid_to)})" if area.valid_to is not None else ""
    return f"{area.name}{parent}{ended}"


def read_day_time(text: str) -> DayTime:
    """Read "02/09/2023", "2023-09-02" or either with a time behind; ValueError with a sentence."""
    day_text, _space, time_text = text.partition(" ")
    try:
        day = date.fromisoformat(day_text)
    except ValueError:
        day = parse_date(day_text)
    return day, parse_time(time_text) if time_text else None


def write_moments(moments: tuple[datetime, ...], usual: time) -> str:
    """Write moments as `DayListField` reads them, the time only where it is not the usual one."""
    lines = []
    for moment in moments:
        local = moment.astimezone(LOCAL_ZONE)
        own = "" if local.time() == usual else f" {format_time(local)}"
        lines.append(f"{format_date(local)}{own}")
    return "\n".join(lines)


def required_sentence() -> str:
    """What a field says that must be filled."""
    return _("Please fill this in.")
