"""One operation on many activities: previewed with its conflicts, then carried out as one step that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from core.errors import NotAllowed, StalePlan
from events.models import Activity, Status
from events.planning.bulk_items import (
    BulkItem,
    BulkOperation,
    BulkVerb,
    check_operation,
    check_size,
    label_of,
    prepare_items,
)
from events.planning.checking import check_drafts
from events.planning.drafting import draft
from events.planning.locks import load_activities
from events.planning.state_text import FieldChange, field_changes, read_states
from events.planning.steps import apply_states
from events.planning.writing import lock_plan
from events.programme.gate import visible_q
from units.permissions import Viewer, viewer_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.conflicts import Conflict
    from events.planning.drafting import Draft
    from units.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLine:
    """One activity of a preview: its fields before and after, and what else to know; a copy has a `uid` of its own."""

    uid: str
    source_uid: str
    code: str
    title: str
    area: str
    is_new: bool
    is_deleted: bool
    changes: tuple[FieldChange, ...]
    notes: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPreview:
    """What an operation would do. `gone` counts chosen activities that no longer exist or may not be seen.

    `conflicts` are those of the activities as if drafts were held; `is_blocked` says that one of them stands in the way
    now, for a draft takes nothing yet. `seen` are the versions it was made from: what `apply_bulk` wants to be given.
    """

    operation: BulkOperation
    label: str
    lines: tuple[BulkLine, ...]
    conflicts: tuple[Conflict, ...]
    seen: Mapping[str, int]
    fitting: Mapping[str, int]
    is_blocked: bool = False
    gone: int = 0

    @property
    def refused(self) -> int:
        """How many lines cannot be carried out."""
        return sum(1 for line in self.lines if line.refusals)

    @property
    def may_apply(self) -> bool:
        """Whether all of it can be carried out."""
        return bool(self.lines) and not self.refused and not self.gone and not self.is_blocked


def preview_bulk(*, operation: BulkOperation, selection: Mapping[str, int], viewer: Viewer) -> BulkPreview:
    """What the operation would make of the selection (UID → version seen), checked all together; writes nothing.

    ValidationError where the operation lacks something, or nothing or too much is chosen.
    """
    check_operation(operation)
    check_size(operation, len(selection))
    stored = load_selected(selection, viewer)
    items = prepare_items(operation, stored=stored, selection=selection, viewer=viewer)
    refused = {item.source.uid for item in items if item.refusals}
    versions = {activity.uid: activity.version for activity in stored}
    drafts = [] if refused else drafts_of(items)
    conflicts = check_drafts([as_held(each) for each in drafts])
    return BulkPreview(
        operation=operation,
        label=label_of(operation, len(items)),
        lines=_lines(items),
        conflicts=tuple(conflicts),
        is_blocked=_is_blocked(drafts, conflicts),
        seen=dict(selection),
        fitting={uid: version for uid, version in versions.items() if uid not in refused},
        gone=len(selection) - len(stored),
    )


@transaction.atomic
def apply_bulk(*, operation: BulkOperation, selection: Mapping[str, int], by: User) -> list[Activity]:
    """Carry the operation out on all of the selection or on none, as one step a campaign.

    Raises ValidationError, NotAllowed, StalePlan (told field by field) or PlanRejected; nothing is written then.
    """
    check_operation(operation)
    check_size(operation, len(selection))
    viewer = viewer_of(by)
    stored = list(lock_plan(uids=_visible_uids(selection, viewer)).values())
    if len(stored) != len(selection):
        raise ValidationError(_("Some of the chosen activities no longer exist; go back to the list and choose again."))
    prefetch_related_objects(stored, "occurrences")
    items = prepare_items(operation, stored=stored, selection=selection, viewer=viewer)
    _reject_refused(items, selection)
    return apply_states(
        wanted={item.uid: item.after for item in items},
        expected_versions={} if operation.verb is BulkVerb.COPY else selection,
        by=by,
        verb=f"bulk {operation.verb}",
        label=label_of(operation, len(items)),
    )


def load_selected(selection: Mapping[str, int], viewer: Viewer) -> list[Activity]:
    """The chosen activities that the viewer may see, in the order of the calendar, with all that a state needs."""
    found = list(load_activities(_visible_uids(selection, viewer)).values())
    prefetch_related_objects(found, "occurrences")
    return sorted(found, key=lambda activity: (activity.event.start, activity.code, activity.pk))


def _visible_uids(selection: Mapping[str, int], viewer: Viewer) -> list[str]:
    rows = Activity.objects.filter(visible_q(viewer), is_deleted=False, uid__in=selection)
    return list(rows.values_list("uid", flat=True))


def drafts_of(items: Sequence[BulkItem]) -> list[Draft]:
    """What would be stored, for the rules to look at; deleted ones hold nothing and are left out."""
    return [
        draft(item.after.plan, activity=None if item.is_new else item.source, overrides=item.after.overrides)
        for item in items
        if item.after is not None
    ]


def as_held(each: Draft) -> Draft:
    """The draft as if it took what it names, so that the conflicts show that confirming it would meet."""
    if each.plan.status != Status.DRAFT:
        return each
    return replace(each, plan=replace(each.plan, status=Status.TENTATIVE.value))


def _is_blocked(drafts: Sequence[Draft], conflicts: Sequence[Conflict]) -> bool:
    """Whether a conflict stands in the way as the drafts are; looked at anew only where that may differ."""
    if not any(conflict.is_blocking for conflict in conflicts):
        return False
    if all(each.plan.status != Status.DRAFT for each in drafts):
        return True
    return any(conflict.is_blocking for conflict in check_drafts(drafts))


def _lines(items: Sequence[BulkItem]) -> tuple[BulkLine, ...]:
    befores = read_states([item.before for item in items])
    afters = iter(read_states([item.after for item in items if item.after is not None]))
    return tuple(
        BulkLine(
            uid=item.uid,
            source_uid=item.source.uid,
            code=item.before.plan.code,
            title=item.before.plan.title,
            area=before["area"],
            is_new=item.is_new,
            is_deleted=item.after is None,
            changes=() if item.after is None else field_changes(before, next(afters)),
            notes=item.notes,
            refusals=item.refusals,
        )
        for item, before in zip(items, befores, strict=True)
    )


def _reject_refused(items: Sequence[BulkItem], selection: Mapping[str, int]) -> None:
    """Raise what the refusals mean: a stale selection before rights, rights before what cannot be done."""
    stale = [item for item in items if item.source.version != selection[item.source.uid]]
    if stale:
        _raise_stale(stale)
    sentences = [f"{item.before.plan.code}: {text}" for item in items for text in item.refusals]
    if any(item.is_forbidden for item in items):
        raise NotAllowed(" ".join(sentences))
    if sentences:
        raise ValidationError(sentences)


def _raise_stale(stale: Sequence[BulkItem]) -> NoReturn:
    changes = [f"{item.before.plan.code}: {text}" for item in stale for text in item.refusals]
    raise StalePlan(stale[0].source.version, changes)
