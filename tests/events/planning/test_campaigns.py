"""A campaign and its lists: made, changed, left alone, protected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed
from events import planning
from events.models import Campaign
from events.planning import Basis, ListItem
from tests.factories import make_activity, make_campaign, make_planner, make_unit, make_user
from units.models import AuditEntry, Role

pytestmark = pytest.mark.django_db
LETTER = Basis(
    number="103/KH-UBND", subject="Tuyên truyền, quảng bá ASEAN", issued_on=date(2023, 4, 27), issuer="UBND tỉnh"
)


def trail() -> int:
    return AuditEntry.objects.filter(subject_type="events.campaign").count()


def test_a_campaign_is_read_back_as_it_was_planned() -> None:
    units = tuple(sorted(make_unit().pk for _ in range(2)))
    campaign = make_campaign(coordinating_unit_ids=units, basis_documents=(LETTER,), objective="Hiểu về ASEAN")
    plan = planning.campaign_plan_of(Campaign.objects.get(pk=campaign.pk))
    assert (plan.coordinating_unit_ids, plan.basis_documents) == (units, (LETTER,))
    assert [item.code for item in plan.themes] == ["ND1", "ND2"]
    assert plan.audiences == (ListItem(code="DT1", name="Cán bộ", is_priority=True),)


def test_saving_the_same_plan_writes_nothing() -> None:
    campaign = make_campaign(coordinating_unit_ids=(make_unit().pk,))
    planning.save_campaign(plan=planning.campaign_plan_of(campaign), by=None)
    assert trail() == 1


def test_a_change_is_audited_with_both_sides() -> None:
    plan = planning.campaign_plan_of(make_campaign())
    planning.save_campaign(plan=replace(plan, name="Tên mới", themes=plan.themes[:1]), by=make_planner())
    entry = AuditEntry.objects.filter(subject_type="events.campaign").latest("id")
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["themes"], entry.after["themes"]) == (["ND1: Lợi ích", "ND2: Ba trụ cột"], ["ND1: Lợi ích"])


def test_a_theme_in_use_cannot_vanish() -> None:
    campaign = make_campaign()
    make_activity(campaign_id=campaign.pk, theme_ids=(campaign.themes.get(code="ND2").pk,))
    plan = planning.campaign_plan_of(campaign)
    with pytest.raises(ValidationError, match="ND2"):
        planning.save_campaign(plan=replace(plan, themes=plan.themes[:1]), by=None)
    assert campaign.themes.count() == 2


def test_the_last_day_lies_not_before_the_first() -> None:
    with pytest.raises(ValidationError):
        make_campaign(ends_on=date(2023, 4, 30))


@pytest.mark.parametrize("role", [Role.UNIT_PLANNER, Role.APPROVER, Role.VIEWER, None])
def test_only_planners_of_the_province_change_campaigns(role: str | None) -> None:
    plan = planning.campaign_plan_of(make_campaign())
    with pytest.raises(NotAllowed):
        planning.save_campaign(plan=replace(plan, name="Khác"), by=make_user("Charlie", role=role))
