"""Locks of the saving transaction: campaigns first, then activities, then resources, each sorted by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import prefetch_related_objects

from events.models import Activity, Campaign
from venues.models import Resource

if TYPE_CHECKING:
    from collections.abc import Iterable


RELATIONS = (
    "event__occurrence_set", "series_dates", "occurrence_details", "places__venue", "places__site",
    "coordinating_units", "themes", "forms", "audiences", "funding_sources", "resources",
)  # fmt: skip


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


def load_activities(uids: Iterable[str], *, lock: bool = False) -> dict[str, Activity]:
    """Return these activities by UID with all that their states and snapshots need, in a constant number of queries."""
    wanted = set(uids)
    if not wanted:
        return {}
    rows = Activity.objects.filter(uid__in=wanted).order_by("id")
    rows = rows.select_related("event__rule", "event__calendar", "campaign", "area", "lead_unit")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = list(rows)
    prefetch_related_objects(found, *RELATIONS)
    return {activity.uid: activity for activity in found}


def campaigns_of(uids: Iterable[str]) -> dict[str, int]:
    """The campaign of each of these activities, to be locked before them."""
    return dict(Activity.objects.filter(uid__in=set(uids)).values_list("uid", "campaign_id"))


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
