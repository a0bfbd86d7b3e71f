"""What one operation makes of each of many activities: prepared here, previewed and carried out in `bulk`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import NotAllowed
from events.models import Status
from events.planning.checks import check_rights
from events.planning.copying import Destination, copy_notes, copy_state, load_destinations
from events.planning.numbering import number_plans
from events.planning.shifting import shift_state
from events.planning.snapshots import changes_since
from events.planning.states import state_of
from units.models import Unit

if TYPE_CHECKING:
    from events.models import Activity
    from events.planning.commands import ActivityPlan
    from events.planning.states import ActivityState
    from units.permissions import Viewer

MOST_ACTIVITIES: Final = 2000
FARTHEST_SHIFT: Final = 3660  # days: ten years either way


class BulkVerb(StrEnum):
    """What can be done to many activities at once."""

    SHIFT = "shift"
    COPY = "copy"
    UNIT = "unit"
    STATUS = "status"
    CANCEL = "cancel"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkOperation:
    """One verb with what it needs: `days` to shift, `area_ids` to copy to, `unit_id`, `status` with its `reason`.

    `keeps_status` lets copies keep the status of their originals; they are drafts otherwise.
    """

    verb: BulkVerb
    days: int = 0
    area_ids: tuple[int, ...] = ()
    unit_id: int | None = None
    status: str = ""
    reason: str = ""
    keeps_status: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkItem:
    """What the operation makes of one activity; for a copy `uid` is the new one and `source` the original.

    `after` None deletes it. `refusals` say why it cannot be done, a sentence each; `is_forbidden` when rights are one.
    """

    uid: str
    source: Activity
    before: ActivityState
    after: ActivityState | None
    is_new: bool = False
    notes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    is_forbidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What every item is made from."""

    operation: BulkOperation
    viewer: Viewer
    destinations: tuple[Destination, ...] = field(default=())


def check_operation(operation: BulkOperation) -> None:
    """ValidationError with a sentence where the operation lacks what its verb needs."""
    verb = operation.verb
    if verb is BulkVerb.SHIFT and not 0 < abs(operation.days) <= FARTHEST_SHIFT:
        raise ValidationError(_("Give the number of days to move by, from 1 to 3,660; negative moves earlier."))
    if verb is BulkVerb.COPY and not operation.area_ids:
        raise ValidationError(_("Choose at least one area to copy to."))
    if verb is BulkVerb.UNIT and not Unit.objects.filter(pk=operation.unit_id or 0).exists():
        raise ValidationError(_("Choose the unit that is to lead."))
    if verb is BulkVerb.STATUS and operation.status not in Status.values:
        raise ValidationError(_("Choose the new status."))
    if verb is BulkVerb.CANCEL and not operation.reason.strip():
        raise ValidationError(_("Say why; readers of the calendar are told."))


def check_size(operation: BulkOperation, count: int) -> None:
    """ValidationError where nothing is chosen or more than 2,000 activities would change."""
    if count == 0:
        raise ValidationError(_("No activity is chosen; tick at least one in the list."))
    total = count * (len(operation.area_ids) or 1 if operation.verb is BulkVerb.COPY else 1)
    if total > MOST_ACTIVITIES:
        raise ValidationError(
            _("That would change %(count)s activities; at most 2,000 can be changed at once. Choose fewer.")
            % {"count": total}
        )


def prepare_items(
    operation: BulkOperation,
    *,
    stored: Sequence[Activity],
    selection: Mapping[str, int],
    viewer: Viewer,
) -> tuple[BulkItem, ...]:
    """What the operation makes of each stored activity of the selection (UID → version seen).

    Copies get their UIDs and codes here. Nothing is written; a constant number of queries an area copied to, where
    the activities come with their relations loaded.
    """
    areas = operation.area_ids if operation.verb is BulkVerb.COPY else ()
    ground = _Ground(operation=operation, viewer=viewer, destinations=load_destinations(areas))
    items = [item for activity in stored for item in _items_of(activity, ground)]
    items = [_refuse_stale(item, selection) for item in items]
    return tuple(_numbered([_refuse_unallowed(item, ground) for item in items]))


def label_of(operation: BulkOperation, count: int) -> str:
    """The step's label: what is done to how many activities."""
    labels = {
        BulkVerb.SHIFT: ngettext(
            "Move %(count)s activity by %(days)s days", "Move %(count)s activities by %(days)s days", count
        ),
        BulkVerb.COPY: ngettext("Copy to %(count)s new activity", "Copy to %(count)s new activities", count),
        BulkVerb.UNIT: ngettext(
            "Change the lead unit of %(count)s activity", "Change the lead unit of %(count)s activities", count
        ),
        BulkVerb.STATUS: ngettext(
            "Set %(count)s activity to “%(status)s”", "Set %(count)s activities to “%(status)s”", count
        ),
        BulkVerb.CANCEL: ngettext("Cancel %(count)s activity", "Cancel %(count)s activities", count),
        BulkVerb.DELETE: ngettext("Delete %(count)s activity", "Delete %(count)s activities", count),
    }
    status = Status(operation.status).label if operation.status in Status.values else ""
    return labels[operation.verb] % {"count": count, "days": f"{operation.days:+d}", "status": status}


def _items_of(activity: Activity, ground: _Ground) -> list[BulkItem]:
    before = state_of(activity)
    if ground.operation.verb is BulkVerb.COPY:
        return [
            _copied(activity, to, copy_state(before, to, keeps_status=ground.operation.keeps_status))
            for to in ground.destinations
        ]
    item = BulkItem(uid=activity.uid, source=activity, before=before, after=before)
    if ground.operation.verb is BulkVerb.SHIFT:
        return [_shifted(item, ground.operation.days)]
    if ground.operation.verb is BulkVerb.DELETE:
        return [replace(item, after=None)]
    return [replace(item, after=replace(before, plan=_changed_plan(before.plan, ground.operation)))]


def _changed_plan(plan: ActivityPlan, operation: BulkOperation) -> ActivityPlan:
    if operation.unit_id is not None:
        return replace(plan, lead_unit_id=operation.unit_id)
    status = Status.CANCELLED.value if operation.verb is BulkVerb.CANCEL else operation.status
    return replace(plan, status=status, status_reason=operation.reason.strip())


def _copied(activity: Activity, to: Destination, copied: ActivityState) -> BulkItem:
    uid, before = str(uuid.uuid4()), state_of(activity)
    is_here = before.plan.area_id == to.area_id
    return BulkItem(
        uid=uid,
        source=activity,
        before=before,
        after=replace(copied, plan=replace(copied.plan, uid=uid)),
        is_new=True,
        notes=copy_notes(before, to),
        refusals=(_("It is in %(area)s already.") % {"area": to.name},) if is_here else (),
    )


def _shifted(item: BulkItem, days: int) -> BulkItem:
    starts = [row.recurrence_id for row in item.source.occurrences.all()]
    try:
        shifted = shift_state(item.before, days, starts=starts)
    except ValueError as error:
        return replace(item, refusals=(str(error),))
    return replace(item, after=shifted.state, notes=(shifted.note,) if shifted.note else ())


def _refuse_stale(item: BulkItem, selection: Mapping[str, int]) -> BulkItem:
    """An activity that somebody saved since it was chosen, told field by field."""
    seen = selection[item.source.uid]
    if item.source.version == seen:
        return item
    changes = changes_since(item.source, seen) or (_("Somebody changed it since you chose it."),)
    return replace(item, refusals=(*item.refusals, *changes))


def _refuse_unallowed(item: BulkItem, ground: _Ground) -> BulkItem:
    plans = (item.after,) if item.is_new else (item.before, item.after)
    sentences = [text for state in plans if state is not None for text in [_why_not_allowed(state, ground)] if text]
    refusals = tuple(dict.fromkeys([*item.refusals, *sentences]))
    return replace(item, refusals=refusals, is_forbidden=bool(sentences))


def _why_not_allowed(state: ActivityState, ground: _Ground) -> str:
    if ground.operation.verb in {BulkVerb.STATUS, BulkVerb.CANCEL}:
        if ground.viewer.may_approve_in((state.plan.area_id,)):
            return ""
        return _("You may not change the status of activities in this area.")
    try:
        check_rights(ground.viewer, state.plan)
    except NotAllowed as error:
        return str(error)
    return ""


def _numbered(items: Sequence[BulkItem]) -> list[BulkItem]:
    """Codes for the copies, as they will be given when nobody else takes them first."""
    plans = number_plans([item.after.plan for item in items if item.is_new and item.after is not None])
    codes = iter(plans)
    return [
        replace(item, after=replace(item.after, plan=next(codes))) if item.is_new and item.after is not None else item
        for item in items
    ]
