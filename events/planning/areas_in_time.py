"""Which area stands for another on a later day, now that districts are no more and communes are new."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.vietnamese import format_date
from venues.models import Area, Venue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from events.planning.commands import ActivityPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasInTime:
    """Every area with its days and its successors, and of venues the area they lie in since the reform."""

    names: Mapping[int, str]
    days: Mapping[int, tuple[date, date | None]]
    successors: Mapping[int, frozenset[int]]
    venues: Mapping[int, int]

    def is_valid(self, area_id: int, day: date) -> bool:
        """Whether the area exists on that day."""
        first, last = self.days[area_id]
        return first <= day and (last is None or day <= last)

    def find(self, plan: ActivityPlan, day: date) -> int:
        """The plan's area where it exists on that day, else the one that surely follows it.

        That is its only successor, or the one in which all the plan's venues lie. ValueError with a sentence where
        there is no such area.
        """
        if self.is_valid(plan.area_id, day):
            return plan.area_id
        following = {area for area in self.successors.get(plan.area_id, ()) if self.is_valid(area, day)}
        if len(following) > 1:
            following = {self.venues[key] for key in plan.venue_ids if key in self.venues} & following
        if len(following) != 1:
            raise ValueError(
                _("%(area)s does not exist on %(day)s and no single area follows it; plan this activity by hand.")
                % {"area": self.names[plan.area_id], "day": format_date(day)}
            )
        return following.pop()


def load_areas_in_time() -> AreasInTime:
    """All areas; three queries."""
    rows = list(Area.objects.values_list("id", "name", "valid_from", "valid_to"))
    successors: defaultdict[int, set[int]] = defaultdict(set)
    for old, new in Area.successors.through._default_manager.values_list("from_area_id", "to_area_id"):
        successors[old].add(new)
    venues = Venue.objects.filter(successor_area__isnull=False).values_list("id", "successor_area_id")
    return AreasInTime(
        names={key: name for key, name, _first, _last in rows},
        days={key: (first, last) for key, _name, first, last in rows},
        successors={key: frozenset(found) for key, found in successors.items()},
        venues=dict(venues),
    )
