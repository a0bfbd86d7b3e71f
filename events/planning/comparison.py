"""A draft plan beside the released one: what differs, what would clash, and the plan in figures before and after."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from events.models import BranchActivity, Status, StepChange
from events.planning.checking import check_drafts
from events.planning.checks import check_plans
from events.planning.drafting import draft
from events.planning.locks import load_activities
from events.planning.numbering import number_plans
from events.planning.plan_figures import Figures, changed_figures, drives_of_change, figures_of
from events.planning.state_text import field_changes, read_states
from events.planning.states import from_json, state_of, to_json
from events.planning.trials import held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from core.conflicts import Conflict
    from events.models import Activity, PlanBranch
    from events.planning.branches import BranchChange
    from events.planning.drafting import Draft
    from events.planning.state_text import FieldChange
    from events.planning.states import ActivityState
    from events.rules.drives import Drives


class DifferenceKind(TextChoices):
    """What a draft plan does to one activity; SAME once the released plan says the same."""

    ADDED = "added", _("New")
    MOVED = "moved", _("Other time or place")
    CHANGED = "changed", _("Changed in other fields")
    DROPPED = "dropped", _("Dropped")
    SAME = "same", _("The same as released")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleField:
    """A field that the released plan has changed since the draft plan took it up, as people read it."""

    label: str
    base: str
    released: str
    drafted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One activity of a draft plan; `fields` stand before (released) and after (drafted).

    `is_stale` when the released plan has changed it since `base_version`; `stale` says in which fields.
    """

    uid: str
    kind: DifferenceKind
    code: str
    title: str
    time: str
    place: str
    fields: tuple[FieldChange, ...]
    stale: tuple[StaleField, ...]
    is_stale: bool
    released_version: int
    base_version: int
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchComparison:
    """What releasing a draft plan would do."""

    version: int
    differences: tuple[Difference, ...]
    new_conflicts: tuple[Conflict, ...]
    settled_conflicts: tuple[Conflict, ...]
    before: Figures
    after: Figures
    drives: tuple[Drives, Drives]  # of the teams on the days concerned, before and after

    @property
    def groups(self) -> tuple[tuple[DifferenceKind, tuple[Difference, ...]], ...]:
        """The differences kind by kind, each in the order of their codes."""
        return tuple((kind, tuple(each for each in self.differences if each.kind == kind)) for kind in DifferenceKind)

    @property
    def has_blocking(self) -> bool:
        """Whether a new conflict forbids releasing."""
        return any(conflict.is_blocking for conflict in self.new_conflicts)

    @property
    def is_blocked(self) -> bool:
        """Whether releasing would be refused as things stand."""
        return self.has_blocking or any(each.is_stale for each in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """One row of the draft plan with both versions; None where there is none."""

    row: BranchActivity
    activity: Activity | None
    released: ActivityState | None
    drafted: ActivityState | None

    @property
    def is_stale(self) -> bool:
        version = 0 if self.activity is None else self.activity.version
        return version != self.row.base_version


def compare(branch: PlanBranch, *, today: date) -> BranchComparison:
    """Compare a draft plan with the released plan as they are now.

    A constant number of queries, however many activities differ. ValidationError where a drafted plan no longer
    expands.
    """
    pairs = _pairs(branch)
    before, after = _drafts_before(pairs), _drafts_after(pairs)
    was, would_be = check_drafts(before, today=today), check_drafts(after, today=today)
    figures = figures_of(branch.campaign_id)
    return BranchComparison(
        version=branch.version,
        differences=tuple(sorted(_differences(pairs), key=lambda each: (each.code, each.title))),
        new_conflicts=_without(would_be, was),
        settled_conflicts=_without(was, would_be),
        before=figures,
        after=changed_figures(figures, before, after),
        drives=drives_of_change(before, after, today=today),
    )


def conflicts_within(branch: PlanBranch, change: BranchChange, *, today: date) -> list[Conflict]:
    """What would stand in the way of one changed activity, in both plans together, were the draft plan released now.

    Writes nothing. ValidationError where the plan has faults or does not expand.
    """
    uid = change.uid or str(uuid.uuid4())
    if change.state is None:
        return []
    plan = replace(change.state.plan, uid=uid)
    check_plans(number_plans([plan]))
    row = BranchActivity(branch=branch, uid=uid, state=to_json(replace(change.state, plan=plan)))
    others = [pair for pair in _pairs(branch) if pair.row.uid != uid]
    own = _pair(row, load_activities((uid,)).get(uid))
    return [conflict for conflict in check_drafts(_drafts_after([*others, own]), today=today) if uid in conflict.uids]


def _pairs(branch: PlanBranch) -> list[_Pair]:
    rows = list(branch.activities.all())
    stored = load_activities(row.uid for row in rows)
    return [_pair(row, stored.get(row.uid)) for row in rows]


def _pair(row: BranchActivity, activity: Activity | None) -> _Pair:
    is_there = activity is not None and not activity.is_deleted
    return _Pair(
        row=row,
        activity=activity,
        released=state_of(activity) if activity is not None and is_there else None,
        drafted=None if row.state is None else from_json(row.state),
    )


def _differences(pairs: Sequence[_Pair]) -> list[Difference]:
    """Every row told in words; the names behind all keys are asked for once."""
    bases = _bases(pairs)
    states = [state for pair in pairs for state in (pair.released, pair.drafted, bases.get(pair.row.uid)) if state]
    texts = dict(zip(map(id, states), read_states(states), strict=True))
    return [_difference(pair, bases.get(pair.row.uid), texts) for pair in pairs]


def _bases(pairs: Sequence[_Pair]) -> dict[str, ActivityState]:
    """What the released plan said when the draft plan took up what has changed since: the first step after it knows."""
    stale = {pair.activity.pk: pair.row for pair in pairs if pair.is_stale and pair.activity is not None}
    changes = StepChange.objects.filter(activity_id__in=stale).order_by("-version")
    first = {
        change.activity_id: change for change in changes if change.version > stale[change.activity_id].base_version
    }
    return {stale[key].uid: from_json(change.before) for key, change in first.items() if change.before is not None}


def _difference(pair: _Pair, base: ActivityState | None, texts: Mapping[int, dict[str, str]]) -> Difference:
    released = texts[id(pair.released)] if pair.released else None
    drafted = texts[id(pair.drafted)] if pair.drafted else None
    shown = drafted or released or {}
    fields = field_changes(released, drafted) if released and drafted else ()
    return Difference(
        uid=pair.row.uid,
        kind=_kind(pair, fields),
        code=shown.get("code", ""),
        title=shown.get("title", ""),
        time=shown.get("time", ""),
        place=shown.get("places", ""),
        fields=fields,
        stale=_stale_fields(texts[id(base)], released, drafted) if base else (),
        is_stale=pair.is_stale,
        released_version=0 if pair.activity is None else pair.activity.version,
        base_version=pair.row.base_version,
        seen_at=pair.row.changed_at,
    )


def _stale_fields(
    base: dict[str, str], released: dict[str, str] | None, drafted: dict[str, str] | None
) -> tuple[StaleField, ...]:
    return tuple(
        StaleField(label=each.label, base=each.before, released=each.after, drafted=(drafted or {}).get(each.name, ""))
        for each in field_changes(base, released)
    )


def _kind(pair: _Pair, fields: Sequence[FieldChange]) -> DifferenceKind:
    if pair.drafted is None:
        return DifferenceKind.SAME if pair.released is None else DifferenceKind.DROPPED
    if pair.released is None:
        return DifferenceKind.ADDED
    if not fields:
        return DifferenceKind.SAME
    return DifferenceKind.MOVED if any(each.is_move for each in fields) else DifferenceKind.CHANGED


def _drafts_before(pairs: Sequence[_Pair]) -> list[Draft]:
    return _drafts([(pair, pair.released) for pair in pairs if pair.released is not None])


def _drafts_after(pairs: Sequence[_Pair]) -> list[Draft]:
    """What releasing would store; a dropped activity takes nothing any more."""
    wanted = [(pair, pair.drafted) for pair in pairs if pair.drafted is not None]
    dropped = [(pair, pair.released) for pair in pairs if pair.drafted is None and pair.released is not None]
    off = [(pair, replace(state, plan=replace(state.plan, status=Status.CANCELLED))) for pair, state in dropped]
    return _drafts([*wanted, *off])


def _drafts(wanted: Sequence[tuple[_Pair, ActivityState]]) -> list[Draft]:
    """The activities as they would be stored; even a draft takes its resources: its planner asks whether it could."""
    plans = number_plans([replace(held(state.plan), uid=pair.row.uid) for pair, state in wanted])
    return [
        draft(plan, activity=pair.activity, overrides=state.overrides)
        for plan, (pair, state) in zip(plans, wanted, strict=True)
    ]


def _without(conflicts: Iterable[Conflict], known: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """The conflicts that are not among the known ones, whatever their sentences."""
    fingerprints = {each.fingerprint for each in known}
    return tuple(each for each in conflicts if each.fingerprint not in fingerprints)
