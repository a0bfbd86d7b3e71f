"""`list_keys` is derived: after every way a plan comes about or changes it equals the rows it stands for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence
from events import planning
from events.listing import ListKeys, list_keys_of
from events.models import Activity, Status
from events.planning import ActivityChange, OccurrenceChange
from events.planning.snapshots import plan_of
from tests.factories import at, make_activity, make_campaign, make_plan, make_resource, make_site, make_unit, make_venue

pytestmark = pytest.mark.django_db


def make_listed_activity() -> Activity:
    campaign = make_campaign()
    return make_activity(
        campaign_id=campaign.pk,
        recurrence=Recurrence(freq=Frequency.WEEKLY, until=date(2023, 8, 29)),
        venue_ids=(make_venue().pk, make_venue().pk),
        site_ids=(make_site().pk,),
        resource_ids=(make_resource().pk, make_resource().pk),
        coordinating_unit_ids=(make_unit().pk,),
        theme_ids=tuple(campaign.themes.values_list("pk", flat=True)),
        audience_ids=tuple(campaign.audiences.values_list("pk", flat=True)),
    )


def stored_text(activity: Activity) -> str:
    """What the rows of the lists say."""
    places = [("v", row.venue_id) if row.venue_id else ("s", row.site_id) for row in activity.places.all()]
    lists = (activity.resources, activity.coordinating_units, activity.themes, activity.audiences)
    return ListKeys(
        tuple((kind, key) for kind, key in places if key is not None),
        *(tuple(each.values_list("pk", flat=True)) for each in lists),
    ).to_text()


def changed(activity: Activity) -> None:
    plan = make_plan(campaign_id=activity.campaign_id, venue_ids=(make_venue().pk,), code=activity.code)
    planning.change_activity(change=ActivityChange(uid=activity.uid, version=1, plan=plan), by=None)


def moved_once(activity: Activity) -> None:
    key = OccurrenceKey(activity.uid, at(date(2023, 8, 15)).start)
    change = OccurrenceChange(key=key, version=1, interval=at(date(2023, 8, 16)))
    planning.change_occurrence(change=change, by=None)


def postponed(activity: Activity) -> None:
    planning.set_status(uid=activity.uid, version=1, status=Status.POSTPONED, reason="Mưa", by=None)


def deleted(activity: Activity) -> None:
    planning.delete_activities(seen={activity.uid: 1}, by=None)


def undone(activity: Activity) -> None:
    changed(activity)
    planning.undo_step(campaign_id=activity.campaign_id, by=None)


@pytest.mark.parametrize("verb", [lambda _activity: None, changed, moved_once, postponed, deleted, undone])
def test_the_text_equals_the_rows_after_each_verb(verb: Callable[[Activity], None]) -> None:
    activity = make_listed_activity()
    verb(activity)
    activity.refresh_from_db()
    assert activity.list_keys == stored_text(activity) == list_keys_of(plan_of(activity))


def test_the_migration_writes_the_text_of_stored_activities() -> None:
    listed, bare = make_listed_activity(), make_activity()
    Activity.objects.update(list_keys="")
    import_module("events.migrations.0006_fill_list_keys").fill(apps, None)
    for activity in (listed, bare):
        activity.refresh_from_db()
        assert activity.list_keys == stored_text(activity)
