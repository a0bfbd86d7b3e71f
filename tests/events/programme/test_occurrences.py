"""What single occurrences have of their own, what the lists say, and at what cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.lunar_recurrence import LunarFrequency, LunarRecurrence, ShiftPolicy
from core.recurrence import Frequency, Recurrence
from events import planning
from events.expansion import Override
from events.models import Activity, Status, Theme
from events.planning.states import state_of
from events.programme import Scope, load_programme
from events.programme.entries import Programme
from tests.factories import (
    at,
    make_activity,
    make_area,
    make_campaign,
    make_plan,
    make_resource,
    make_site,
    make_unit,
    make_venue,
)
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db
WEEKLY = Recurrence(freq=Frequency.WEEKLY, until=date(2023, 8, 22))


def load(**scope: Any) -> Programme:
    return load_programme(window=None, scope=Scope(**scope), viewer=viewer_of(None), with_series=True)


def change_second(activity: Activity, *, title: str = "", **changes: Any) -> None:
    """Give the second occurrence something of its own."""
    interval = at(date(2023, 8, 15))
    state = state_of(activity)
    override = Override(interval=interval, title=title, changes=changes)
    wanted = {activity.uid: state.__class__(plan=state.plan, overrides={interval.start: override})}
    planning.apply_states(wanted=wanted, expected_versions={activity.uid: 1}, by=None, verb="change", label="Đổi")


def test_an_occurrence_has_its_own_places_resources_and_description() -> None:
    hall, yard, crew = make_venue("Hội trường"), make_site("Sân"), make_resource("Đội 1")
    activity = make_activity(recurrence=WEEKLY, venue_ids=(hall.pk,), description="Trong nhà")
    change_second(activity, venue_ids=(), site_ids=(yard.pk,), resource_ids=(crew.pk,), description="Ngoài trời")
    first, second, third = load().entries
    assert first == third._replace(key=first.key, interval=first.interval)
    assert (second.place_names, second.description) == ("Sân", "Ngoài trời")
    assert [resource.name for resource in second.resources] == ["Đội 1"]
    assert (first.place_names, first.description, first.resources) == ("Hội trường", "Trong nhà", ())


def test_an_occurrence_with_only_its_own_title_description_or_status() -> None:
    hall = make_venue("Hội trường")
    activity = make_activity(recurrence=WEEKLY, venue_ids=(hall.pk,))
    change_second(activity, title="Đêm khai mạc", description="Có pháo hoa", status=Status.POSTPONED)
    second = load().entries[1]
    assert (second.title, second.description, second.status) == ("Đêm khai mạc", "Có pháo hoa", "postponed")
    assert (second.place_names, second.code) == ("Hội trường", activity.code)


def test_an_occurrence_with_its_own_places_keeps_the_common_description() -> None:
    activity = make_activity(recurrence=WEEKLY, description="Trong nhà")
    change_second(activity, venue_ids=(make_venue("Hội trường").pk,))
    assert [(entry.place_names, entry.description) for entry in load().entries] == [
        ("", "Trong nhà"),
        ("Hội trường", "Trong nhà"),
        ("", "Trong nhà"),
    ]


def test_a_visitor_is_not_shown_an_occurrence_that_is_not_confirmed() -> None:
    activity = make_activity(recurrence=WEEKLY)
    change_second(activity, status=Status.TENTATIVE)
    assert [entry.interval.start.day for entry in load().entries] == [8, 22]


def test_what_is_renamed_elsewhere_shows_at_once() -> None:
    venue, unit, area = make_venue("Cũ"), make_unit(name="Đơn vị cũ"), make_area("Huyện cũ")
    make_activity(venue_ids=(venue.pk,), coordinating_unit_ids=(unit.pk,), area_id=area.pk)
    for row, name in ((venue, "Mới"), (unit, "Đơn vị mới"), (area, "Huyện mới")):
        row.name = name
        row.save()
    (entry,) = load().entries
    names = (entry.place_names, entry.coordinating[0].name, entry.area.name)
    assert names == ("Mới", "Đơn vị mới", "Huyện mới")


def test_lists_are_sorted_by_code_and_what_is_gone_is_left_out() -> None:
    campaign = make_campaign()
    themes = {theme.code: theme for theme in campaign.themes.all()}
    keys = tuple(theme.pk for theme in themes.values())
    make_activity(campaign_id=campaign.pk, theme_ids=keys)
    Theme.objects.filter(pk=themes["ND1"].pk).update(code="ND9")
    assert [theme.code for theme in load().entries[0].themes] == ["ND2", "ND9"]
    themes["ND1"].delete()
    assert [theme.code for theme in load().entries[0].themes] == ["ND2"]


def test_a_series_by_the_moon_is_told_by_its_dates() -> None:
    lunar = LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(22,), count=3, shift=ShiftPolicy.NEXT_WORKING_DAY)
    make_activity(lunar=lunar, interval=at(date(2023, 8, 8)))
    programme = load()
    (series,) = programme.series
    starts = tuple(entry.interval.start for entry in programme.entries)
    assert (series.rrule, series.rule_dates, len(starts)) == (None, starts, 3)
    assert programme.entries[0].is_recurring


def test_a_series_without_end_reaches_to_its_horizon() -> None:
    activity = make_activity(recurrence=Recurrence(freq=Frequency.WEEKLY))
    programme = load()
    (series,) = programme.series
    horizon = activity.horizon
    assert horizon is not None
    assert len(series.rule_dates) == len(programme.entries) == activity.occurrences.count()
    assert horizon - series.rule_dates[-1].date() < timedelta(days=7)


def test_series_are_read_only_where_asked_for() -> None:
    make_activity(recurrence=WEEKLY)
    assert load_programme(window=None, scope=Scope(), viewer=viewer_of(None)).series == ()
    assert load(query="khong co gi").series == ()


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.DRAFT])
def test_what_was_deleted_goes_as_cancelled_where_it_was_confirmed(status: str) -> None:
    activity = make_activity(status=status)
    planning.delete_activities(seen={activity.uid: 1}, by=None)
    expected = ["cancelled"] if status == Status.CONFIRMED else []
    assert [entry.status for entry in load().entries] == expected
    assert [entry.status for entry in load(statuses=("cancelled",)).entries] == expected
    assert load(statuses=("confirmed",)).entries == ()


def test_three_hundred_activities_take_as_many_queries_as_one() -> None:
    campaign, area, unit = make_campaign(), make_area(), make_unit()
    common: dict[str, Any] = {"campaign_id": campaign.pk, "area_id": area.pk, "lead_unit_id": unit.pk}
    hall, crew, helper = make_venue(), make_resource(), make_unit()
    lists: dict[str, Any] = {
        "venue_ids": (hall.pk,),
        "coordinating_unit_ids": (helper.pk,),
        "theme_ids": (campaign.themes.all()[0].pk,),
    }
    make_activity(recurrence=WEEKLY, resource_ids=(crew.pk,), **common, **lists)
    with CaptureQueriesContext(connection) as one:
        load()
    planning.plan_activities(plans=[make_plan(recurrence=WEEKLY, **common, **lists) for _ in range(299)], by=None)
    with CaptureQueriesContext(connection) as many:
        assert len(load().entries) == 900
    assert len(many) == len(one) == 7
