"""Carrying out a command for a form: saved, or why not, with nothing of the form lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from core.conflicts import Conflict
from core.errors import NotAllowed, PlanRejected, StalePlan
from events.models import Activity, Status
from events.planning.commands import ActivityPlan
from events.planning.repairs import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of it: the activity, or conflicts, or the other editor's changes; `was_checked` for a preview.

    `repairs` are what would mend the conflicts, by fingerprint.
    """

    activity: Activity | None = None
    conflicts: tuple[Conflict, ...] = ()
    stale: StalePlan | None = None
    was_checked: bool = False
    repairs: Mapping[str, tuple[Repair, ...]] = field(default_factory=dict)


def try_saving(form: forms.Form, save: Callable[[], Activity]) -> Attempt:
    """Save; what planning refuses becomes part of the answer. PermissionDenied for NotAllowed."""
    try:
        return Attempt(activity=save())
    except PlanRejected as error:
        return Attempt(conflicts=error.conflicts)
    except StalePlan as error:
        return Attempt(stale=error)
    except ValidationError as error:
        form.add_error(None, error)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    return Attempt()


def try_checking(form: forms.Form, check: Callable[[], list[Conflict]]) -> Attempt:
    """Look for conflicts and write nothing."""
    try:
        return Attempt(conflicts=tuple(check()), was_checked=True)
    except ValidationError as error:
        form.add_error(None, error)
    return Attempt()


def as_held(plan: ActivityPlan) -> ActivityPlan:
    """Return the plan as it would take its resources: a draft takes none, yet its planner asks whether it could."""
    return replace(plan, status=Status.TENTATIVE) if plan.status == Status.DRAFT else plan
