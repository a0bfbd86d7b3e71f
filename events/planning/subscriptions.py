"""The verbs of private links: whoever has the address reads what its owner may see, until it is revoked.

A verb is given a new token by its caller and stores its hash and last characters alone; the trail keeps neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import BadRequest, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from events.feeds.spec import query_of, spec_of
from events.feeds.tokens import hash_token, hint_of
from events.models import SavedFilter, Subscription
from events.planning.ownership import check_name, lock_owner
from events.planning.turns import in_one_transaction
from units.audit import record_change
from units.permissions import viewer_of

if TYPE_CHECKING:
    from events.feeds.spec import FeedSpec
    from units.models import User

MOST_LINKS: Final = 50
LONGEST_ALARM: Final = 4 * 7 * 24 * 60  # minutes: four weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPlan:
    """What a private link holds: `query` as `events.feeds.spec` reads it, or what a saved filter says."""

    name: str
    query: str = ""
    saved_filter_id: int | None = None
    alarm_minutes: int | None = None
    wants_mail: bool = True


@in_one_transaction
def create_subscription(*, plan: SubscriptionPlan, token: str, request_key: str, by: User) -> Subscription:
    """Make a private link of the person; the same `request_key` again gives the link that it made: a double press.

    ValidationError for a name, filter or reminder that is none, and beyond 50 living links a person; NotAllowed for
    deadlines, which only staff may follow.
    """
    lock_owner(by)
    made = Subscription.objects.filter(request_key=request_key, owner=by).first()
    if made is not None:
        return made
    if Subscription.objects.filter(owner=by, revoked_at=None).count() >= MOST_LINKS:
        raise ValidationError(
            _("You have %(most)d private links already; revoke one you no longer use first.") % {"most": MOST_LINKS}
        )
    row = Subscription(owner=by, request_key=request_key, created_at=timezone.now())
    _fill(row, plan, by=by)
    _set_token(row, token)
    row.save(force_insert=True)
    record_change(by=by, verb="create link", subject=row, before=None, after=_snapshot(row))
    return row


@in_one_transaction
def change_subscription(*, pk: int, plan: SubscriptionPlan, by: User) -> Subscription:
    """Bring a living link of one's own to the plan: name, what it holds, reminder, mail. Refuses as creating does."""
    lock_owner(by)
    row = _own(pk, by)
    before = _snapshot(row)
    _fill(row, plan, by=by)
    if _snapshot(row) != before:
        row.save(update_fields=["name", "query", "saved_filter", "alarm_minutes", "wants_mail"])
        record_change(by=by, verb="change link", subject=row, before=before, after=_snapshot(row))
    return row


@in_one_transaction
def rotate_subscription(*, pk: int, token: str, by: User) -> Subscription:
    """Give a living link of one's own a new token: the old address is dead at once. The same token again: nothing."""
    lock_owner(by)
    row = _own(pk, by)
    if row.token_hash == hash_token(token):
        return row
    _set_token(row, token)
    row.rotated_at, row.last_fetched_at, row.last_client = timezone.now(), None, ""
    row.save(update_fields=["token_hash", "token_hint", "rotated_at", "last_fetched_at", "last_client"])
    record_change(by=by, verb="rotate link", subject=row, before=_snapshot(row), after=_snapshot(row))
    return row


@in_one_transaction
def revoke_subscription(*, pk: int, by: User) -> Subscription:
    """End a link for good: one's own, or as an administrator anybody's. One that is revoked already stays so.

    ValidationError where there is none; NotAllowed for another person's.
    """
    row = Subscription.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise _gone()
    if row.owner_id != by.pk and not viewer_of(by).is_administrator:
        raise NotAllowed(_("You may revoke only links of your own."))
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        record_change(by=by, verb="revoke link", subject=row, before=_snapshot(row), after=None)
    return row


def _fill(row: Subscription, plan: SubscriptionPlan, *, by: User) -> None:
    row.name = check_name(plan.name)
    row.saved_filter = None if plan.saved_filter_id is None else _own_filter(plan.saved_filter_id, by)
    row.query = "" if row.saved_filter is not None else _checked_query(plan.query, by)
    if plan.alarm_minutes is not None and not 0 <= plan.alarm_minutes <= LONGEST_ALARM:
        raise ValidationError(_("A reminder comes at the start or up to four weeks before it."))
    row.alarm_minutes, row.wants_mail = plan.alarm_minutes, plan.wants_mail


def _checked_query(query: str, by: User) -> str:
    """The filter in its fixed order; ValidationError with a sentence where it names what does not exist."""
    try:
        spec: FeedSpec = spec_of(query)
    except BadRequest as error:
        raise ValidationError(str(error)) from error
    if spec.deadlines and not viewer_of(by).is_staff_member:
        raise NotAllowed(_("Only members of a unit may follow deadlines."))
    return query_of(spec)


def _own(pk: int, by: User) -> Subscription:
    row = Subscription.objects.filter(pk=pk, owner=by, revoked_at=None).first()
    if row is None:
        raise _gone()
    return row


def _own_filter(pk: int, by: User) -> SavedFilter:
    row = SavedFilter.objects.filter(pk=pk, owner=by).first()
    if row is None:
        raise ValidationError(_("This filter no longer exists."))
    return row


def _set_token(row: Subscription, token: str) -> None:
    row.token_hash, row.token_hint = hash_token(token), hint_of(token)


def _gone() -> ValidationError:
    return ValidationError(_("This link no longer exists, or was revoked."))


def _snapshot(row: Subscription) -> dict[str, Any]:
    return {
        "owner": str(row.owner),
        "name": row.name,
        "query": row.query,
        "saved_filter": "" if row.saved_filter is None else row.saved_filter.name,
        "alarm_minutes": row.alarm_minutes,
        "wants_mail": row.wants_mail,
    }
