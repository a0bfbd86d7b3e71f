"""Steps of a campaign as people read them, as far as the reader may see what they changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from events.models import Activity, PlanStep, StepChange
from events.planning.state_text import FieldChange, field_changes, read_states
from events.planning.states import ActivityState, from_json
from events.planning.steps import steps_of
from events.programme.gate import visible_q

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from units.permissions import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStep:
    """One step with the number of activities it changed; `label` says nothing of what the reader may not see."""

    step: PlanStep
    label: str
    activities: int

    @property
    def is_undone(self) -> bool:
        """Whether redoing would do it again."""
        return self.step.undone_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """What undoing or redoing a step makes of one activity; `becomes` is "made", "deleted" or "changed"."""

    uid: str
    title: str
    code: str
    becomes: str
    changes: tuple[FieldChange, ...]


def read_steps(*, campaign_id: int, viewer: Viewer) -> tuple[ReadStep, ...]:
    """The last 100 steps that can be undone or redone, latest first; three queries."""
    steps = steps_of(campaign_id)
    rows = StepChange.objects.filter(step__in=steps)
    counts = dict(rows.order_by().values_list("step").annotate(Count("id")))
    hidden = set(rows.exclude(activity__in=_visible(viewer)).values_list("step", flat=True))
    return tuple(
        ReadStep(
            step=step,
            label=hidden_label() if step.pk in hidden else step.label,
            activities=counts.get(step.pk, 0),
        )
        for step in steps
    )


def hidden_label() -> str:
    """What a step is called whose activities the reader may not all see: its own label may name them."""
    return _("A step on activities that you may not see")


def read_step(step: PlanStep, *, is_back: bool, viewer: Viewer) -> tuple[StepLine, ...]:
    """What undoing (`is_back`) or redoing the step makes of each activity the viewer may see."""
    rows = list(step.changes.filter(activity__in=_visible(viewer)).select_related("activity").order_by("id"))
    pairs = [
        (_state(row.after if is_back else row.before), _state(row.before if is_back else row.after)) for row in rows
    ]
    texts = iter(read_states([state for pair in pairs for state in pair if state is not None]))
    lines = []
    for row, (start, end) in zip(rows, pairs, strict=True):
        start_text = {} if start is None else next(texts)
        end_text = {} if end is None else next(texts)
        known = end_text or start_text
        lines.append(
            StepLine(
                uid=row.activity.uid,
                title=known.get("title", ""),
                code=known.get("code", ""),
                becomes=_becomes(start, end),
                changes=field_changes(start_text, end_text) if start_text and end_text else (),
            )
        )
    return tuple(lines)


def _becomes(start: ActivityState | None, end: ActivityState | None) -> str:
    if end is None or end.is_deleted:
        return "deleted"
    return "made" if start is None or start.is_deleted else "changed"


def _state(written: dict[str, object] | None) -> ActivityState | None:
    return None if written is None else from_json(written)


def _visible(viewer: Viewer) -> QuerySet[Activity]:
    """Deleted drafts of one's own areas and units among them: what their steps say was said while they lived."""
    deleted = Q(is_deleted=True)
    if not viewer.plans_everywhere:
        deleted &= Q(lead_unit_id__in=viewer.unit_ids) | Q(area_id__in=viewer.approved_area_ids)
    return Activity.objects.filter(visible_q(viewer) | deleted)
