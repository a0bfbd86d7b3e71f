"""What a viewer may see: decided here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from events.models import Status

if TYPE_CHECKING:
    from units.permissions import Viewer

PUBLIC_STATUSES = (Status.CONFIRMED, Status.DONE)
ANNOUNCED_STATUSES = (Status.CANCELLED, Status.POSTPONED, Status.SUSPENDED)


def visible_q(viewer: Viewer, prefix: str = "") -> Q:
    """Which activities the viewer may see, as a filter on Activity (or through `prefix`).

    A visitor sees what is public and confirmed, and of what was confirmed once also that
    it is cancelled, postponed or suspended. Whoever has a role in a unit sees everything,
    except the drafts of areas and units that are not theirs.
    """
    if viewer.plans_everywhere:
        return Q()
    if viewer.is_staff_member:
        own = Q(**{f"{prefix}lead_unit_id__in": viewer.unit_ids})
        own |= Q(**{f"{prefix}area_id__in": viewer.approved_area_ids})
        return own | ~Q(**{f"{prefix}status": Status.DRAFT})
    announced = Q(**{f"{prefix}status__in": ANNOUNCED_STATUSES, f"{prefix}was_confirmed": True})
    confirmed = Q(**{f"{prefix}status__in": PUBLIC_STATUSES})
    return Q(**{f"{prefix}is_public": True}) & (confirmed | announced)
