"""From a foreign series to the state that planning stores, and the parts by which a later file is compared."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE, Interval
from core.vietnamese import format_date
from events.calendar_import.foreign import CANCELLED, LONGEST_TITLE, TENTATIVE
from events.calendar_import.timetable import timetable_of
from events.expansion import Override
from events.models import Status
from events.planning.commands import ActivityPlan
from events.planning.states import ActivityState, tidy_state, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from events.calendar_import.choices import ImportChoices
    from events.calendar_import.foreign import ForeignEvent
    from events.calendar_import.places import VenueNames
    from events.calendar_import.series import ForeignSeries
    from events.calendar_import.timetable import Timetable

WHEN: Final = ("interval", "all_day", "recurrence", "lunar", "extra_dates", "excluded_dates")
PARTS: Final[Mapping[str, tuple[str, ...]]] = {  # a part of a file's event -> the fields of a plan that it says
    "title": ("title",),
    "description": ("description",),
    "when": WHEN,
    "place": ("venue_ids",),
}
EXCEPTIONS = "exceptions"  # what differs in single occurrences
PRIVACY, STATUS, TENTATIVES = "privacy", "status", "tentatives"  # the file's own words, which the choices do not touch
_OFF: Final = re.compile(r"\[[^\[\]]{2,20}\] ")  # "[Đã huỷ] …": what our own feed puts before the title


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every event of an import is laid on."""

    campaign_id: int
    choices: ImportChoices
    venues: VenueNames
    until: date  # the last local day of a series without end


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a file wants of one activity; `parts` are hashes by name, `file_status` the file's own word."""

    state: ActivityState
    parts: Mapping[str, str]
    notes: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """A hash of all parts."""
        return digest(sorted(self.parts.items()))


def wanted_of(series: ForeignSeries, ground: Ground) -> Wanted:
    """What a series of a file makes; ValueError with a sentence where it cannot be planned."""
    event = _alive(series)
    table, added = _with_added(timetable_of(event, until=ground.until), series)
    notes = [*event.notes, *table.notes, *added]
    venue_ids, description = _place_and_words(event, ground, notes)
    plan = ActivityPlan(
        campaign_id=ground.campaign_id,
        code="",
        title=_title(event),
        kind=ground.choices.kind,
        status=_status(event.status, ground.choices.status),
        area_id=ground.choices.area_id,
        lead_unit_id=ground.choices.lead_unit_id,
        interval=table.first,
        all_day=table.all_day,
        recurrence=table.recurrence,
        extra_dates=table.extra_dates,
        excluded_dates=table.excluded_dates,
        venue_ids=venue_ids,
        is_public=ground.choices.is_public and not event.is_private,
        description=description,
    )
    if event.is_private:
        notes.append(_("It is marked private (CLASS): it will not be shown to the public."))
    overrides = _overrides(series, plan, table, ground=ground)
    state = tidy_state(ActivityState(plan=plan, overrides=overrides))
    return Wanted(state=state, parts=_parts(state, series), notes=tuple(dict.fromkeys(notes)))


def _alive(series: ForeignSeries) -> ForeignEvent:
    """The series' own event; one that is called off but for some occurrences is not called off as a whole."""
    event = series.master
    return replace(event, status="", title=_title(event)) if _is_mostly_off(series) else event


def _is_mostly_off(series: ForeignSeries) -> bool:
    return series.master.is_cancelled and not all(change.is_cancelled for change in series.changed)


def _title(event: ForeignEvent) -> str:
    return _OFF.sub("", event.title, count=1) or event.title if event.is_cancelled else event.title


def _status(said: str, chosen: str) -> str:
    if said == CANCELLED:
        return Status.CANCELLED.value
    is_less = said == TENTATIVE and chosen == Status.CONFIRMED
    return Status.TENTATIVE.value if is_less else chosen


def _place_and_words(event: ForeignEvent, ground: Ground, notes: list[str]) -> tuple[tuple[int, ...], str]:
    """The venues, and the description, which keeps the name of a place that Pano does not know."""
    if not event.location:
        return (), event.description
    venues = ground.venues.find(event.location, area_id=ground.choices.area_id)
    if venues:
        return venues, event.description
    notes.append(
        _("The place “%(place)s” is not known in Pano; it stands in the description.") % {"place": event.location}
    )
    line = _("Place: %(place)s") % {"place": event.location}
    return (), f"{line}\n\n{event.description}" if event.description else line


def _with_added(table: Timetable, series: ForeignSeries) -> tuple[Timetable, list[str]]:
    """The timetable with occurrences that the file changes although its rule does not give them."""
    known = set(table.starts)
    added = {_start_of(change, table) for change in series.changed if not change.is_cancelled} - known
    if not added:
        return table, []
    days = ", ".join(format_date(start.date()) for start in sorted(added))
    note = _("The file changes occurrences that its rule does not give (%(days)s); they are added.") % {"days": days}
    return replace(
        table,
        starts=tuple(sorted(known | added)),
        extra_dates=tuple(sorted({*table.extra_dates, *added})),
        excluded_dates=tuple(start for start in table.excluded_dates if start not in added),
    ), [note]


def _start_of(change: ForeignEvent, table: Timetable) -> datetime:
    """The start of the occurrence that a change is about: by its moment, or by its day where one side has no time."""
    named = change.recurrence_id or change.start
    exact = named.at()
    if exact in table.starts or named.is_date is table.all_day:
        return exact
    day = named.wall.date()
    return next((start for start in table.starts if start.date() == day), exact)


def _overrides(
    series: ForeignSeries, plan: ActivityPlan, table: Timetable, *, ground: Ground
) -> dict[datetime, Override]:
    found = {start: Override(interval=Interval(start, start + length)) for start, length in table.lengths.items()}
    known = set(table.starts)
    if _is_mostly_off(series):
        lasts = table.first.duration
        found = {start: Override(interval=Interval(start, start + lasts), is_cancelled=True) for start in known}
    for change in series.changed:
        start = _start_of(change, table)
        if start in known:
            found[start] = _override(change, start, plan, ground=ground)
    return found


def _override(change: ForeignEvent, start: datetime, plan: ActivityPlan, *, ground: Ground) -> Override:
    if change.start.is_date is not plan.all_day:
        told = {"day": format_date(start.astimezone(LOCAL_ZONE).date())}
        raise ValueError(
            _("The occurrence of %(day)s counts in days and its series in hours, or the other way.") % told
        )
    begin = change.start.at()
    interval = Interval(begin, begin + change.length)
    if change.is_cancelled:
        return Override(interval=interval, is_cancelled=True)
    venues, description = _place_and_words(change, ground, [])
    changes: dict[str, Any] = {
        "status": _status(change.status, ground.choices.status),
        "description": description,
        "venue_ids": venues,
    }
    differing = {name: value for name, value in changes.items() if value != getattr(plan, name)}
    if plan.status == Status.CANCELLED:
        differing.pop("status", None)
    title = "" if change.title == plan.title else change.title[:LONGEST_TITLE]
    return Override(interval=interval, title=title, changes=differing)


def digest(value: object) -> str:
    """A short hash of what JSON can say; 32 hexadecimal digits."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def parts_of(state: ActivityState) -> dict[str, str]:
    """The hashes of those parts of a state that a file alone decides."""
    written = to_json(state)
    plan, overrides = written["plan"], written["overrides"]
    found = {name: digest([plan[field] for field in fields]) for name, fields in PARTS.items()}
    for override in overrides.values():
        override["changes"].pop("status", None)
    return found | {EXCEPTIONS: digest(overrides)}


def _parts(state: ActivityState, series: ForeignSeries) -> dict[str, str]:
    event = series.master
    tentative = [f"{change.recurrence_id}" for change in series.changed if change.status == TENTATIVE]
    return parts_of(state) | {
        PRIVACY: digest(event.is_private),
        STATUS: digest(event.status if event.status in {CANCELLED, TENTATIVE} else ""),
        TENTATIVES: digest(sorted(tentative)),
    }
