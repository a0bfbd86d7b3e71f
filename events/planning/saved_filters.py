"""The verbs of saved filters: a filter of the calendar that a person keeps under a name of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import SavedFilter, Subscription
from events.planning.ownership import check_name, lock_owner
from events.planning.turns import in_one_transaction
from units.audit import record_change

if TYPE_CHECKING:
    from units.models import User

MOST_FILTERS: Final = 50


@in_one_transaction
def save_filter(*, name: str, query: str, by: User) -> SavedFilter:
    """Keep a filter under a new name; `query` is its part of the address in fixed order (`events.feeds.spec.query_of`).

    Saving the same once more gives the one there is. ValidationError for a name that is taken by another filter, is
    empty or too long, and beyond 50 filters a person.
    """
    lock_owner(by)
    name = check_name(name)
    own = SavedFilter.objects.filter(owner=by)
    kept = own.filter(name=name).first()
    if kept is not None:
        if kept.query == query:
            return kept
        raise _taken(name)
    if own.count() >= MOST_FILTERS:
        raise ValidationError(
            _("You keep %(most)d filters already; delete one you no longer need first.") % {"most": MOST_FILTERS}
        )
    now = timezone.now()
    row = SavedFilter.objects.create(owner=by, name=name, query=query, created_at=now, updated_at=now)
    record_change(by=by, verb="save filter", subject=row, before=None, after=_snapshot(row))
    return row


@in_one_transaction
def change_filter(*, pk: int, name: str, query: str | None = None, by: User) -> SavedFilter:
    """Rename a filter of one's own, and with `query` let it say something else: private links that follow it do too.

    ValidationError where it is gone, or the name taken.
    """
    lock_owner(by)
    row, name = _own(pk, by), check_name(name)
    if SavedFilter.objects.filter(owner=by, name=name).exclude(pk=pk).exists():
        raise _taken(name)
    before = _snapshot(row)
    row.name, row.query = name, row.query if query is None else query
    if _snapshot(row) == before:
        return row
    row.updated_at = timezone.now()
    row.save(update_fields=["name", "query", "updated_at"])
    record_change(by=by, verb="change filter", subject=row, before=before, after=_snapshot(row))
    return row


@in_one_transaction
def delete_filter(*, pk: int, by: User) -> None:
    """Forget a filter of one's own; private links that follow it keep what it says. ValidationError if it is gone."""
    lock_owner(by)
    row = _own(pk, by)
    Subscription.objects.filter(saved_filter=row).update(query=row.query, saved_filter=None)
    record_change(by=by, verb="delete filter", subject=row, before=_snapshot(row), after=None)
    row.delete()


def _own(pk: int, by: User) -> SavedFilter:
    row = SavedFilter.objects.filter(pk=pk, owner=by).first()
    if row is None:
        raise ValidationError(_("This filter no longer exists."))
    return row


def _taken(name: str) -> ValidationError:
    return ValidationError(
        _("You already have a filter named “%(name)s”; choose another name, or change that one.") % {"name": name}
    )


def _snapshot(row: SavedFilter) -> dict[str, Any]:
    return {"name": row.name, "query": row.query}
