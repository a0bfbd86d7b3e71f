from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override

from events import planning
from events.planning import ActivityChange
from events.programme.history import FieldChange, load_history
from tests.factories import make_activity, make_unit

pytestmark = pytest.mark.django_db


def test_lists_yes_and_no_and_statuses_are_told_in_words() -> None:
    activity = make_activity(coordinating_unit_ids=(make_unit(name="Đoàn TN").pk,))
    plan = replace(
        planning.plan_of(activity), is_public=False, status="postponed", coordinating_unit_ids=(), status_reason="Mưa"
    )
    planning.change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=None)
    labels = {"status": "s", "coordinating_units": "c", "is_public": "p", "status_reason": "r", "title": "t"}
    with override("en"):
        latest, first = load_history(activity_id=activity.pk, labels=labels)
    assert latest.fields == (
        FieldChange(label="s", before="Confirmed", after="Postponed"),
        FieldChange(label="c", before="Đoàn TN", after=""),
        FieldChange(label="p", before="yes", after="no"),
        FieldChange(label="r", before="", after="Mưa"),
    )
    assert (first.who, first.fields) == ("Pano", ())
