"""Saving what an activity hangs: who may, what must hold, what the trail keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed, PlanRejected
from events.models import ActivityKind
from tests.factories import make_activity, make_area, make_face, make_unit, make_user, whole_days
from units.models import AuditEntry, Role
from visuals.commands import PostingPlan
from visuals.models import Posting, Slogan
from visuals.planning import posting_plans_of, save_postings

if TYPE_CHECKING:
    from events.models import Activity

pytestmark = pytest.mark.django_db


def make_display(**fields: Any) -> Activity:
    days = whole_days(date(2023, 8, 1), date(2023, 8, 8))
    return make_activity(kind=ActivityKind.VISUAL_DISPLAY, **(days | fields))


def banner(code: str = "B1", **fields: Any) -> PostingPlan:
    defaults: dict[str, Any] = {
        "format": "banner",
        "slogan": "Chào mừng 56 năm Ngày thành lập ASEAN (08/8/1967 – 08/8/2023)!",
        "count_unit": "cái",
        "quantity": 20,
        "width_m": Decimal("8.00"),
        "height_m": Decimal("1.00"),
    }
    unit_id = fields.pop("unit_id", None) or make_unit().pk
    return PostingPlan(code=code, unit_id=unit_id, **(defaults | fields))


def test_postings_are_stored_with_one_slogan_a_wording() -> None:
    display = make_display()
    plans = (banner("B2"), banner("B1", install_by=date(2023, 7, 31), remove_by=date(2023, 8, 9)))
    save_postings(activity=display, plans=plans, by=None)
    assert posting_plans_of(display) == (plans[1], plans[0])
    assert Slogan.objects.count() == 1


def test_saving_what_is_stored_writes_nothing() -> None:
    display = make_display()
    save_postings(activity=display, plans=(banner(),), by=None)
    trail = AuditEntry.objects.count()
    save_postings(activity=display, plans=posting_plans_of(display), by=None)
    assert AuditEntry.objects.count() == trail


def test_the_list_is_the_whole_truth_and_the_trail_keeps_both() -> None:
    display = make_display()
    save_postings(activity=display, plans=(banner("B1"), banner("B2")), by=None)
    kept = Posting.objects.get(code="B2").pk
    save_postings(activity=display, plans=(replace(banner("B2"), quantity=5),), by=None)
    assert list(Posting.objects.values_list("pk", "quantity")) == [(kept, 5)]
    entry = AuditEntry.objects.filter(verb="change postings").order_by("-id")[0]
    assert (sorted(entry.before or {}), sorted(entry.after or {})) == (["B1", "B2"], ["B2"])


def test_a_face_brings_its_site() -> None:
    face = make_face()
    display = make_display(resource_ids=(face.resource_id,))
    (posting,) = save_postings(activity=display, plans=(banner(face_id=face.pk),), by=None)
    assert posting.site == face.site


def test_conflicts_are_all_named_and_nothing_is_stored() -> None:
    face, display = make_face(), make_display()
    plans = (banner(count_unit="tờ", install_by=date(2023, 8, 3)), banner("B2", face_id=face.pk))
    with pytest.raises(PlanRejected) as caught:
        save_postings(activity=display, plans=plans, by=None)
    assert [conflict.code for conflict in caught.value.conflicts] == ["posting-dates", "count-unit", "posting-face"]
    assert Posting.objects.count() == 0


def test_faulty_fields_name_their_posting() -> None:
    plans = (banner("B1", format="khinh khí cầu"), banner("B2"), banner("B2"))
    with pytest.raises(ValidationError) as caught:
        save_postings(activity=make_display(), plans=plans, by=None)
    assert [("B1" in message, "B2" in message) for message in caught.value.messages] == [(False, True), (True, False)]


def test_a_removal_before_the_installation_is_refused() -> None:
    plan = banner(install_by=date(2023, 8, 1), remove_by=date(2023, 7, 1))
    with pytest.raises(ValidationError):
        save_postings(activity=make_display(), plans=(plan,), by=None)


def test_only_the_planner_of_the_area_may() -> None:
    district = make_area("Huyện Cao Lộc")
    unit = make_unit(areas=(district,))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=unit)
    bob = make_user("Bob", role=Role.VIEWER, unit=unit)
    charlie = make_user("Charlie", role=Role.UNIT_PLANNER, unit=make_unit(areas=(make_area(),)))
    display = make_display(area_id=district.pk)
    for person in (bob, charlie):
        with pytest.raises(NotAllowed):
            save_postings(activity=display, plans=(banner(),), by=person)
    save_postings(activity=display, plans=(banner(),), by=alice)
    assert AuditEntry.objects.get(verb="change postings").actor == alice
