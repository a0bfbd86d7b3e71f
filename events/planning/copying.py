"""An activity as another area would hold it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.intervals import LOCAL_ZONE
from events.models import Status
from units.models import Unit
from venues.models import Area, DisplaySite, Venue

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from events.planning.states import ActivityState

OWN_TO_THE_PLACE = ("venue_ids", "site_ids", "resource_ids", "status", "status_reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """An area to copy into: what lies in it, and the units that work in it."""

    area_id: int
    name: str
    units: tuple[Unit, ...]
    venue_ids: frozenset[int]
    site_ids: frozenset[int]

    def unit_on(self, day: date) -> int | None:
        """The one unit that works here on that day; None where there is none, or several."""
        found = [
            unit.pk
            for unit in self.units
            if (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day <= unit.valid_to)
        ]
        return found[0] if len(found) == 1 else None


def load_destinations(area_ids: Collection[int]) -> tuple[Destination, ...]:
    """The areas in the order given; a constant number of queries an area. An unknown one is left out."""
    names = dict(Area.objects.filter(id__in=area_ids).values_list("id", "name"))
    return tuple(_destination(area, names[area]) for area in dict.fromkeys(area_ids) if area in names)


def _destination(area_id: int, name: str) -> Destination:
    inside = Area.objects.within((area_id,))
    venues = Venue.objects.filter(area_id__in=inside) | Venue.objects.filter(successor_area_id__in=inside)
    return Destination(
        area_id=area_id,
        name=name,
        units=tuple(Unit.objects.filter(areas=area_id)),
        venue_ids=frozenset(venues.values_list("id", flat=True)),
        site_ids=frozenset(DisplaySite.objects.filter(area_id__in=inside).values_list("id", flat=True)),
    )


def copy_state(state: ActivityState, to: Destination, *, keeps_status: bool = False) -> ActivityState:
    """A new activity like this one in another area: no UID, no code yet, a draft unless it keeps the status.

    Its places are those that lie in the area; it takes nothing, for the original takes that at the same time.
    Exceptions keep their time and title.
    """
    plan = state.plan
    unit = to.unit_on(plan.interval.start.astimezone(LOCAL_ZONE).date())
    copied = replace(
        plan,
        uid=None,
        code="",
        area_id=to.area_id,
        lead_unit_id=plan.lead_unit_id if unit is None else unit,
        venue_ids=tuple(key for key in plan.venue_ids if key in to.venue_ids),
        site_ids=tuple(key for key in plan.site_ids if key in to.site_ids),
        resource_ids=(),
        status=plan.status if keeps_status else Status.DRAFT,
        status_reason=plan.status_reason if keeps_status else "",
    )
    overrides = {
        start: replace(each, changes={k: v for k, v in each.changes.items() if k not in OWN_TO_THE_PLACE})
        for start, each in state.overrides.items()
    }
    return replace(state, plan=copied, overrides=overrides, is_deleted=False)


def copy_notes(state: ActivityState, to: Destination) -> tuple[str, ...]:
    """What the copy leaves behind, a sentence each."""
    plan, notes = state.plan, []
    if set(plan.venue_ids) - to.venue_ids or set(plan.site_ids) - to.site_ids:
        notes.append(_("Places outside %(area)s are not copied.") % {"area": to.name})
    if plan.resource_ids:
        notes.append(_("What the original takes at that time is not copied; choose it anew."))
    if to.unit_on(plan.interval.start.astimezone(LOCAL_ZONE).date()) is None:
        notes.append(_("%(area)s has no single unit of its own; the lead unit stays.") % {"area": to.name})
    return tuple(notes)
