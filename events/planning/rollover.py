"""Last year's campaign rolled over into another: every activity as a draft on the days that answer to its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Activity, Campaign
from events.planning.bulk import as_held
from events.planning.campaigns import CampaignPlan, campaign_plan_of, save_campaign
from events.planning.checking import check_drafts
from events.planning.drafting import draft
from events.planning.locks import lock_campaigns
from events.planning.rollover_lines import NewCampaign, RolledLine, RolloverOrder, prepare_lines
from events.planning.states import ActivityState
from events.planning.steps import apply_states

if TYPE_CHECKING:
    from core.conflicts import Conflict
    from events.planning.commands import ActivityPlan
    from units.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloverPreview:
    """What rolling over would make; `conflicts` are those of the wanted ones once they are held."""

    order: RolloverOrder
    target_name: str
    lines: tuple[RolledLine, ...]
    conflicts: tuple[Conflict, ...] = ()

    @property
    def wanted(self) -> int:
        """How many activities would be made."""
        return sum(1 for line in self.lines if line.is_wanted and line.after is not None)


def preview_rollover(*, order: RolloverOrder, by: User) -> RolloverPreview:
    """What `roll_over` would make, checked by the rules; nothing stays written. Raises as `roll_over`."""
    with transaction.atomic():
        target = _target(order, by)
        lines = prepare_lines(order, target=target, by=by)
        conflicts = check_drafts([as_held(draft(plan)) for plan in _wanted(lines)])
        name = target.name
        transaction.set_rollback(True)
    return RolloverPreview(order=order, target_name=name, lines=lines, conflicts=tuple(conflicts))


@transaction.atomic
def roll_over(*, order: RolloverOrder, by: User) -> tuple[Campaign, list[Activity]]:
    """Make the wanted activities in the target, all or none, as one step that can be undone.

    NotAllowed where the user may not make the campaign or plan an activity; ValidationError where years, codes or
    days do not fit; PlanRejected with every blocking conflict.
    """
    target = _target(order, by)
    lines = prepare_lines(order, target=target, by=by)
    wanted = _wanted(lines)
    if not wanted:
        raise ValidationError(_("No activity is left to roll over; choose others or another year."))
    states = {plan.uid: ActivityState(plan=plan, overrides={}) for plan in wanted if plan.uid is not None}
    label = ngettext("Roll over %(count)s activity", "Roll over %(count)s activities", len(states))
    made = apply_states(
        wanted=states, expected_versions={}, by=by, verb="roll over", label=label % {"count": len(states)}
    )
    return target, made


def _target(order: RolloverOrder, by: User) -> Campaign:
    source = Campaign.objects.filter(pk=order.source_id).first()
    if source is None:
        raise ValidationError(_("The campaign to roll over no longer exists."))
    if isinstance(order.target, NewCampaign):
        if Campaign.objects.filter(code=order.target.code).exists():
            raise ValidationError(
                _("There is a campaign with the code “%(code)s” already.") % {"code": order.target.code}
            )
        return save_campaign(plan=_campaign_plan(source, order.target), by=by)
    target = Campaign.objects.filter(pk=order.target).first()
    if target is None:
        raise ValidationError(_("The campaign to roll into no longer exists."))
    lock_campaigns({target.pk})
    return target


def _campaign_plan(source: Campaign, new: NewCampaign) -> CampaignPlan:
    """The old campaign with the new names and days; its letter and its report belong to last year."""
    return replace(
        campaign_plan_of(source),
        code=new.code,
        name=new.name,
        year=new.starts_on.year,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        letter_number="",
        letter_date=None,
        report_before=None,
    )


def _wanted(lines: Sequence[RolledLine]) -> list[ActivityPlan]:
    return [line.after for line in lines if line.is_wanted and line.after is not None]
