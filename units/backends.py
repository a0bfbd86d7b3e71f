"""Django's permissions from our roles, so that the admin asks the same source as every page."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Permission
from django.db.models import F, Value
from django.db.models.functions import Concat

from units.models import User
from units.permissions import viewer_of

# What anybody with a role may read in the admin; changing goes through planning, which looks at areas.
READ_BY_ALL_ROLES: Final = frozenset({"events.view_activity", "events.view_campaign"})


class RoleBackend(ModelBackend):
    """Administrators hold every permission, other roles may read plans; groups and single grants count for nothing."""

    def get_user_permissions(
        self,
        user_obj: AbstractBaseUser | AnonymousUser,
        obj: Any = None,  # noqa: ANN401 -- Django's signature
    ) -> set[str]:
        """Return the permissions that the person's roles stand for."""
        if obj is not None or not isinstance(user_obj, User):
            return set()
        viewer = viewer_of(user_obj)
        if viewer.is_administrator:
            names = Permission.objects.annotate(
                full=Concat(F("content_type__app_label"), Value("."), F("codename"))
            ).values_list("full", flat=True)
            return set(names.order_by())
        return set(READ_BY_ALL_ROLES) if viewer.is_staff_member else set()

    def get_group_permissions(
        self,
        user_obj: AbstractBaseUser | AnonymousUser,  # noqa: ARG002 -- Django's signature
        obj: Any = None,  # noqa: ANN401, ARG002 -- Django's signature
    ) -> set[str]:
        """Return none: roles are the only source."""
        return set()
