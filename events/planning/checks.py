"""What must hold before a plan is looked at: rights, references, sane times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from core.intervals import LOCAL_ZONE
from events.models import (
    Activity,
    ActivityKind,
    Audience,
    Campaign,
    Form,
    FundingSource,
    Status,
    Theme,
)
from units.models import Unit
from venues.models import Area, DisplaySite, Resource, Venue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Model

    from events.planning.commands import ActivityPlan
    from events.planning.states import ActivityState
    from units.permissions import Viewer

NOTHING: Final[Mapping[str, ActivityState]] = {}
LONGEST_TITLE = 255
LONGEST_CODE = 40
REFERENCES: tuple[tuple[str, type[Model]], ...] = (
    ("campaign_id", Campaign),
    ("area_id", Area),
    ("lead_unit_id", Unit),
    ("venue_ids", Venue),
    ("site_ids", DisplaySite),
    ("resource_ids", Resource),
    ("coordinating_unit_ids", Unit),
)
CAMPAIGN_LISTS: tuple[tuple[str, type[Model]], ...] = (
    ("theme_ids", Theme),
    ("form_ids", Form),
    ("audience_ids", Audience),
    ("funding_source_ids", FundingSource),
)


def check_rights(viewer: Viewer, plan: ActivityPlan) -> None:
    """NotAllowed unless the viewer plans in the plan's area and may lead in the unit's name."""
    if not viewer.may_plan_in((plan.area_id,)):
        raise NotAllowed(_("You may plan only in the areas of your own unit; ask the Department's planner."))
    if not viewer.plans_everywhere and plan.lead_unit_id not in viewer.unit_ids:
        raise NotAllowed(_("You may lead activities only in the name of your own unit."))


def check_plans(plans: Sequence[ActivityPlan], *, known: Mapping[str, ActivityState] = NOTHING) -> None:
    """ValidationError with every fault of every plan: fields, then references, then codes.

    `known` are the stored states by UID: what a plan shares with its own is not looked up again. A constant number of
    queries, however many plans.
    """
    faults = _all_field_faults(plans)
    faults += _reference_faults(plans, known) + _list_faults(plans, known)
    faults += _code_faults([plan for plan in plans if _says_new(plan, ("code", "campaign_id"), known)], plans)
    if faults:
        raise ValidationError(faults)


def check_fields(plans: Iterable[ActivityPlan]) -> None:
    """ValidationError with every fault that shows without a query, so that the plans can be expanded."""
    faults = _all_field_faults(plans)
    if faults:
        raise ValidationError(faults)


def _all_field_faults(plans: Iterable[ActivityPlan]) -> list[ValidationError]:
    return [fault for plan in plans for fault in _field_faults(plan)]


def _field_faults(plan: ActivityPlan) -> Iterable[ValidationError]:
    named = {"code": plan.code or "?"}
    if not plan.title.strip() or len(plan.title) > LONGEST_TITLE:
        yield _fault(_("Activity %(code)s needs a title of at most 255 characters."), named)
    if not plan.code.strip() or len(plan.code) > LONGEST_CODE:
        yield _fault(_("Code “%(code)s” must have 1 to 40 characters."), named)
    if plan.kind not in ActivityKind.values:
        yield _fault(_("Activity %(code)s has an unknown kind."), named)
    if plan.status not in Status.values:
        yield _fault(_("Activity %(code)s has an unknown status."), named)
    if plan.all_day and not _covers_whole_days(plan):
        yield _fault(_("Activity %(code)s lasts whole days but starts or ends within one."), named)
    if plan.recurrence is not None and plan.lunar is not None:
        yield _fault(_("Activity %(code)s repeats by the solar or by the lunar calendar, not by both."), named)
    if any(number is not None and number < 0 for number in (plan.quantity, plan.expected_audience, plan.budget_vnd)):
        yield _fault(_("Activity %(code)s: a quantity cannot be negative."), named)


def _covers_whole_days(plan: ActivityPlan) -> bool:
    ends = (plan.interval.start, plan.interval.end)
    return all((m.hour, m.minute, m.second) == (0, 0, 0) for m in (end.astimezone(LOCAL_ZONE) for end in ends))


def _reference_faults(plans: Sequence[ActivityPlan], known: Mapping[str, ActivityState]) -> list[ValidationError]:
    faults = []
    for field, model in REFERENCES:
        wanted = {key for plan in plans if _says_new(plan, (field,), known) for key in _keys(plan, field)}
        if wanted and wanted.difference(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)):
            faults.append(_missing(model))
    return faults


def _list_faults(plans: Sequence[ActivityPlan], known: Mapping[str, ActivityState]) -> list[ValidationError]:
    """What a campaign's lists do not have."""
    faults = []
    for field, model in CAMPAIGN_LISTS:
        news = [plan for plan in plans if _says_new(plan, (field, "campaign_id"), known)]
        pairs = {(key, plan.campaign_id) for plan in news for key in _keys(plan, field)}
        rows = model._default_manager.filter(pk__in={key for key, _campaign in pairs})
        if pairs and pairs.difference(rows.values_list("pk", "campaign_id")):
            faults.append(_missing(model))
    return faults


def _says_new(plan: ActivityPlan, names: tuple[str, ...], known: Mapping[str, ActivityState]) -> bool:
    """Whether the plan says something else in these fields than what is stored of it and alive."""
    state = known.get(plan.uid or "")
    return state is None or any(getattr(state.plan, name) != getattr(plan, name) for name in names)


def _keys(plan: ActivityPlan, field: str) -> tuple[int, ...]:
    value = getattr(plan, field)
    return value if isinstance(value, tuple) else (value,)


def _missing(model: type[Model]) -> ValidationError:
    name = model._meta.verbose_name
    return _fault(_("The %(name)s chosen no longer exists; choose again."), {"name": str(name)})


def _code_faults(news: Sequence[ActivityPlan], plans: Sequence[ActivityPlan]) -> list[ValidationError]:
    """Codes are unique within a campaign, among the plans and against what is stored, deleted or not."""
    faults = []
    seen: dict[tuple[int, str], str | None] = {}
    for plan in plans:
        slot = (plan.campaign_id, plan.code)
        if slot in seen:
            faults.append(_code_taken(plan.code))
        seen[slot] = plan.uid
    if not news:
        return faults
    stored = Activity.objects.filter(
        campaign_id__in={plan.campaign_id for plan in news},
        code__in={plan.code for plan in news},
    ).values_list("campaign_id", "code", "uid", "is_deleted")
    planned = {plan.uid for plan in plans if plan.uid is not None}
    for campaign, code, uid, is_deleted in stored:
        if (campaign, code) in seen and seen[campaign, code] != uid and uid not in planned:
            faults.append(_code_of_deleted(code) if is_deleted else _code_taken(code))
    return faults


def _code_of_deleted(code: str) -> ValidationError:
    return _fault(
        _("The code %(code)s belongs to a deleted activity; restore that one or choose another code."), {"code": code}
    )


def _code_taken(code: str) -> ValidationError:
    return _fault(_("This campaign already has an activity with the code %(code)s."), {"code": code})


def _fault(sentence: str, params: dict[str, str]) -> ValidationError:
    return ValidationError(sentence % params)
