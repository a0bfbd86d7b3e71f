"""The keys of an activity's lists in one text, so that reading a plan joins no list.

`Activity.list_keys` and `Occurrence.list_keys` are derived: planning writes them here, the Programme reads them.
The text is "places;resources;coordinating units;themes;audiences", each a run of database keys with commas between
them, a place's with "v" (venue) or "s" (display site) in front: "v12,s4;7,9;;1,2;". Places stand in the planner's
order, all else in the order of the keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from events.planning.commands import ActivityPlan

OWN_FIELDS = ("venue_ids", "site_ids", "resource_ids")


class ListKeys(NamedTuple):
    """Database keys of the lists that readers are shown; `places` are ("v", key) of venues or ("s", key) of sites."""

    places: tuple[tuple[str, int], ...] = ()
    resources: tuple[int, ...] = ()
    coordinating: tuple[int, ...] = ()
    themes: tuple[int, ...] = ()
    audiences: tuple[int, ...] = ()

    def to_text(self) -> str:
        """Return the stored form."""
        places = ",".join(f"{kind}{key}" for kind, key in self.places)
        return ";".join((places, *(",".join(map(str, sorted(set(keys)))) for keys in self[1:])))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the stored form; an empty text names nothing. ValueError for anything else."""
        if not text:
            return cls()
        places, *rest = (part.split(",") if part else [] for part in text.split(";"))
        resources, coordinating, themes, audiences = (tuple(map(int, keys)) for keys in rest)
        kinds = tuple((place[0], int(place[1:])) for place in places)
        return cls(kinds, resources, coordinating, themes, audiences)


def list_keys_of(plan: ActivityPlan) -> str:
    """Return what `Activity.list_keys` holds for a plan; never empty."""
    return ListKeys(
        places=_places(plan.venue_ids, plan.site_ids),
        resources=plan.resource_ids,
        coordinating=plan.coordinating_unit_ids,
        themes=plan.theme_ids,
        audiences=plan.audience_ids,
    ).to_text()


def occurrence_keys_of(plan: ActivityPlan, changes: Mapping[str, Any]) -> str:
    """Return what `Occurrence.list_keys` holds for one occurrence with `changes` (fields of the plan that differ).

    Empty where its places, resources and description are the activity's own. Where only the description differs, the
    activity's own keys: the Programme looks up the details of occurrences whose text is not empty, and of no others.
    """
    if "description" not in changes and not any(name in changes for name in OWN_FIELDS):
        return ""
    own = {name: tuple(changes.get(name, getattr(plan, name))) for name in OWN_FIELDS}
    return ListKeys(
        places=_places(own["venue_ids"], own["site_ids"]),
        resources=own["resource_ids"],
        coordinating=plan.coordinating_unit_ids,
        themes=plan.theme_ids,
        audiences=plan.audience_ids,
    ).to_text()


def _places(venues: Iterable[int], sites: Iterable[int]) -> tuple[tuple[str, int], ...]:
    return (*(("v", key) for key in dict.fromkeys(venues)), *(("s", key) for key in dict.fromkeys(sites)))
