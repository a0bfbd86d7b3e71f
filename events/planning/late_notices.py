"""Notices of late changes: claimed before the message leaves, marked once the mail server took it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from events.models import UrgentNotice
from events.planning.turns import in_one_transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

Told = tuple[int, int]  # change, subscription
RETRY_AFTER: Final = timedelta(minutes=10)


@in_one_transaction
def claim_notices(pairs: Iterable[Told], *, now: datetime) -> list[Told]:
    """Take these changes up for these subscriptions; return those that are the caller's to tell.

    What another worker has taken up within ten minutes, or has sent, is not. Sorted, so that two workers never wait
    for each other in a circle.
    """
    return [pair for pair in sorted(pairs) if _claim(pair, now=now)]


def _claim(pair: Told, *, now: datetime) -> bool:
    change, subscription = pair
    _notice, is_new = UrgentNotice.objects.get_or_create(
        change_id=change, subscription_id=subscription, defaults={"claimed_at": now}
    )
    if is_new:
        return True
    waiting = _row(pair).filter(sent_at=None, claimed_at__lte=now - RETRY_AFTER)
    return waiting.update(claimed_at=now) == 1


@in_one_transaction
def mark_sent(pairs: Sequence[Told], *, now: datetime) -> None:
    """Record that the mail server took the message about these."""
    for pair in pairs:
        _row(pair).update(sent_at=now, fault="")


@in_one_transaction
def mark_refused(pairs: Sequence[Told], *, fault: str) -> None:
    """Record why the message could not be handed over; it is tried again ten minutes after it was taken up."""
    for pair in pairs:
        _row(pair).update(fault=fault)


def _row(pair: Told) -> QuerySet[UrgentNotice]:
    return UrgentNotice.objects.filter(change_id=pair[0], subscription_id=pair[1])
