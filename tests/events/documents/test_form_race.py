"""Many planners save the form of the same unit's papers at the same moment: one wins, the others are told."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import translation

from core.errors import StalePlan
from events.documents.kept_forms import kept_form
from events.models import DocumentForm
from events.planning.document_forms import FormSeen, save_document_form
from events.planning.form_plans import FormPlan
from tests.concurrency import run_at_once
from tests.factories import make_planner, make_unit
from units.models import AuditEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(120)]
ATTEMPTS = 20


@pytest.mark.parametrize("version", [0, 1])
def test_of_many_at_once_exactly_one_wins_and_the_others_read_its_change(version: int) -> None:
    unit, planner = make_unit(), make_planner()
    shown = kept_form(unit, "").below
    if version:
        first = FormSeen(unit_id=unit.pk, kind="", version=0, shown=shown)
        save_document_form(seen=first, plan=FormPlan(date_place="Đồng Đăng"), by=planner)
    seen = FormSeen(unit_id=unit.pk, kind="", version=version, shown=shown)

    def attempt(number: int) -> str:
        try:
            with translation.override("vi"):
                save_document_form(seen=seen, plan=FormPlan(date_place=f"Xã {number}"), by=planner)
        except StalePlan as stale:
            return stale.changes[-1] if version else next(line for line in stale.changes if "Địa danh" in line)
        return "won"

    outcomes = Counter(run_at_once(attempt, ATTEMPTS))
    row = DocumentForm.objects.get()
    before = "Đồng Đăng" if version else "…"
    told = f"Địa danh trước ngày tháng: «{before}» đã thành «{row.date_place}»."
    assert outcomes == {"won": 1, told: ATTEMPTS - 1}
    trail = AuditEntry.objects.filter(subject_type="events.documentform").count()
    assert (row.version, trail) == (version + 1, version + 1)
