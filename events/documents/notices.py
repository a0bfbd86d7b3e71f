"""The papers of everything in a Programme, in a constant number of queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from core.clock import day_start, local_day, to_seconds
from core.intervals import LOCAL_ZONE
from core.working_days import WorkingDays
from events.outputs.documents.notices import NoticeLine
from events.planning.facts import stored_tasks
from events.planning.world import load_world
from events.programme import Scope, load_programme
from events.rules import border_notice
from events.rules.lead_time import last_send_day, lead_times_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.intervals import Interval
    from events.programme.entries import Programme, ProgrammeEntry
    from events.rules.facts import LeadTimeFacts, Task, World
    from units.permissions import Viewer

Entries = dict[tuple[str, int], "ProgrammeEntry"]  # by activity and start


class Ground(NamedTuple):
    """What the papers of all activities are reckoned with; `border` is when each that the post must hear of begins.

    `window` is the period asked for, in seconds, None for all there is.
    """

    entries: Entries
    lead_times: tuple[LeadTimeFacts, ...]
    working: WorkingDays
    border: Mapping[str, int]
    today: date
    window: tuple[int, int] | None

    @property
    def midnight(self) -> int:
        """The first moment of today."""
        return day_start(self.today.toordinal())


def load_notices(programme: Programme, *, viewer: Viewer, today: date) -> tuple[NoticeLine, ...]:
    """Return the papers whose occurrence is in the Programme: what was sent, and what is still to be sent.

    A paper that was sent goes by its activity's first occurrence, one that was not by the next; as on its page. Of an
    activity that is over the papers without a record are listed too, by its first occurrence in the period asked for:
    who prints a past period wants to know them. Without a period they are left in peace. A draft that the viewer sees
    needs its papers as if it were held; the border post is told where the rule says so.
    """
    shown = {entry.key.uid for entry in programme.entries}
    stored = (task for task in stored_tasks(has_drafts=True) if task.activity.uid in shown)
    tasks = sorted(stored, key=lambda task: (task.start, task.end))
    if not tasks:
        return ()
    world = load_world(tasks, today=today)
    window = programme.window
    ground = Ground(
        entries=_entries_by_start(viewer, shown),
        lead_times=world.lead_times,
        working=WorkingDays(days_off=world.days_off, working_weekends=world.working_weekends),
        border=_border_starts(tasks, world, window),
        today=today,
        window=None if window is None else (to_seconds(window.start), to_seconds(window.end)),
    )
    by_activity = sorted(tasks, key=lambda task: task.activity.uid)  # each in its order of time
    return tuple(
        line
        for _uid, group in groupby(by_activity, key=lambda task: task.activity.uid)
        for line in _lines(list(group), ground)
        if _is_within(line, programme.window)
    )


def _entries_by_start(viewer: Viewer, uids: set[str]) -> Entries:
    whole = load_programme(window=None, scope=Scope(uids=tuple(sorted(uids))), viewer=viewer)
    return {(entry.key.uid, to_seconds(entry.interval.start)): entry for entry in whole.entries}


def _border_starts(tasks: list[Task], world: World, window: Interval | None) -> dict[str, int]:
    """When the next gathering of each activity begins that the border post was not told of; if none, the one that was.

    That is the first in the window, which may lie in the past.
    """
    first = world.today if window is None else min(world.today, window.start.astimezone(LOCAL_ZONE).date())
    days = (first, world.today) if first < world.today else (world.today,)
    return {
        found.subjects[0]: to_seconds(found.interval.start)
        for day in days  # what is to come counts where both are there
        for found in border_notice.check(tasks, replace(world, today=day))
        if found.interval is not None
    }


def _lines(tasks: list[Task], ground: Ground) -> Iterator[NoticeLine]:
    activity = tasks[0].activity
    awaited = _awaited(tasks, ground)
    for lead_time in lead_times_of(activity, ground.lead_times):
        told = tasks[0] if lead_time.code in activity.notices else awaited
        entry = None if told is None else ground.entries.get((activity.uid, told.start))
        if told is not None and entry is not None:
            yield _line(lead_time, (told, entry), ground)
    yield from _border_line(tasks[0], ground)


def _awaited(tasks: list[Task], ground: Ground) -> Task | None:
    """The occurrence that a paper without a record goes by: the next; else, in a past period, the first of that."""
    coming = next((task for task in tasks if task.end > ground.midnight), None)
    if coming is not None or ground.window is None:
        return coming
    begins, ends = ground.window
    return next((task for task in tasks if task.end > begins and task.start < ends), None)


def _line(lead_time: LeadTimeFacts, paper_of: tuple[Task, ProgrammeEntry], ground: Ground) -> NoticeLine:
    told, entry = paper_of
    sent_on = told.activity.notices.get(lead_time.code)
    send_by = last_send_day(lead_time, date.fromordinal(local_day(told.start)), ground.working)
    if sent_on is not None:
        state = "late" if sent_on > send_by else "sent"
    elif told.end <= ground.midnight:
        state = "over"
    else:
        state = "missed" if ground.today > send_by else "due"
    return NoticeLine(
        entry=entry,
        name=lead_time.name,
        receiver=lead_time.receiver,
        source=lead_time.source,
        send_by=send_by,
        sent_on=sent_on,
        state=state,
    )


def _border_line(first: Task, ground: Ground) -> Iterator[NoticeLine]:
    """The notice to the border post, for which the law names no day."""
    activity = first.activity
    sent_on = activity.notices.get(border_notice.NOTICE)
    start = first.start if sent_on is not None else ground.border.get(activity.uid)
    entry = None if start is None else ground.entries.get((activity.uid, start))
    if entry is not None:
        is_over = to_seconds(entry.interval.end) <= ground.midnight
        yield NoticeLine(
            entry=entry,
            name=border_notice.NAME,
            receiver=border_notice.RECEIVER,
            source=border_notice.BASIS,
            send_by=None,
            sent_on=sent_on,
            state="sent" if sent_on is not None else "over" if is_over else "due",
        )


def _is_within(line: NoticeLine, window: Interval | None) -> bool:
    return window is None or line.entry.interval.overlaps(window)
