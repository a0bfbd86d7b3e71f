"""The papers that an activity needs, each with its last day of sending and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.clock import day_start, local_day
from core.working_days import WorkingDays
from events.models import Notice, Status
from events.planning.drafting import draft
from events.planning.facts import tasks_of_drafts
from events.planning.snapshots import plan_of
from events.planning.world import load_world
from events.rules.border_notice import BASIS, NAME, NOTICE, RECEIVER
from events.rules.border_notice import check as check_border
from events.rules.lead_time import last_send_day, lead_times_of

if TYPE_CHECKING:
    from events.models import Activity
    from events.rules.facts import LeadTimeFacts, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper: `send_by` is its last day of sending (None where the law names none), `notice` what was recorded.

    `state` is "sent", "late" (sent too late), "missed" (not sent, too late), "due" or "none" where the event is over.
    """

    code: str
    name: str
    receiver: str
    source: str
    checked_on: date | None
    send_by: date | None
    state: str
    notice: Notice | None

    @property
    def state_text(self) -> str:
        """The state for people."""
        return {
            "sent": _("sent in time"),
            "late": _("sent too late"),
            "missed": _("not sent, too late"),
            "due": _("to be sent"),
            "none": _("not recorded"),
        }[self.state]


def load_papers(activity: Activity, *, today: date) -> tuple[Paper, ...]:
    """Return the papers the activity needs, in the order of their codes; a draft's as if it were held already.

    None for what does not take place.
    """
    plan = plan_of(activity)
    held = replace(plan, status=Status.TENTATIVE) if plan.status == Status.DRAFT else plan
    tasks = sorted(tasks_of_drafts([draft(held, activity=activity)]), key=lambda task: task.start)
    if not tasks:
        return ()
    world = load_world(tasks, today=today)
    notices = {row.procedure: row for row in Notice.objects.filter(activity=activity)}
    working = WorkingDays(days_off=world.days_off, working_weekends=world.working_weekends)
    papers = [
        _paper(each, tasks, (today, notices.get(each.code), working))
        for each in lead_times_of(tasks[0].activity, world.lead_times)
    ]
    border = notices.get(NOTICE)
    if border is not None or any(check_border(tasks, world)):
        papers.append(_border_paper(border))
    return tuple(papers)


def _paper(lead_time: LeadTimeFacts, tasks: list[Task], known: tuple[date, Notice | None, WorkingDays]) -> Paper:
    today, notice, working = known
    midnight = day_start(today.toordinal())
    coming = next((task for task in tasks if task.end > midnight), None)
    told = tasks[0] if notice is not None or coming is None else coming
    send_by = last_send_day(lead_time, date.fromordinal(local_day(told.start)), working)
    if notice is not None:
        state = "late" if notice.sent_on > send_by else "sent"
    elif coming is None:
        state = "none"
    else:
        state = "missed" if today > send_by else "due"
    return Paper(
        code=lead_time.code,
        name=lead_time.name,
        receiver=lead_time.receiver,
        source=lead_time.source,
        checked_on=lead_time.checked_on,
        send_by=send_by,
        state=state,
        notice=notice,
    )


def _border_paper(notice: Notice | None) -> Paper:
    return Paper(
        code=NOTICE,
        name=NAME,
        receiver=RECEIVER,
        source=BASIS,
        checked_on=None,
        send_by=None,
        state="due" if notice is None else "sent",
        notice=notice,
    )
