from datetime import date

import pytest
from django.utils import timezone

from core.clock import to_seconds
from events.models import Activity, ActivityKind, Status
from events.planning.checking import check_campaign
from events.registries import WorldScope
from events.rules.facts import RemovalFacts
from tests.factories import make_activity, make_unit, whole_days
from visuals.commands import PostingPlan
from visuals.planning import save_postings
from visuals.removals import MANY, removal_facts

pytestmark = pytest.mark.django_db

LAST = date(2023, 8, 10)


def display(status: str = Status.CONFIRMED, *, remove_by: date | None = None) -> Activity:
    activity = make_activity(kind=ActivityKind.VISUAL_DISPLAY, status=status, **whole_days(date(2023, 8, 1), LAST))
    banner = PostingPlan(
        code="B1",
        format="banner",
        slogan="Chào mừng",
        count_unit="cái",
        quantity=1,
        unit_id=make_unit().pk,
        remove_by=remove_by,
    )
    save_postings(activity=activity, plans=(banner,), by=None)
    return activity


def scope(*activities: Activity, others: int = 0) -> WorldScope:
    ends = {each.uid: to_seconds(each.occurrences.get().end) for each in activities}
    ends |= {f"khac-{number}": 0 for number in range(others)}
    return WorldScope(ends=ends, resource_ids=frozenset(), places={})


@pytest.mark.parametrize("others", [0, MANY])
def test_items_hang_until_the_last_day_of_what_is_looked_at(others: int) -> None:
    one, other = display(remove_by=date(2023, 8, 12)), display()
    assert removal_facts(scope(one, others=others)) == {
        "removals": {one.uid: (RemovalFacts(code="B1", remove_by=date(2023, 8, 12), last_day=LAST),)}
    }
    assert set(removal_facts(scope(one, other))["removals"]) == {one.uid, other.uid}


def test_what_is_settled_needs_no_removal() -> None:
    assert removal_facts(scope(display(Status.DONE))) == {"removals": {}}


def test_an_item_without_a_day_of_removal_is_told_by_the_engine() -> None:
    activity = display()
    (found,) = check_campaign(activity.campaign_id, today=timezone.localdate())
    assert (found.code, found.uids, found.is_blocking) == ("removal", (activity.uid,), False)
