"""Querysets of the places, ready to chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from venues.models.area import Area  # noqa: F401 -- the string below names it


class AreaQuerySet(models.QuerySet["Area"]):
    """Areas by time and by what contains them."""

    def valid_on(self, day: date) -> Self:
        """Areas that exist on that day."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day))

    def within(self, ids: Iterable[int]) -> frozenset[int]:
        """Ids of the given areas and of all that lies below or is a member of them."""
        found: set[int] = set()
        frontier = set(ids)
        while frontier:
            found |= frontier
            below = self.filter(models.Q(parent_id__in=frontier) | models.Q(zones__in=frontier)).values_list(
                "id", flat=True
            )
            frontier = set(below) - found
        return frozenset(found)
