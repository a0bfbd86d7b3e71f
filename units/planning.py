"""The only writer of units, accounts and memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from units.models import Membership, Role, Unit, User
from units.permissions import viewer_of
from venues import planning as records

if TYPE_CHECKING:
    from venues.planning import Links

M = TypeVar("M", bound=Model)
PRIVATE: Final = ("password", "phone")  # audited as changed, never with their values
IGNORED: Final = ("last_login",)  # written by signing in, no change of a person's


def save_record(*, instance: M, by: User | None, m2m: Links | None = None) -> M:
    """Store a unit, account or membership with its audit entry; an unchanged one writes nothing.

    Raises NotAllowed unless `by` is an administrator or the system (None), ValidationError where the row is faulty.
    """
    _check_may(by)
    with transaction.atomic():
        return records.save_record(instance=instance, by=by, m2m=m2m, private=PRIVATE, ignored=IGNORED)


def delete_record(*, instance: Model, by: User | None) -> None:
    """Delete a unit, account or membership with its audit entry; NotAllowed, ProtectedError where others need it."""
    _check_may(by)
    records.delete_record(instance=instance, by=by, private=PRIVATE)


@transaction.atomic
def change_own_password(*, user: User, password: str) -> User:
    """Give people the new password they chose for themselves; the caller has checked the old one and the new."""
    user.set_password(password)
    return records.save_record(instance=user, by=user, private=PRIVATE, ignored=IGNORED)


@transaction.atomic
def grant_role(*, user: User, unit: Unit, role: Role, by: User | None) -> Membership:
    """Give a person a role in a unit; the membership they already have is left as it is."""
    held = Membership.objects.filter(user=user, unit=unit, role=role).first()
    return held or save_record(instance=Membership(user=user, unit=unit, role=role), by=by)


def _check_may(by: User | None) -> None:
    if by is not None and not viewer_of(by).is_administrator:
        raise NotAllowed(_("Only an administrator may change units, accounts and roles."))
