"""What pages of private links say of them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import gettext, ngettext

from core.intervals import LOCAL_ZONE
from core.vietnamese import format_date, format_time

register = template.Library()
HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60


@register.filter
def fetched(moment: datetime) -> str:
    """A stored moment as 08/08/2023 19h30 here."""
    local = moment.astimezone(LOCAL_ZONE)
    return f"{format_date(local.date())} {format_time(local)}"


@register.filter
def alarm(minutes: int | None) -> str:
    """How long before an occurrence begins its reader is reminded."""
    if minutes is None:
        return gettext("none")
    if minutes == 0:
        return gettext("when it begins")
    for length, told in ((WEEK, _weeks), (DAY, _days), (HOUR, _hours)):
        if minutes % length == 0:
            return told(minutes // length)
    return ngettext("%(number)d minute before", "%(number)d minutes before", minutes) % {"number": minutes}


def _hours(number: int) -> str:
    return ngettext("%(number)d hour before", "%(number)d hours before", number) % {"number": number}


def _days(number: int) -> str:
    return ngettext("%(number)d day before", "%(number)d days before", number) % {"number": number}


def _weeks(number: int) -> str:
    return ngettext("%(number)d week before", "%(number)d weeks before", number) % {"number": number}
