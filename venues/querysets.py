"""Querysets of the places, ready to chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from django.db import connections, models

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from venues.models.area import Area  # noqa: F401 -- the string below names it

WITHIN: Final = """
    WITH RECURSIVE inside(id) AS (
        SELECT id FROM venues_area WHERE id IN ({})
        UNION
        SELECT link.below FROM inside JOIN (
            SELECT parent_id AS above, id AS below FROM venues_area
            UNION ALL SELECT from_area_id, to_area_id FROM venues_area_members
        ) link ON link.above = inside.id
    )
    SELECT id FROM inside
"""


class AreaQuerySet(models.QuerySet["Area"]):
    """Areas by time and by what contains them."""

    def valid_on(self, day: date) -> Self:
        """Areas that exist on that day."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day))

    def within(self, ids: Iterable[int]) -> frozenset[int]:
        """Ids of the given areas and of all that lies below or is a member of them, in one query (none for none).

        What this set was narrowed to does not count.
        """
        asked = list(ids)
        if not asked:
            return frozenset()
        with connections[self.db].cursor() as cursor:
            cursor.execute(WITHIN.format(", ".join(["%s"] * len(asked))), asked)
            return frozenset(key for (key,) in cursor.fetchall())
