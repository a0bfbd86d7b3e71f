"""The accounts of a demonstration copy; never in a production installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from units.models import Role, Unit, User
from units.planning import grant_role, save_record


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """Who the account is and what it may do, in which units."""

    username: str
    full_name: str
    role: Role
    units: tuple[str, ...]
    is_superuser: bool = False


DEMO_ACCOUNTS: Final = (
    DemoAccount(
        username="admin",
        full_name="Quản trị viên",
        role=Role.ADMINISTRATOR,
        units=("SVHTTDL",),
        is_superuser=True,
    ),
    DemoAccount(username="planner", full_name="Cán bộ kế hoạch tỉnh", role=Role.PROVINCIAL_PLANNER, units=("SVHTTDL",)),
    DemoAccount(
        username="caoloc",
        full_name="Cán bộ kế hoạch Cao Lộc",
        role=Role.UNIT_PLANNER,
        units=("PVHTT-CAOLOC", "TTVHTTTT-CAOLOC"),
    ),
    DemoAccount(username="doi1", full_name="Trưởng đội 1", role=Role.TEAM_MEMBER, units=("TTVHNT",)),
    DemoAccount(username="viewer", full_name="Người xem", role=Role.VIEWER, units=("SVHTTDL",)),
)


@transaction.atomic
def load_accounts(*, password: str) -> None:
    """Make the demonstration accounts that are missing and give all of them this password.

    A second run with the same password writes nothing. KeyError where the units are not loaded.
    """
    names = [account.username for account in DEMO_ACCOUNTS]
    found = {user.username: user for user in User.objects.filter(username__in=names)}
    # All share one salted hash, so that one slow comparison settles whether the password is still the same.
    hashes = {user.password for user in found.values()}
    same = len(hashes) == 1 and check_password(password, next(iter(hashes)))
    encoded = hashes.pop() if same else make_password(password)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=_unit_codes())}
    for account in DEMO_ACCOUNTS:
        user = found.get(account.username) or _new_user(account)
        user.password = encoded
        save_record(instance=user, by=None)
        for code in account.units:
            grant_role(user=user, unit=units[code], role=account.role, by=None)


def _new_user(account: DemoAccount) -> User:
    return User(
        username=account.username,
        full_name=account.full_name,
        is_superuser=account.is_superuser,
        is_staff=account.is_superuser,
    )


def _unit_codes() -> set[str]:
    return {code for account in DEMO_ACCOUNTS for code in account.units}
