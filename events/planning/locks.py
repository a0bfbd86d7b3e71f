"""Locks of the saving transaction: campaigns first, then activities, then resources, each sorted by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from events.models import Activity, Campaign
from events.planning.loading import load_activities
from venues.models import Resource

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["campaigns_of", "load_activities", "lock_activities", "lock_campaigns", "lock_resources"]


def lock_campaigns(ids: Iterable[int]) -> None:
    """Lock these campaigns, so that nobody else gives out a code of theirs meanwhile.

    Rows that refer to a campaign may still be written (`no_key`). RuntimeError outside a transaction.
    """
    _demand_transaction()
    rows = Campaign.objects.filter(id__in=set(ids)).order_by("id").select_for_update(no_key=True)
    list(rows.values_list("id", flat=True))


def lock_activities(uids: Iterable[str]) -> dict[str, Activity]:
    """Lock and return these activities by UID; unknown ones are missing from the answer.

    The caller has locked their campaigns before, so what is read is what the last writer left. PostgreSQL
    holds the rows until the transaction ends; on SQLite the transaction is the only writer from its first
    statement (`transaction_mode: IMMEDIATE`). RuntimeError outside a transaction.
    """
    _demand_transaction()
    return load_activities(uids, lock=True)


def campaigns_of(uids: Iterable[str]) -> dict[str, int]:
    """The campaign of each of these activities, to be locked before them."""
    wanted = set(uids)
    return dict(Activity.objects.filter(uid__in=wanted).order_by().values_list("uid", "campaign_id")) if wanted else {}


def lock_resources(ids: Iterable[int]) -> dict[int, str]:
    """Lock these resources against every other booking; return their names by id.

    RuntimeError outside a transaction.
    """
    _demand_transaction()
    wanted = set(ids)
    if not wanted:
        return {}
    rows = Resource.objects.filter(id__in=wanted).order_by("id").select_for_update()
    return dict(rows.values_list("id", "name"))


def _demand_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Locks are held by a transaction; open one first.")
