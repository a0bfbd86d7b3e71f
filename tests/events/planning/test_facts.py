from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from core.clock import to_seconds
from core.recurrence import Frequency, Recurrence
from events.models import Activity, Notice, OccurrenceDetail, Status
from events.planning.drafting import draft
from events.planning.facts import rival_tasks, stored_tasks, tasks_of_drafts
from events.planning.snapshots import plan_of
from events.rules.facts import Task
from tests.factories import at, make_activity, make_campaign, make_plan, make_resource, make_unit, make_venue
from venues.models import ResourceKind

pytestmark = pytest.mark.django_db

DAY = date(2023, 8, 8)
DAILY = Recurrence(freq=Frequency.DAILY, count=3)


def tasks_of(activity: Activity) -> list[Task]:
    return tasks_of_drafts([draft(plan_of(activity), activity=activity)])


def starts(tasks: list[Task]) -> list[tuple[str, int]]:
    return sorted((task.uid, task.start) for task in tasks)


def full_activity() -> Activity:
    campaign, hall, yard = make_campaign("kh-1").pk, make_venue(), make_venue("Sân vận động")
    team, car = make_resource(), make_resource("Xe 1", kind=ResourceKind.VEHICLE)
    activity = make_activity(
        campaign_id=campaign,
        recurrence=DAILY,
        venue_ids=(yard.pk, hall.pk),
        resource_ids=(team.pk, car.pk),
        coordinating_unit_ids=(make_unit().pk,),
        expected_audience=300,
        procedures=("R2", "R7"),
    )
    Notice.objects.create(activity=activity, procedure="R1", sent_on=date(2023, 7, 1), recorded_at=activity.created_at)
    return Activity.objects.get(pk=activity.pk)


def test_what_is_stored_looks_as_its_own_draft_does() -> None:
    activity = full_activity()
    assert sorted(stored_tasks()) == sorted(tasks_of(activity))


def test_an_occurrence_held_elsewhere_says_where() -> None:
    activity, elsewhere = full_activity(), make_venue("Nhà văn hóa")
    second = activity.occurrences.order_by("start")[1]
    OccurrenceDetail.objects.create(
        activity=activity, recurrence_id=second.recurrence_id, changes={"venue_ids": [elsewhere.pk]}
    )
    places = [task.place_ids for task in sorted(stored_tasks(), key=lambda task: task.start)]
    assert places[1] == (elsewhere.pk,)
    assert places[0] == places[2] != places[1]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.POSTPONED, Status.CANCELLED])
def test_what_does_not_take_place_is_no_task(status: str) -> None:
    activity = make_activity(status=status)
    assert (stored_tasks(), tasks_of(activity)) == ([], [])


def test_one_campaign_and_all() -> None:
    one, other = make_activity(), make_activity()
    assert [task.uid for task in stored_tasks(campaign_id=one.campaign_id)] == [one.uid]
    assert {task.uid for task in stored_tasks(is_new=False)} == {one.uid, other.uid}
    assert {task.is_new for task in stored_tasks(is_new=False)} == {False}


def test_loading_takes_the_same_number_of_questions_for_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    full_activity()
    for _more in range(3):
        make_activity(resource_ids=(make_resource().pk,))
        with django_assert_num_queries(7):
            stored_tasks()


def test_a_new_plan_has_no_papers_yet(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    drafts = [draft(make_plan(recurrence=DAILY))]
    with django_assert_num_queries(0):
        tasks = tasks_of_drafts(drafts)
    assert [dict(task.activity.notices) for task in tasks] == [{}, {}, {}]


def test_rivals_are_what_others_hold_of_the_same_room_at_the_time() -> None:
    room = make_resource(kind=ResourceKind.SPACE)
    own = make_activity(resource_ids=(room.pk,))
    make_activity(resource_ids=(room.pk,), interval=at(DAY + timedelta(days=1)))
    make_activity(resource_ids=(make_resource(kind=ResourceKind.SPACE).pk,))
    wanted = tasks_of_drafts([draft(make_plan(resource_ids=(room.pk,), interval=at(DAY, "21:00")))])
    assert [(task.uid, task.is_new) for task in rival_tasks(wanted)] == [(own.uid, False)]
    assert rival_tasks(wanted, own=[own.uid]) == []
    assert rival_tasks(tasks_of(own)) == []


def test_what_touches_is_no_rival() -> None:
    room = make_resource(kind=ResourceKind.SPACE)
    make_activity(resource_ids=(room.pk,), interval=at(DAY, "19:30"))
    for clock in ("17:30", "21:30"):
        assert rival_tasks(tasks_of_drafts([draft(make_plan(resource_ids=(room.pk,), interval=at(DAY, clock)))])) == []


def test_between_two_dates_of_a_series_a_room_is_free() -> None:
    room = make_resource(kind=ResourceKind.SPACE)
    weekly = Recurrence(freq=Frequency.WEEKLY, count=3)
    wanted = tasks_of_drafts([draft(make_plan(resource_ids=(room.pk,), recurrence=weekly))])
    make_activity(resource_ids=(room.pk,), interval=at(DAY + timedelta(days=3)))
    clashing = make_activity(resource_ids=(room.pk,), interval=at(DAY + timedelta(days=14), "20:00"))
    assert [task.uid for task in rival_tasks(wanted)] == [clashing.uid]


def test_of_a_team_the_days_around_matter_too() -> None:
    team = make_resource()
    days = (-40, -30, -1, 1, 30, 40)
    for shift in days:
        make_activity(resource_ids=(team.pk,), interval=at(DAY + timedelta(days=shift)))
    wanted = tasks_of_drafts([draft(make_plan(resource_ids=(team.pk,)))])
    found = [task.start for task in rival_tasks(wanted)]
    assert sorted(found) == [to_seconds(at(DAY + timedelta(days=shift)).start) for shift in days[1:-1]]


def test_nothing_taken_has_no_rivals(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    tasks = tasks_of_drafts([draft(make_plan())])
    with django_assert_num_queries(0):
        assert rival_tasks(tasks) == []


def test_an_occurrence_of_a_draft_may_differ_from_the_rest() -> None:
    plan = make_plan(recurrence=DAILY, resource_ids=(make_resource().pk,))
    whole = draft(plan)
    first, second, third = whole.slots
    slots = (
        replace(first, status=Status.POSTPONED),
        replace(second, venue_ids=(7,), resource_ids=(), title="Đêm hai"),
        replace(third, is_cancelled=True),
    )
    (task,) = tasks_of_drafts([replace(whole, slots=slots)])
    assert (task.place_ids, task.resource_ids, task.title) == ((7,), (), "Đêm hai")
