"""The verb that records that a paper was sent for an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from core.vietnamese import format_date
from events.models import Activity, LeadTime, Notice
from events.rules.border_notice import NOTICE as BORDER
from units.audit import record_change
from units.permissions import viewer_of

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from units.models import User

LONGEST_NUMBER = 60
LONGEST_RECEIVER = 200


@transaction.atomic
def record_notice(
    *, uid: str, procedure: str, sent_on: date, number: str = "", receiver: str = "", by: User | None
) -> Notice:
    """Record, or correct, when and with what number the paper of a procedure was sent for an activity.

    `procedure` is the code of a lead time, or "border" for the notice to the border post. ValidationError where it is
    neither, where the day lies ahead or the texts are too long; NotAllowed outside the person's areas.
    """
    activity = Activity.objects.filter(uid=uid, is_deleted=False).select_related("event").first()
    if activity is None:
        raise ValidationError(_("This activity no longer exists."))
    if by is not None and not viewer_of(by).may_approve_in((activity.area_id,)):
        raise NotAllowed(_("You may record papers only of activities in the areas of your own unit."))
    _check(procedure, sent_on, texts=(number, receiver))
    row = Notice.objects.filter(activity=activity, procedure=procedure).select_for_update().first()
    before = None if row is None else _snapshot(row)
    row = row or Notice(activity=activity, procedure=procedure)
    row.sent_on, row.number, row.receiver = sent_on, number.strip(), receiver.strip()
    row.recorded_by, row.recorded_at = by, timezone.now()
    row.save()
    record_change(by=by, verb="record notice", subject=row, before=before, after=_snapshot(row))
    return row


def _check(procedure: str, sent_on: date, *, texts: tuple[str, str]) -> None:
    if procedure != BORDER and not LeadTime.objects.filter(code=procedure).exists():
        raise ValidationError(_("There is no such procedure; choose one of the list."))
    if sent_on > timezone.localdate():
        raise ValidationError(
            _("%(day)s has not come yet; record the paper once it has been sent.") % {"day": format_date(sent_on)}
        )
    if len(texts[0]) > LONGEST_NUMBER or len(texts[1]) > LONGEST_RECEIVER:
        raise ValidationError(_("The number has at most 60 characters, the receiver at most 200."))


def _snapshot(row: Notice) -> dict[str, Any]:
    return {
        "activity": str(row.activity),
        "procedure": row.procedure,
        "sent_on": format_date(row.sent_on),
        "number": row.number,
        "receiver": row.receiver,
    }
