"""The verbs by which planners override warnings with a reason; a blocking conflict cannot be overridden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from events.models import AcceptedWarning, Activity
from events.planning.checking import check_campaign
from units.audit import record_change
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from typing import Any

    from core.conflicts import Conflict
    from units.models import User
    from units.permissions import Viewer

LONGEST_REASON = 300


@transaction.atomic
def accept_warnings(
    *, campaign_id: int, fingerprints: Collection[str], reason: str, by: User | None, today: date
) -> list[AcceptedWarning]:
    """Override warnings of a campaign, all or none, each for the first of its activities the person answers for.

    What is to be overridden must still be found today. ValidationError without a reason, for a blocking conflict and
    for one that is no longer there; NotAllowed outside the person's areas. Accepting again gives the new reason.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ValidationError(_("Give the reason why this warning may stand (at most 300 characters)."))
    wanted = _chosen(check_campaign(campaign_id, today=today), set(fingerprints))
    uids = {uid for conflict in wanted for uid in conflict.uids}
    activities = {row.uid: row for row in Activity.objects.filter(uid__in=uids).select_related("event")}
    viewer = None if by is None else viewer_of(by)
    return [_accept(each, _answered_for(each, activities, viewer), reason=reason, by=by) for each in wanted]


def _chosen(found: Iterable[Conflict], fingerprints: set[str]) -> list[Conflict]:
    wanted = {each.fingerprint: each for each in found if each.fingerprint in fingerprints}
    if not wanted or len(wanted) != len(fingerprints):
        raise ValidationError(_("This conflict is no longer there; reload the report."))
    if any(conflict.is_blocking for conflict in wanted.values()):
        raise ValidationError(_("A blocking conflict cannot be overridden; change the plan so that it is gone."))
    return list(wanted.values())


def _answered_for(conflict: Conflict, activities: Mapping[str, Activity], viewer: Viewer | None) -> Activity:
    concerned = [activities[uid] for uid in conflict.uids if uid in activities]
    for activity in concerned:
        if viewer is None or viewer.may_plan_in((activity.area_id,)):
            return activity
    raise NotAllowed(_("You may override warnings only of activities in the areas of your own unit."))


def _accept(conflict: Conflict, activity: Activity, *, reason: str, by: User | None) -> AcceptedWarning:
    row = AcceptedWarning.objects.filter(activity=activity, fingerprint=conflict.fingerprint).first()
    before = None if row is None else _snapshot(row)
    row = row or AcceptedWarning(activity=activity, fingerprint=conflict.fingerprint, code=conflict.code)
    row.message, row.reason = conflict.message, reason
    row.accepted_by, row.accepted_by_label = by, str(by) if by is not None else "Pano"
    row.accepted_at = timezone.now()
    row.save()
    record_change(by=by, verb="accept warning", subject=row, before=before, after=_snapshot(row))
    return row


@transaction.atomic
def withdraw_acceptance(*, key: int, by: User | None) -> AcceptedWarning:
    """Let a warning stand again. ValidationError where it is not overridden, NotAllowed outside the person's areas."""
    rows = AcceptedWarning.objects.select_related("activity__event").select_for_update(of=("self",))
    row = rows.filter(pk=key).first()
    if row is None:
        raise ValidationError(_("This warning is no longer overridden; reload the report."))
    if by is not None and not viewer_of(by).may_plan_in((row.activity.area_id,)):
        raise NotAllowed(_("You may override warnings only of activities in the areas of your own unit."))
    before = _snapshot(row)
    record_change(by=by, verb="withdraw acceptance", subject=row, before=before, after=None)
    row.delete()
    return row


def _snapshot(row: AcceptedWarning) -> dict[str, Any]:
    return {"activity": str(row.activity), "rule": row.code, "warning": row.message, "reason": row.reason}
