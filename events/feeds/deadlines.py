"""Deadlines for private links: what must be sent and reported by when; rooms above add theirs by `PANO_DEADLINES`.

Only what is still open is told, only to those who work in a unit, and only of what their units answer for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.module_loading import import_string

from core.clock import day_start, local_day
from core.vietnamese import format_date
from core.working_days import WorkingDays
from events.models import Activity, Campaign, CampaignStatus
from events.outputs.ical_deadlines import FeedDeadline
from events.planning.facts import stored_tasks
from events.planning.world import load_world
from events.programme.scope import Scope
from events.programme.selection import activities_in
from events.rules.lead_time import last_send_day, lead_times_of
from units.permissions import Viewer

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from events.rules.facts import LeadTimeFacts

DeadlineSource = Callable[[Scope, Viewer, date], Iterator[FeedDeadline]]


def load_feed_deadlines(kinds: tuple[str, ...], *, scope: Scope, viewer: Viewer, today: date) -> list[FeedDeadline]:
    """Return the open deadlines of these kinds within the scope; none for a visitor."""
    if not viewer.is_staff_member:
        return []
    sources = (cast("DeadlineSource", import_string(settings.PANO_DEADLINES[kind])) for kind in kinds)
    return [deadline for source in sources for deadline in source(scope, viewer, today)]


def own_activities(scope: Scope, viewer: Viewer) -> QuerySet[Activity]:
    """Activities of the scope that the viewer's units lead or that lie in areas they answer for."""
    rows = activities_in(scope, viewer=viewer).filter(is_deleted=False)
    if viewer.plans_everywhere:
        return rows
    return rows.filter(Q(lead_unit__in=viewer.unit_ids) | Q(area__in=viewer.approved_area_ids))


def reports(scope: Scope, _viewer: Viewer, _today: date) -> Iterator[FeedDeadline]:
    """The last safe day of each report: the day before the one that the letter names."""
    rows = Campaign.objects.filter(report_before__isnull=False).exclude(status=CampaignStatus.ARCHIVED)
    for campaign in rows.filter(code__in=scope.campaigns) if scope.campaigns else rows:
        before = cast("date", campaign.report_before)
        yield FeedDeadline(
            uid=f"report~{campaign.code}",
            day=before - timedelta(days=1),
            title=f"Hạn báo cáo: {campaign.name}",
            path=reverse("events:campaign", args=[campaign.code]),
            changed=campaign.updated_at or datetime.combine(campaign.starts_on, time(), UTC),
            sequence=campaign.report_sequence,
            description=f"Văn bản yêu cầu gửi báo cáo trước ngày {format_date(before)}.",
        )


def notices(scope: Scope, viewer: Viewer, today: date) -> Iterator[FeedDeadline]:
    """The last day of sending each paper that was not sent yet, for the next occurrence it is asked for."""
    own = {activity.uid: activity for activity in own_activities(scope, viewer).select_related("event")}
    tasks = sorted(
        (task for task in stored_tasks() if task.activity.uid in own and task.end > day_start(today.toordinal())),
        key=lambda task: (task.activity.uid, task.start),
    )
    world = load_world(tasks, today=today)
    working = WorkingDays(days_off=world.days_off, working_weekends=world.working_weekends)
    for uid, group in groupby(tasks, key=lambda task: task.activity.uid):
        task = next(group)
        event_day = date.fromordinal(local_day(task.start))
        for lead_time in lead_times_of(task.activity, world.lead_times):
            if lead_time.code not in task.activity.notices:
                last = last_send_day(lead_time, event_day, working)
                yield _notice(own[uid], event_day, lead_time, last=last)


def _notice(activity: Activity, event_day: date, lead_time: LeadTimeFacts, *, last: date) -> FeedDeadline:
    receiver = f" gửi {lead_time.receiver}" if lead_time.receiver else ""
    return FeedDeadline(
        uid=f"notice~{lead_time.code}~{activity.uid}",
        day=last,
        title=f"Hạn gửi: {lead_time.name} – {activity.event.title}",
        path=activity.get_absolute_url(),
        changed=activity.updated_at,
        sequence=activity.version,
        description=f"«{lead_time.name}»{receiver} cho hoạt động ngày {format_date(event_day)}.",
    )
