"""Rule: the papers of the law are sent in time (domain 4: R1-R8, R16-R18 and "Missed-deadline arithmetic").

A lead time applies to the activities of its kind and to those that name its code among their procedures. Its last day
is counted by the stricter reading: that many whole (working) days lie between the day of sending and the day of the
event (`core.working_days`). One finding for each activity and lead time, told of one occurrence:

- a paper that was sent is held against the first occurrence of all, and found late when it went out after the last day;
- without a paper the first occurrence that has not ended before today counts. After its last day the finding says so;
  from `warn_days` before it (in the unit of `days`) one is reminded. What is over is left in peace.

A warning in every case: whether a late paper is taken is for its receiver to say.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from core.clock import day_start, local_day
from core.conflicts import Conflict, Level
from core.vietnamese import format_date
from core.working_days import WorkingDays
from events.rules.findings import interval_of, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from events.rules.facts import ActivityFacts, LeadTimeFacts, Task, World

CODE = "lead_time"
LEVEL = Level.WARNING


def lead_times_of(activity: ActivityFacts, lead_times: Iterable[LeadTimeFacts]) -> tuple[LeadTimeFacts, ...]:
    """Return those that apply to the activity, in their order."""
    return tuple(lead_time for lead_time in lead_times if _applies(lead_time, activity))


def last_send_day(lead_time: LeadTimeFacts, event_day: date, working: WorkingDays) -> date:
    """Return the last day ("ngày gửi muộn nhất") on which its paper may be sent for an event on that day."""
    if lead_time.is_working_days:
        return working.latest_send_day(event_day, lead_time.days)
    return working.latest_send_day_calendar(event_day, lead_time.days)


def first_reminder(lead_time: LeadTimeFacts, last: date, working: WorkingDays) -> date:
    """Return the day from which the planner is reminded of the last day of sending."""
    if lead_time.is_working_days:
        return working.add(last, -lead_time.warn_days)
    return last - timedelta(days=lead_time.warn_days)


def check(tasks: Sequence[Task], world: World) -> Iterator[Conflict]:
    """Yield a conflict for each activity and paper that is late, missing or due."""
    working = WorkingDays(days_off=world.days_off, working_weekends=world.working_weekends)

    @cache
    def send_days(number: int, day: int) -> tuple[date, date]:
        """The last day of sending, and the day from which one is reminded."""
        last = last_send_day(world.lead_times[number], date.fromordinal(day), working)
        return last, first_reminder(world.lead_times[number], last, working)

    for first, open_first in _first_tasks(tasks, world):
        activity = first.activity
        for number, lead_time in enumerate(world.lead_times):
            if not _applies(lead_time, activity):
                continue
            sent = activity.notices.get(lead_time.code)
            told = open_first if sent is None else first
            if told is not None:
                last, reminder = send_days(number, local_day(told.start))
                state = _state((sent, world.today), last, reminder)
                if state:
                    yield _conflict(told, lead_time, (state, last, world.today))


def _applies(lead_time: LeadTimeFacts, activity: ActivityFacts) -> bool:
    return (lead_time.kind != "" and lead_time.kind == activity.kind) or lead_time.code in activity.procedures


def _first_tasks(tasks: Sequence[Task], world: World) -> Iterator[tuple[Task, Task | None]]:
    """Yield each new activity's first task, and its first that has not ended before today."""
    today = day_start(world.today.toordinal())
    firsts: dict[str, Task] = {}
    open_firsts: dict[str, Task] = {}
    for task in tasks:
        if task.is_new:
            uid = task.uid
            if uid not in firsts:
                firsts[uid] = task
            if task.end > today and uid not in open_firsts:
                open_firsts[uid] = task
    for uid, first in firsts.items():
        yield first, open_firsts.get(uid)


def _state(days: tuple[date | None, date], last: date, reminder: date) -> str:
    """Return "late" (sent too late), "missed" (not sent, too late), "due" (to be sent soon) or "" (all is well)."""
    sent, today = days
    if sent is not None:
        return "late" if sent > last else ""
    if today > last:
        return "missed"
    return "due" if today >= reminder else ""


def _event_day(task: Task) -> date:
    return date.fromordinal(local_day(task.start))


def _conflict(task: Task, lead_time: LeadTimeFacts, found: tuple[str, date, date]) -> Conflict:
    state, last, today = found
    receiver = f" (gửi {lead_time.receiver})" if lead_time.receiver else ""
    return Conflict(
        code=CODE,
        level=LEVEL,
        subjects=(task.uid,),
        interval=interval_of(task),
        message=f"{label(task)}: «{lead_time.name}»{receiver} có ngày gửi muộn nhất là {format_date(last)} "
        f"({_reckoning(task, lead_time)}); {_way_out(task.activity.notices.get(lead_time.code), last, today)}",
        about=f"lead_time/{lead_time.code}/{state}",
        basis=lead_time.source,
    )


def _reckoning(task: Task, lead_time: LeadTimeFacts) -> str:
    unit = "ngày làm việc" if lead_time.is_working_days else "ngày"
    return f"đủ {lead_time.days} {unit} giữa ngày gửi và ngày {format_date(_event_day(task))}"


def _way_out(sent: date | None, last: date, today: date) -> str:
    if sent is not None:
        return f"đã gửi muộn, ngày {format_date(sent)}; hãy hỏi ý kiến nơi nhận hoặc dời sang ngày muộn hơn."
    if today > last:
        return "đến nay chưa gửi; hãy gửi ngay và hỏi ý kiến nơi nhận, hoặc dời sang ngày muộn hơn."
    return f"còn {(last - today).days} ngày; hãy gửi và ghi lại ngày gửi."
