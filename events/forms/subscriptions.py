"""Forms of private links and saved filters."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import SavedFilter, Subscription
from events.planning.subscriptions import SubscriptionPlan

Group = tuple[str, list[tuple[str, str]]]  # a heading, and filters with their words
OWN_FILTER: Final = "filter:"  # before the key of a saved filter
EVERYTHING: Final = "all"  # a form's value for the filter that leaves nothing out
ALARMS: Final = (
    ("", _("No reminder")),
    ("0", _("When it begins")),
    ("15", _("15 minutes before")),
    ("30", _("30 minutes before")),
    ("60", _("1 hour before")),
    ("120", _("2 hours before")),
    ("1440", _("1 day before")),
    ("2880", _("2 days before")),
    ("10080", _("1 week before")),
)


class SubscriptionForm(forms.Form):
    """What a private link is called, holds and does; `holds` are groups of filters with their words."""

    name = forms.CharField(
        label=_("Name of the link"), max_length=80, help_text=_("Only you see it, for example “My phone”.")
    )
    holds = forms.ChoiceField(label=_("What it holds"))
    alarm_minutes = forms.TypedChoiceField(
        label=_("Reminder"), choices=ALARMS, coerce=int, empty_value=None, required=False
    )
    wants_mail = forms.BooleanField(label=_("E-mail me late changes"), required=False)

    def __init__(self, *args: Any, holds: list[Group], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["holds"].choices = holds  # type: ignore[attr-defined]  # a ChoiceField

    def plan(self) -> SubscriptionPlan:
        """The command."""
        values = self.cleaned_data
        holds: str = values["holds"]
        is_kept = holds.startswith(OWN_FILTER)
        return SubscriptionPlan(
            name=values["name"],
            query="" if is_kept or holds == EVERYTHING else holds,
            saved_filter_id=int(holds.removeprefix(OWN_FILTER)) if is_kept else None,
            alarm_minutes=values["alarm_minutes"],
            wants_mail=values["wants_mail"],
        )


class FilterForm(forms.Form):
    """What a saved filter is called."""

    name = forms.CharField(label=_("Name of the filter"), max_length=80)


def held_by(link: Subscription) -> str:
    """What a link holds, as a value of the form."""
    return link.query or EVERYTHING if link.saved_filter_id is None else f"{OWN_FILTER}{link.saved_filter_id}"


def initial_of(link: Subscription) -> dict[str, Any]:
    """A link as the form shows it."""
    return {
        "name": link.name,
        "holds": held_by(link),
        "alarm_minutes": link.alarm_minutes,
        "wants_mail": link.wants_mail,
    }


def filter_choices(filters: list[SavedFilter]) -> list[tuple[str, str]]:
    """Saved filters as choices."""
    return [(f"{OWN_FILTER}{each.pk}", each.name) for each in filters]
