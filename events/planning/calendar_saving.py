"""The verb that saves an imported calendar: all of its activities in one transaction and one step, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from core.errors import StalePlan
from events.models import CalendarUpload, CalendarUploadState, ImportedEvent, PlanStep, StepChange
from events.planning.locks import lock_campaigns
from events.planning.steps import apply_states
from events.planning.turns import in_one_transaction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from events.models import Activity
    from events.planning.commands import StepLabel
    from events.planning.states import ActivityState
    from units.models import User

BATCH: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedState:
    """What one foreign event makes of one activity.

    `version` is the one compared with (None: the activity is new); `fingerprint` and `parts` say what was imported.
    """

    foreign_uid: str
    uid: str
    version: int | None
    state: ActivityState
    fingerprint: str
    parts: Mapping[str, str]


@in_one_transaction
def save_calendar(
    *, token: str, campaign_id: int, imported: Sequence[ImportedState], label: StepLabel, by: User | None
) -> None:
    """Store everything that an upload's preview showed, and mark the upload as done, in one step that can be undone.

    What is large is written in batches, so that memory stays bounded; what is changed should stand before what is new.
    Raises as `apply_states` does, and StalePlan where the upload was given up or somebody imported one of the new
    events meanwhile; nothing is written then.
    """
    lock_campaigns({campaign_id})
    uploads = CalendarUpload.objects.select_for_update().filter(token=token, state=CalendarUploadState.SAVING)
    if not uploads.values_list("pk", flat=True):
        raise StalePlan(0, (_("This import was given up meanwhile."),))
    _reject_imported(campaign_id, imported)
    before = _last_number(campaign_id)
    for begin in range(0, len(imported), BATCH):
        batch = imported[begin : begin + BATCH]
        _remember(campaign_id, batch, _save_batch(batch, label=label, by=by))
    _join_steps(campaign_id, after=before)
    uploads.update(state=CalendarUploadState.DONE, content=b"", message="")


def _save_batch(batch: Sequence[ImportedState], *, label: StepLabel, by: User | None) -> list[Activity]:
    return apply_states(
        wanted={each.uid: each.state for each in batch},
        expected_versions={each.uid: each.version for each in batch if each.version is not None},
        by=by,
        verb=label.verb,
        label=label.label,
    )


def _last_number(campaign_id: int) -> int:
    rows = PlanStep.objects.filter(campaign=campaign_id).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


def _join_steps(campaign_id: int, *, after: int) -> None:
    """Make one step of those of all batches: nobody else writes steps of a campaign that is locked."""
    rows = PlanStep.objects.filter(campaign=campaign_id, number__gt=after).order_by("number")
    keys = list(rows.values_list("pk", flat=True))
    if len(keys) > 1:
        StepChange.objects.filter(step__in=keys[1:]).update(step=keys[0])
        PlanStep.objects.filter(pk__in=keys[1:]).delete()


def _reject_imported(campaign_id: int, imported: Sequence[ImportedState]) -> None:
    news = {each.foreign_uid for each in imported if each.version is None}
    known = set(ImportedEvent.objects.filter(campaign=campaign_id).values_list("uid", flat=True))
    if news & known:
        raise StalePlan(0, (_("Somebody imported the same calendar meanwhile."),))


def _remember(campaign_id: int, imported: Sequence[ImportedState], activities: Sequence[Activity]) -> None:
    rows = [
        ImportedEvent(
            campaign_id=campaign_id,
            uid=each.foreign_uid,
            activity=activity,
            fingerprint=each.fingerprint,
            parts=dict(each.parts),
        )
        for each, activity in zip(imported, activities, strict=True)
    ]
    ImportedEvent.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["campaign", "uid"],
        update_fields=["activity", "fingerprint", "parts"],
    )
