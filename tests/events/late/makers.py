"""Activities that take place soon, and people who follow them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.intervals import LOCAL_ZONE, Interval
from events.feeds.tokens import new_token
from events.planning.subscriptions import SubscriptionPlan, create_subscription
from tests.factories import make_activity

if TYPE_CHECKING:
    from events.models import Activity, Subscription
    from units.models import User


def soon(hours: float = 3, *, length: float = 2) -> Interval:
    """An interval that begins so many hours from now, on a whole minute."""
    now = timezone.now().astimezone(LOCAL_ZONE).replace(second=0, microsecond=0)
    start = now + timedelta(hours=hours)
    return Interval(start, start + timedelta(hours=length))


def make_soon(hours: float = 3, **fields: Any) -> Activity:
    """A confirmed public show some hours from now, in a plan that lasts."""
    return make_activity(**({"interval": soon(hours)} | fields))


def make_link(owner: User, name: str = "Điện thoại", **fields: Any) -> Subscription:
    """A private link of the person, made long ago."""
    token = new_token()
    plan = SubscriptionPlan(name=name, **fields)
    link = create_subscription(plan=plan, token=token, request_key=token[:32], by=owner)
    link.created_at = timezone.now() - timedelta(days=30)
    link.save(update_fields=["created_at"])
    return link


def minutes_later(minutes: float) -> datetime:
    """A moment after now."""
    return timezone.now() + timedelta(minutes=minutes)
