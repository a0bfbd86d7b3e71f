"""A campaign's plan in numbers, the same with some activities replaced, and what its teams drive before and after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from core.clock import local_day
from events.models import Activity, Occurrence, Status
from events.planning.facts import rival_tasks, tasks_of_drafts
from events.planning.world import load_world
from events.rules.drives import Drives, drives_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from events.expansion import Slot
    from events.planning.drafting import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Activities, occurrences by kind, and the sum of the budgets that are stated (dong).

    Cancelled activities and occurrences do not count.
    """

    activities: int
    occurrences: Mapping[str, int]
    budget_vnd: int

    @property
    def occurrences_in_all(self) -> int:
        """Occurrences of every kind together."""
        return sum(self.occurrences.values())


def figures_of(campaign_id: int) -> Figures:
    """The released plan of a campaign in numbers; two queries."""
    held = Activity.objects.filter(campaign_id=campaign_id, is_deleted=False).exclude(status=Status.CANCELLED)
    sums = held.aggregate(count=Count("pk"), budget=Sum("budget_vnd"))
    rows = Occurrence.objects.filter(activity__in=held).exclude(status=Status.CANCELLED)
    counted = rows.order_by().values_list("activity__kind").annotate(Count("pk"))
    return Figures(activities=sums["count"], occurrences=dict(counted), budget_vnd=sums["budget"] or 0)


def changed_figures(figures: Figures, before: Sequence[Draft], after: Sequence[Draft]) -> Figures:
    """The figures once the activities `before` are replaced by those `after`."""
    gone, come = _count(before), _count(after)
    occurrences = Counter(figures.occurrences)
    occurrences.subtract(gone.occurrences)
    occurrences.update(come.occurrences)
    return Figures(
        activities=figures.activities - gone.activities + come.activities,
        occurrences=+occurrences,
        budget_vnd=figures.budget_vnd - gone.budget_vnd + come.budget_vnd,
    )


def drives_of_change(before: Sequence[Draft], after: Sequence[Draft], *, today: date) -> tuple[Drives, Drives]:
    """What the teams drive on the days that a change touches: as it is, and with the activities replaced.

    Whatever else a team does on such a day counts, of any campaign. No query where nothing takes place.
    """
    gone, come = tasks_of_drafts(before), tasks_of_drafts(after)
    touched = {(key, local_day(task.start)) for task in (*gone, *come) for key in task.resource_ids}
    if not touched:
        return Drives(), Drives()
    others = [
        task
        for task in rival_tasks([*gone, *come])
        if any((key, local_day(task.start)) in touched for key in task.resource_ids)
    ]
    world = load_world([*gone, *come, *others], today=today)
    return drives_of([*gone, *others], world), drives_of([*come, *others], world)


def _count(drafts: Sequence[Draft]) -> Figures:
    held = [each for each in drafts if each.plan.status != Status.CANCELLED]
    kinds = Counter(each.plan.kind for each in held for slot in each.slots if not _is_off(slot))
    return Figures(activities=len(held), occurrences=kinds, budget_vnd=sum(each.plan.budget_vnd or 0 for each in held))


def _is_off(slot: Slot) -> bool:
    return slot.is_cancelled or slot.status == Status.CANCELLED
