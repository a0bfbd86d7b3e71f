"""What a viewer may see: decided here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from events.models import Status

if TYPE_CHECKING:
    from units.permissions import Viewer

PUBLIC_STATUSES = (Status.CONFIRMED, Status.DONE)
UNCONFIRMED_STATUSES = (Status.DRAFT, Status.TENTATIVE)
ANNOUNCED_STATUSES = (Status.CANCELLED, Status.POSTPONED, Status.SUSPENDED)


def visible_q(viewer: Viewer, prefix: str = "") -> Q:
    """Which activities the viewer may see, as a filter on Activity (or through `prefix`).

    A visitor sees what is public and confirmed, and of what was confirmed once also that
    it is cancelled, postponed or suspended. Whoever has a role in a unit sees everything,
    except the drafts of areas and units that are not theirs. What was deleted stays only where it was
    confirmed once, for everybody as cancelled: subscribers must see it go.
    """
    return _known_q(prefix) & _may_see_q(viewer, prefix)


def visible_statuses_q(viewer: Viewer) -> Q:
    """Which occurrences of visible activities the viewer may see, as a filter on Occurrence.

    One occurrence may have a status of its own: a visitor is not shown one that is not confirmed yet.
    """
    return Q() if viewer.is_staff_member else ~Q(status__in=UNCONFIRMED_STATUSES)


def _known_q(prefix: str) -> Q:
    return Q(**{f"{prefix}is_deleted": False}) | Q(**{f"{prefix}was_confirmed": True})


def _may_see_q(viewer: Viewer, prefix: str) -> Q:
    if viewer.plans_everywhere:
        return Q()
    if viewer.is_staff_member:
        own = Q(**{f"{prefix}lead_unit_id__in": viewer.unit_ids})
        own |= Q(**{f"{prefix}area_id__in": viewer.approved_area_ids})
        return own | ~Q(**{f"{prefix}status": Status.DRAFT})
    called_off = Q(**{f"{prefix}status__in": ANNOUNCED_STATUSES}) | Q(**{f"{prefix}is_deleted": True})
    announced = called_off & Q(**{f"{prefix}was_confirmed": True})
    confirmed = Q(**{f"{prefix}status__in": PUBLIC_STATUSES})
    return Q(**{f"{prefix}is_public": True}) & (confirmed | announced)
