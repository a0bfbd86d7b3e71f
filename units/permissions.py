"""Who may do what, decided from roles and areas; every view and planning verb asks here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from units.models import Membership, Role, Unit, User
from venues.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.PROVINCIAL_PLANNER})


@dataclass(frozen=True)
class Viewer:
    """A person or a visitor, with the roles and areas that decide what they see and change.

    Built once a request; each fact costs at most one query, asked for when needed.
    """

    user: User | None

    @cached_property
    def _memberships(self) -> tuple[tuple[str, int], ...]:
        if self.user is None or not self.user.is_active:
            return ()
        rows = Membership.objects.filter(user=self.user).values_list("role", "unit_id")
        return tuple(rows.order_by("id"))

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles the person holds in any unit; empty for a visitor."""
        held = {role for role, _ in self._memberships}
        if self.user is not None and self.user.is_active and self.user.is_superuser:
            held.add(Role.ADMINISTRATOR)
        return frozenset(held)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Units the person belongs to."""
        return frozenset(unit for _, unit in self._memberships)

    @cached_property
    def planned_area_ids(self) -> frozenset[int]:
        """Areas, with all below them, that a unit planner of these units may plan."""
        return self._areas_as(frozenset({Role.UNIT_PLANNER}))

    @cached_property
    def approved_area_ids(self) -> frozenset[int]:
        """Areas in which the person may set the status of an activity."""
        return self._areas_as(frozenset({Role.UNIT_PLANNER, Role.APPROVER}))

    def _areas_as(self, roles: frozenset[Role]) -> frozenset[int]:
        units = [unit for role, unit in self._memberships if role in roles]
        if not units:
            return frozenset()
        own = Area.objects.filter(units__in=units).values_list("id", flat=True)
        return Area.objects.within(own)

    @property
    def is_staff_member(self) -> bool:
        """Whether the person works in some unit and so sees what is not public."""
        return bool(self.roles)

    @property
    def is_administrator(self) -> bool:
        """Whether the person may change reference tables and accounts."""
        return Role.ADMINISTRATOR in self.roles

    @property
    def plans_everywhere(self) -> bool:
        """Whether the person plans for the whole province."""
        return bool(self.roles & EVERYWHERE)

    @property
    def is_planner(self) -> bool:
        """Whether the person plans anything at all."""
        return self.plans_everywhere or Role.UNIT_PLANNER in self.roles

    def may_manage(self, unit_id: int) -> bool:
        """Whether the person may change what a unit keeps for itself: one of its planners, or who plans everywhere."""
        return self.plans_everywhere or (Role.UNIT_PLANNER, unit_id) in self._memberships

    def may_plan_in(self, area_ids: Iterable[int]) -> bool:
        """Whether the person may plan or change something in all of these areas."""
        return self.plans_everywhere or self.planned_area_ids.issuperset(area_ids)

    def may_approve_in(self, area_ids: Iterable[int]) -> bool:
        """Whether the person may set the status of something in all of these areas."""
        return self.plans_everywhere or self.approved_area_ids.issuperset(area_ids)


def viewer_of(user: User | AnonymousUser | None) -> Viewer:
    """The viewer for a request's user; an inactive or anonymous one is a visitor."""
    return Viewer(user=user if isinstance(user, User) and user.is_active else None)


def units_open_to(viewer: Viewer) -> list[Unit]:
    """Units in whose name the viewer may lead an activity."""
    if viewer.plans_everywhere:
        return list(Unit.objects.all())
    return list(Unit.objects.filter(id__in=viewer.unit_ids))


def units_managed_by(viewer: Viewer) -> list[Unit]:
    """Units whose settings the viewer may change (`Viewer.may_manage`), in their order; two queries at most."""
    return [unit for unit in units_open_to(viewer) if viewer.may_manage(unit.pk)]
