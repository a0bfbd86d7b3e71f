"""What lists need so that activities can be chosen, and messages so that what was saved can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.translation import gettext

from core.intervals import LOCAL_ZONE, Interval
from core.keys import OccurrenceKey
from core.lunar_recurrence import describe_lunar
from core.recurrence_text import describe
from core.vietnamese import format_date, format_interval, format_time
from events.planning.commands import ActivityPlan
from events.planning.scopes import LostDate
from events.programme.entries import ProgrammeEntry

register = template.Library()


@register.filter
def chosen_value(entry: ProgrammeEntry, versions: Mapping[str, int] | str) -> str:
    """The value of an entry's tick, "uid:version"; empty where it cannot be chosen."""
    if not isinstance(versions, Mapping) or entry.key.uid not in versions:
        return ""
    return f"{entry.key.uid}:{versions[entry.key.uid]}"


@register.filter
def undo_offers(message: Message) -> list[dict[str, Any]]:
    """The steps that a message offers to undo: campaign, number and label each."""
    written = message.extra_tags or ""
    found: list[dict[str, Any]] = json.loads(written) if written.startswith("[") else []
    return found


@register.filter
def plan_time(plan: ActivityPlan) -> str:
    """The time of a plan's first occurrence, with its rule where it repeats."""
    time = format_interval(plan.interval, all_day=plan.all_day)
    rule = describe_lunar(plan.lunar) if plan.lunar is not None else ""
    rule = describe(plan.recurrence) if plan.recurrence is not None else rule
    return f"{time} · {rule}" if rule else time


@register.filter
def local_clock_day(moment: datetime) -> str:
    """A stored moment as 19h30 08/08/2023 here."""
    local = moment.astimezone(LOCAL_ZONE)
    return f"{format_time(local)} {format_date(local.date())}"


@register.filter
def span(interval: Interval, all_day: bool) -> str:  # noqa: FBT001 -- a filter's signature
    """An interval with its days."""
    return format_interval(interval, all_day=all_day)


@register.filter
def lost_date(lost: LostDate) -> str:
    """Something said of one date that an edit loses."""
    kinds = {
        "exception": gettext("changed occurrence"),
        "extra": gettext("extra date"),
        "excluded": gettext("excluded date"),
        "skipped": gettext("date skipped because of a clash"),
    }
    return f"{kinds[lost.kind]}: {format_date(lost.start.astimezone(LOCAL_ZONE).date())}"


@register.filter
def recurrence_stamp(moment: datetime) -> str:
    """The part of an occurrence's key that names this start in addresses."""
    return str(OccurrenceKey("x", moment)).rpartition("~")[2]
