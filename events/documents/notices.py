"""The papers of everything in a Programme, in a constant number of queries."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from core.clock import day_start, local_day
from core.working_days import WorkingDays
from events.outputs.documents.notices import NoticeLine
from events.planning.facts import stored_tasks
from events.planning.world import load_world
from events.programme import Scope, load_programme
from events.rules.lead_time import last_send_day, lead_times_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.intervals import Interval
    from events.programme.entries import Programme, ProgrammeEntry
    from events.rules.facts import LeadTimeFacts, Task
    from units.permissions import Viewer


def load_notices(programme: Programme, *, viewer: Viewer, today: date) -> tuple[NoticeLine, ...]:
    """Return the papers whose occurrence is in the Programme: what was sent, and what is still to be sent.

    A paper that was sent goes by its activity's first occurrence, one that was not by the next; as on its page.
    """
    shown = {entry.key.uid for entry in programme.entries}
    tasks = sorted((task for task in stored_tasks() if task.activity.uid in shown), key=_by_activity)
    if not tasks:
        return ()
    world = load_world(tasks, today=today)
    working = WorkingDays(days_off=world.days_off, working_weekends=world.working_weekends)
    entries = _entries_by_start(viewer, shown)
    return tuple(
        line
        for _uid, group in groupby(tasks, key=lambda task: task.activity.uid)
        for line in _lines(list(group), entries, (world.lead_times, working, today))
        if _is_within(line, programme.window)
    )


def _by_activity(task: Task) -> tuple[str, int]:
    return task.activity.uid, task.start


def _entries_by_start(viewer: Viewer, uids: set[str]) -> dict[tuple[str, int], ProgrammeEntry]:
    whole = load_programme(window=None, scope=Scope(uids=tuple(sorted(uids))), viewer=viewer)
    return {(entry.key.uid, int(entry.interval.start.timestamp())): entry for entry in whole.entries}


def _lines(
    tasks: list[Task],
    entries: dict[tuple[str, int], ProgrammeEntry],
    known: tuple[tuple[LeadTimeFacts, ...], WorkingDays, date],
) -> Iterator[NoticeLine]:
    lead_times, working, today = known
    coming = next((task for task in tasks if task.end > day_start(today.toordinal())), None)
    for lead_time in lead_times_of(tasks[0].activity, lead_times):
        sent_on = tasks[0].activity.notices.get(lead_time.code)
        told = tasks[0] if sent_on is not None else coming
        entry = entries.get((told.activity.uid, told.start)) if told is not None else None
        if told is None or entry is None:
            continue
        send_by = last_send_day(lead_time, date.fromordinal(local_day(told.start)), working)
        if sent_on is not None:
            state = "late" if sent_on > send_by else "sent"
        else:
            state = "missed" if today > send_by else "due"
        yield NoticeLine(
            entry=entry,
            name=lead_time.name,
            receiver=lead_time.receiver,
            source=lead_time.source,
            send_by=send_by,
            sent_on=sent_on,
            state=state,
        )


def _is_within(line: NoticeLine, window: Interval | None) -> bool:
    return window is None or line.entry.interval.overlaps(window)
