"""What templates need beyond Django's own: days and times as people here write them, and who is looking."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from core.intervals import Interval
from core.keys import OccurrenceKey
from core.text import inner_quotes as set_inner_quotes
from core.vietnamese import (
    SHORT_WEEKDAY_NAMES,
    WEEKDAY_NAMES,
    format_date,
    format_interval,
    format_number,
    format_time,
    format_weekday,
)
from events.models import ActivityKind, Status
from events.outputs.kind_letters import letter_of
from events.outputs.lunar_days import lunar_label
from events.outputs.week_grid import PartOfDay
from events.programme.colours import KIND_COLOURS
from events.programme.entries import ProgrammeEntry
from events.views.viewers import viewer_for
from units.permissions import Viewer

register = template.Library()


@register.filter
def when(entry: ProgrammeEntry) -> str:
    """The entry's time with its days, the last one included."""
    return format_interval(entry.interval, all_day=entry.all_day)


@register.filter
def clock(moment: datetime) -> str:
    """Time as 19h30."""
    return format_time(moment)


@register.filter
def day(value: date) -> str:
    """Day as 08/08/2023."""
    return format_date(value)


@register.filter
def day_after(value: date) -> date:
    """The next day: what an address calls `end`."""
    return value + timedelta(days=1)


@register.filter
def amount(value: Decimal) -> str:
    """A number as 1.234,5."""
    return format_number(value)


@register.filter
def weekday(value: date) -> str:
    """The name of the day in the reader's language."""
    return format_weekday(value) if get_language() == "vi" else date_format(value, "l")


@register.filter
def clock_day(moment: datetime) -> str:
    """A moment as 19h30 08/08/2023."""
    return f"{format_time(moment)} {format_date(moment)}"


@register.filter
def lunar(interval: Interval) -> str:
    """The lunar dates of an interval."""
    return lunar_label(interval)


@register.filter
def verb_name(verb: str) -> str:
    """A verb of the audit trail as people read it; one without a name as it is."""
    status = verb.removeprefix("status: ")
    if status in Status.values:
        return gettext("status set to %(status)s") % {"status": Status(status).label}
    return verb_names().get(verb, verb)


def verb_names() -> dict[str, str]:
    """The verbs of activities as people read them."""
    return {
        "plan": gettext("planned"),
        "change": gettext("changed"),
        "change this": gettext("one occurrence changed"),
        "change following": gettext("changed from one occurrence on"),
        "change all": gettext("all occurrences changed"),
        "move one": gettext("one occurrence moved"),
        "cancel one": gettext("one occurrence cancelled"),
        "restore one": gettext("one occurrence restored"),
        "add back": gettext("skipped date added back"),
        "change postings": gettext("visual items changed"),
        "delete": gettext("deleted"),
        "undo": gettext("undone"),
        "redo": gettext("done again"),
        "restore version": gettext("earlier version restored"),
        "bulk shift": gettext("moved with others"),
        "bulk copy": gettext("copied from another area"),
        "bulk unit": gettext("lead unit changed with others"),
        "bulk status": gettext("status set with others"),
        "bulk cancel": gettext("cancelled with others"),
        "bulk delete": gettext("deleted with others"),
        "repair": gettext("conflict mended"),
        "mourning": gettext("postponed for days of mourning"),
        "release": gettext("released from a draft plan"),
        "roll over": gettext("rolled over from another year"),
    }


@register.filter
def inner_quotes(title: str) -> str:
    """A title that the page sets between quotes."""
    return set_inner_quotes(title)


@register.filter
def recurrence_id(key: OccurrenceKey) -> str:
    """The part of an occurrence's key that names the occurrence in addresses."""
    return str(key).rpartition("~")[2]


@register.filter
def letter(kind: str) -> str:
    """The letter that stands for a kind of activity."""
    return letter_of(kind)


@register.simple_tag(takes_context=True)
def viewer(context: RequestContext) -> Viewer:
    """Who is looking; asked for once a request."""
    return viewer_for(context["request"])


@register.simple_tag(takes_context=True)
def is_here(context: RequestContext, address: str) -> bool:
    """Whether the page shown is that address or lies below it; the front page only when it is shown itself."""
    path: str = context["request"].path
    return path == address if address == "/" else path.startswith(address)


@register.simple_tag
def day_address(value: date, filters: str) -> str:
    """The address of one day's list under the filters in force."""
    window = f"start={value:%Y-%m-%d}&end={value + timedelta(days=1):%Y-%m-%d}"
    return f"{reverse('events:calendar')}?view=list&{window}&{filters}"


@register.simple_tag
def week_days() -> list[dict[str, str]]:
    """The heads of seven columns from Monday, short and in full."""
    if get_language() == "vi":
        pairs = zip(SHORT_WEEKDAY_NAMES, WEEKDAY_NAMES, strict=True)
    else:
        pairs = zip((str(WEEKDAYS_ABBR[n]) for n in range(7)), (str(WEEKDAYS[n]) for n in range(7)), strict=True)
    return [{"short": short, "full": full} for short, full in pairs]


@register.simple_tag
def part_name(part: PartOfDay) -> str:
    """The name of a part of the day."""
    return {
        PartOfDay.MORNING: gettext("Morning"),
        PartOfDay.AFTERNOON: gettext("Afternoon"),
        PartOfDay.EVENING: gettext("Evening"),
    }[part]


@register.simple_tag
def legend_kinds() -> list[dict[str, str]]:
    """Every kind of activity with its colour."""
    return [{"code": code, "label": str(label), "colour": KIND_COLOURS[code]} for code, label in ActivityKind.choices]


@register.simple_tag
def legend_statuses() -> list[tuple[str, str]]:
    """Every status with its label."""
    return [(code, str(label)) for code, label in Status.choices]
