"""Removals that are due: one row of `settings.PANO_DUE_ITEMS`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from events.outputs.ical_deadlines import FeedDeadline
from events.programme.gate import visible_q
from events.programme.selection import activities_in
from events.registries import DueItem
from visuals.models import Posting
from visuals.reading import SETTLED_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.programme.scope import Scope
    from units.permissions import Viewer

SOON = timedelta(days=14)
MOST = 5
Removal = tuple[date, str, str, int]  # last day, activity's UID and title, number of postings


def removals_due(viewer: Viewer, today: date) -> tuple[DueItem, ...]:
    """Return the removals of the next fourteen days by activity, where there are none those of the nearest day.

    Where none is to come, the latest day that has passed. Only what the viewer's units hang or what hangs in the areas
    they answer for; everything for the whole province's planners, nothing for visitors. At most two queries.
    """
    if not viewer.is_staff_member:
        return ()
    rows = _open_removals(viewer)
    found = _by_day(rows.filter(remove_by__gte=today).order_by("remove_by", "activity__uid"))
    found = found or _by_day(rows.filter(remove_by__lt=today).order_by("-remove_by", "activity__uid"))
    if not found:
        return ()
    nearest = found[0][0]
    last = nearest if nearest < today else max(nearest, today + SOON)
    return tuple(_item(row, today) for row in found if min(nearest, today) <= row[0] <= last)


def removal_deadlines(scope: Scope, viewer: Viewer, _today: date) -> Iterator[FeedDeadline]:
    """The last day of taking down each visual item that still has to come down: one row of `PANO_DEADLINES`."""
    rows = _open_removals(viewer).filter(activity__in=activities_in(scope, viewer=viewer), activity__is_deleted=False)
    for posting in rows.select_related("activity__event", "slogan", "unit"):
        activity = posting.activity
        yield FeedDeadline(
            uid=f"removal~{posting.code}~{activity.uid}",
            day=cast("date", posting.remove_by),
            title=f"Hạn tháo dỡ: {posting.quantity} {posting.count_unit} {posting.get_format_display()}",
            path=f"{reverse('visuals:postings')}?activity={activity.uid}",
            changed=activity.updated_at,
            sequence=activity.version,
            description=f"{posting.slogan.text}\n{posting.unit.name}\n{activity.event.title}",
        )


def _open_removals(viewer: Viewer) -> QuerySet[Posting]:
    rows = Posting.objects.filter(visible_q(viewer, "activity__"), remove_by__isnull=False)
    rows = rows.exclude(activity__status__in=SETTLED_STATUSES)
    if viewer.plans_everywhere:
        return rows
    own = Q(unit__in=viewer.unit_ids) | Q(activity__lead_unit__in=viewer.unit_ids)
    return rows.filter(own | Q(activity__area__in=viewer.approved_area_ids))


def _by_day(rows: QuerySet[Posting]) -> list[Removal]:
    """The first few days and activities, with how many postings each has."""
    columns = rows.values_list("remove_by", "activity__uid", "activity__event__title")
    return cast("list[Removal]", list(columns.annotate(Count("id"))[:MOST]))


def _item(row: Removal, today: date) -> DueItem:
    day, uid, title, count = row
    text = ngettext("Take down %(count)s visual item: %(title)s", "Take down %(count)s visual items: %(title)s", count)
    return DueItem(
        text=text % {"count": count, "title": title},
        day=day,
        days_left=(day - today).days,
        url=f"{reverse('visuals:postings')}?activity={uid}",
    )
