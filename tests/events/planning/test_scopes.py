"""This occurrence, this and those that follow, all: what each edit makes of a series, told before and then done."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed, PlanRejected, StalePlan
from core.lunar_recurrence import LunarFrequency, LunarRecurrence, first_lunar_match
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, PlanStep, Status
from events.planning import SkippedDate
from events.planning.scopes import EditPreview, EditScope, LostDate, apply_edit, plan_at, preview_edit, series_of
from events.planning.skipping import readd_date, restore_occurrence, skip_clashing
from events.planning.states import state_of
from tests.factories import at, make_activity, make_plan, make_resource, make_user, make_venue

if TYPE_CHECKING:
    from datetime import datetime

    from core.intervals import Interval

pytestmark = pytest.mark.django_db
TUESDAYS = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 9, 26))
BY_COUNT = replace(TUESDAYS, until=None, count=8)
ENDLESS = replace(TUESDAYS, until=None)
THIS, FOLLOWING, ALL = EditScope.THIS, EditScope.FOLLOWING, EditScope.ALL


def week(number: int, clock: str = "19:30", *, days: int = 0) -> Interval:
    return at(date(2023, 8, 8) + timedelta(weeks=number, days=days), clock)


def start(number: int) -> datetime:
    return week(number).start


def stored(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def edited(activity: Activity, number: int | None, **fields: Any) -> dict[str, Any]:
    """The arguments of an edit of the occurrence of that week; None edits the series."""
    recurrence_id = None if number is None else start(number)
    plan = replace(plan_at(series_of(stored(activity)), recurrence_id), **fields)
    return {"uid": activity.uid, "seen": stored(activity).version, "recurrence_id": recurrence_id, "plan": plan}


def edit(activity: Activity, scope: EditScope, number: int | None, **fields: Any) -> list[Activity]:
    return apply_edit(scope=scope, by=None, **edited(activity, number, **fields))


def preview(activity: Activity, scope: EditScope, number: int | None, **fields: Any) -> EditPreview:
    return preview_edit(scope=scope, **edited(activity, number, **fields))


def starts(activity: Activity) -> list[datetime]:
    rows = stored(activity).occurrences.order_by("recurrence_id")
    return list(rows.values_list("start", flat=True))


def kinds(shown: EditPreview) -> dict[str, int]:
    return dict(Counter(diff.kind for diff in shown.occurrences))


def own_things() -> dict[str, Any]:
    return {
        "title": "Đêm riêng",
        "interval": week(2, "18:00", days=1),
        "venue_ids": (make_venue().pk,),
        "resource_ids": (make_resource("Đội 2").pk,),
        "status": Status.TENTATIVE,
        "description": "Ngoài trời",
    }


def test_everything_an_exception_can_say_stays_in_the_series() -> None:
    activity = make_activity(recurrence=TUESDAYS, resource_ids=(make_resource().pk,))
    fields = own_things()
    shown = preview(activity, THIS, 2, **fields)
    assert (shown.scope, shown.new_activity, shown.sequence_rises) == (THIS, False, True)
    assert kinds(shown) == {"kept": 7, "moved": 1}
    names = [each.name for each in shown.fields]
    assert names == ["title", "status", "time", "places", "resources", "description"]
    (after,) = edit(activity, THIS, 2, **fields)
    assert (after.uid, after.sequence) == (activity.uid, 1)
    row = after.occurrences.get(recurrence_id=start(2))
    assert (row.start, row.title, row.status) == (week(2, "18:00", days=1).start, "Đêm riêng", Status.TENTATIVE)
    assert set(row.bookings.values_list("resource_id", flat=True)) == set(fields["resource_ids"])
    seen = plan_at(series_of(stored(activity)), start(2))
    assert {name: getattr(seen, name) for name in fields} == fields


def test_what_is_the_series_own_again_is_no_exception() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    before = state_of(stored(activity))
    edit(activity, THIS, 2, **own_things())
    plan = {name: getattr(before.plan, name) for name in own_things()} | {"interval": week(2)}
    edit(activity, THIS, 2, **plan)
    assert state_of(stored(activity)) == before


def test_other_fields_take_the_occurrence_out_as_an_activity_of_its_own() -> None:
    activity = make_activity(recurrence=TUESDAYS, code="LD-001")
    shown = preview(activity, THIS, 2, kind="exhibition", title="Triển lãm")
    assert (shown.new_activity, kinds(shown)) == (True, {"kept": 7, "changed": 1})
    rest, alone = edit(activity, THIS, 2, kind="exhibition", title="Triển lãm")
    assert (rest.uid, starts(rest)) == (activity.uid, [start(n) for n in (0, 1, 3, 4, 5, 6, 7)])
    assert (alone.event.title, alone.kind, alone.code, starts(alone)) == (
        "Triển lãm", "exhibition", "TL-001", [start(2)],
    )  # fmt: skip
    assert PlanStep.objects.filter(campaign=activity.campaign_id).count() == 2


def test_an_extra_date_taken_out_leaves_no_excluded_date() -> None:
    extra = at(date(2023, 8, 9)).start
    activity = make_activity(recurrence=TUESDAYS, extra_dates=(extra,))
    plan = replace(plan_at(series_of(activity), extra), is_public=False)
    apply_edit(uid=activity.uid, seen=1, scope=THIS, recurrence_id=extra, plan=plan, by=None)
    after = planning.plan_of(stored(activity))
    assert (after.extra_dates, after.excluded_dates) == ((), ())


def test_the_rule_of_one_occurrence_cannot_change() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    with pytest.raises(ValidationError, match="cách lặp"):
        preview(activity, THIS, 2, recurrence=BY_COUNT)


def test_cancelling_and_restoring_one_occurrence() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    before = state_of(stored(activity))
    edit(activity, THIS, 2, status=Status.CANCELLED, status_reason="mưa")
    override = state_of(stored(activity)).overrides[start(2)]
    assert (override.is_cancelled, override.reason, override.changes) == (True, "mưa", {})
    assert plan_at(series_of(stored(activity)), start(2)).status == Status.CANCELLED
    edit(activity, THIS, 2, status=Status.CONFIRMED, status_reason="")
    assert state_of(stored(activity)) == before


def test_a_cancelled_occurrence_is_restored_with_the_time_it_had() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    edit(activity, THIS, 2, interval=week(2, days=1))
    moved = state_of(stored(activity))
    edit(activity, THIS, 2, status=Status.CANCELLED)
    restore_occurrence(uid=activity.uid, start=start(2), seen=3, by=None)
    assert state_of(stored(activity)) == moved
    with pytest.raises(ValidationError, match="không còn"):
        restore_occurrence(uid=activity.uid, start=start(2), seen=4, by=None)


@pytest.mark.parametrize(
    ("rule", "head", "tail"),
    [
        (TUESDAYS, replace(TUESDAYS, until=date(2023, 8, 28)), TUESDAYS),
        (BY_COUNT, replace(BY_COUNT, count=3), replace(BY_COUNT, count=5)),
        (ENDLESS, replace(ENDLESS, until=date(2023, 8, 28)), ENDLESS),
    ],
)
def test_following_ends_the_series_and_begins_another(rule: Recurrence, head: Recurrence, tail: Recurrence) -> None:
    activity = make_activity(
        recurrence=rule,
        excluded_dates=(start(1), start(4)),
        extra_dates=(week(0, days=1).start, week(6, days=1).start),
        skipped_dates=(SkippedDate(start=start(5), reason="trùng"),),
    )
    edit(activity, THIS, 2, title="Riêng 2")
    edit(activity, THIS, 6, title="Riêng 6")
    before = starts(activity)
    old, new = edit(activity, FOLLOWING, 3, title="Nửa sau")
    plans = [planning.plan_of(stored(each)) for each in (old, new)]
    assert [plan.recurrence for plan in plans] == [head, tail]
    assert [plan.title for plan in plans] == ["Đêm văn nghệ chào mừng Ngày ASEAN", "Nửa sau"]
    assert starts(old) + starts(new) == before
    assert [len(plan.excluded_dates) for plan in plans] == [1, 1]
    assert [len(plan.skipped_dates) for plan in plans] == [0, 1]
    assert [list(state_of(stored(each)).overrides) for each in (old, new)] == [[start(2)], [start(6)]]
    assert (old.uid, new.uid == old.uid, new.sequence) == (activity.uid, False, 0)


def test_following_the_first_occurrence_is_all() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    assert preview(activity, FOLLOWING, 0, title="Mới").scope is ALL
    (only,) = edit(activity, FOLLOWING, 0, title="Mới")
    assert (only.event.title, only.sequence) == ("Mới", 0)


def test_following_from_an_extra_date_begins_with_it() -> None:
    extra = week(2, days=1).start
    activity = make_activity(recurrence=TUESDAYS, extra_dates=(extra,))
    before = starts(activity)
    plan = replace(plan_at(series_of(activity), extra), title="Nửa sau")
    old, new = apply_edit(uid=activity.uid, seen=1, scope=FOLLOWING, recurrence_id=extra, plan=plan, by=None)
    assert (starts(old), starts(new)) == (before[:3], before[3:])


def test_the_last_occurrence_alone_and_the_first_alone_need_no_rule() -> None:
    activity = make_activity(recurrence=replace(BY_COUNT, count=2))
    pair = edit(activity, FOLLOWING, 1, title="Sau")
    assert [planning.plan_of(stored(each)).recurrence for each in pair] == [None, None]
    assert [starts(each) for each in pair] == [[start(0)], [start(1)]]


def test_following_with_a_new_time_and_weekday_takes_its_exceptions_along() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    edit(activity, THIS, 6, status=Status.CANCELLED)
    shown = preview(activity, FOLLOWING, 3, interval=week(3, "18:00", days=1))
    assert (kinds(shown), shown.lost_exceptions, shown.new_activity) == ({"kept": 3, "moved": 5}, (), True)
    _old, new = edit(activity, FOLLOWING, 3, interval=week(3, "18:00", days=1))
    assert starts(new) == [week(number, "18:00", days=1).start for number in range(3, 8)]
    assert list(state_of(stored(new)).overrides) == [week(6, "18:00", days=1).start]


def test_all_moves_the_series_by_what_one_occurrence_was_moved() -> None:
    activity = make_activity(
        recurrence=TUESDAYS,
        excluded_dates=(start(1),),
        extra_dates=(week(2, days=2).start, week(3, "08:00", days=2).start),
        skipped_dates=(SkippedDate(start=start(4), reason="trùng"),),
    )
    edit(activity, THIS, 5, status=Status.CANCELLED)
    edit(activity, THIS, 6, interval=week(6, "20:00", days=2))
    shown = preview(activity, ALL, 3, interval=week(3, "18:00", days=1))
    assert (shown.lost_exceptions, shown.sequence_rises, kinds(shown)) == ((), True, {"moved": 8})
    (after,) = edit(activity, ALL, 3, interval=week(3, "18:00", days=1))
    state = state_of(stored(after))
    plan = state.plan
    assert (plan.interval, plan.recurrence) == (
        week(0, "18:00", days=1),
        replace(TUESDAYS, by_weekday=(Weekday(2),), until=date(2023, 9, 27)),
    )
    assert plan.excluded_dates == (week(1, "18:00", days=1).start,)
    assert plan.extra_dates == (week(2, "18:00", days=3).start, week(3, "08:00", days=3).start)
    assert [skip.start for skip in plan.skipped_dates] == [week(4, "18:00", days=1).start]
    assert list(state.overrides) == [week(5, "18:00", days=1).start, week(6, "18:00", days=1).start]
    assert state.overrides[week(6, "18:00", days=1).start].interval == week(6, "20:00", days=3)


def test_all_with_another_weekday_keeps_exceptions_by_their_place_in_the_rule() -> None:
    days = replace(TUESDAYS, by_weekday=(Weekday(1), Weekday(3)))
    activity = make_activity(recurrence=days)
    thursday = week(1, days=2).start
    plan = replace(plan_at(series_of(activity), thursday), title="Riêng")
    apply_edit(uid=activity.uid, seen=1, scope=THIS, recurrence_id=thursday, plan=plan, by=None)
    edit(activity, ALL, None, recurrence=replace(days, by_weekday=(Weekday(1), Weekday(4))))
    assert list(state_of(stored(activity)).overrides) == [week(1, days=3).start]


def test_what_the_new_rule_has_no_place_for_is_told_before_it_is_lost() -> None:
    activity = make_activity(
        recurrence=TUESDAYS,
        excluded_dates=(start(1),),
        skipped_dates=(SkippedDate(start=start(5), reason="trùng"),),
    )
    edit(activity, THIS, 3, title="Riêng 3")
    edit(activity, THIS, 4, title="Riêng 4")
    shown = preview(activity, ALL, None, recurrence=replace(TUESDAYS, interval=2))
    assert shown.lost_exceptions == (
        LostDate(kind="excluded", start=start(1)),
        LostDate(kind="skipped", start=start(5)),
        LostDate(kind="exception", start=start(3)),
    )
    assert kinds(shown) == {"kept": 4, "removed": 2}
    edit(activity, ALL, None, recurrence=replace(TUESDAYS, interval=2))
    assert list(state_of(stored(activity)).overrides) == [start(4)]


def test_a_field_that_nobody_edited_does_not_leak_from_one_occurrence_into_all() -> None:
    activity = make_activity(recurrence=TUESDAYS, title="Chung")
    edit(activity, THIS, 2, title="Riêng", interval=week(2, days=1))
    (after,) = edit(activity, ALL, 2, notes="Nhắc Sở")
    plan = planning.plan_of(stored(after))
    assert (plan.title, plan.interval, plan.notes) == ("Chung", week(0), "Nhắc Sở")
    assert list(state_of(stored(after)).overrides) == [start(2)]


def test_dates_that_the_person_edits_are_taken_as_they_are() -> None:
    activity = make_activity(recurrence=TUESDAYS, excluded_dates=(start(1),))
    edit(activity, ALL, None, excluded_dates=(start(2),), extra_dates=(week(0, days=3).start,))
    plan = planning.plan_of(stored(activity))
    assert (plan.excluded_dates, plan.extra_dates) == ((start(2),), (week(0, days=3).start,))


def test_a_lunar_series_splits_too() -> None:
    rule = LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(2, 17), count=6)
    first = first_lunar_match(rule, week(0).start)
    activity = make_activity(interval=week(0).shifted(first - week(0).start), lunar=rule)
    before = starts(activity)
    plan = replace(plan_at(series_of(activity), before[2]), title="Nửa sau")
    pair = apply_edit(uid=activity.uid, seen=1, scope=FOLLOWING, recurrence_id=before[2], plan=plan, by=None)
    assert [starts(each) for each in pair] == [before[:2], before[2:]]
    assert [planning.plan_of(stored(each)).lunar for each in pair] == [replace(rule, count=2), replace(rule, count=4)]


def test_conflicts_show_in_the_preview_and_stop_the_edit() -> None:
    team = make_resource()
    make_activity(resource_ids=(team.pk,), interval=week(2, days=1), title="Hội thi")
    activity = make_activity(recurrence=TUESDAYS, resource_ids=(team.pk,), status=Status.DRAFT)
    shown = preview(activity, THIS, 2, interval=week(2, days=1))
    assert [each.code for each in shown.conflicts if each.is_blocking] == ["double_booking"]
    with pytest.raises(PlanRejected, match="Hội thi"):
        edit(activity, ALL, 2, interval=week(2, days=1), status=Status.CONFIRMED)


def test_stale_gone_and_foreign_activities_are_refused() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    fields = edited(activity, 2, title="Mới")
    with pytest.raises(NotAllowed):
        apply_edit(scope=THIS, by=make_user("Charlie"), **fields)
    with pytest.raises(StalePlan):
        preview_edit(scope=THIS, **(fields | {"seen": 7}))
    with pytest.raises(ValidationError, match="không khớp"):
        preview(activity, ALL, None, recurrence=replace(TUESDAYS, by_weekday=(Weekday(2),)))
    with pytest.raises(ValidationError, match="không có buổi"):
        plan_at(series_of(activity), week(0, days=1).start)
    planning.delete_activities(seen={activity.uid: 1}, by=None)
    with pytest.raises(ValidationError, match="không còn"):
        preview_edit(scope=THIS, **fields)


def test_clashing_dates_are_skipped_with_the_reason_and_added_back_when_free() -> None:
    team = make_resource("Đội 1")
    other = make_activity(resource_ids=(team.pk,), interval=week(2), title="Hội thi")
    plan = make_plan(recurrence=TUESDAYS, resource_ids=(team.pk,), uid="moi")
    skipped = skip_clashing(plan, planning.find_conflicts(plan=plan))
    assert [(skip.start, "Hội thi" in skip.reason) for skip in skipped.skipped_dates] == [(start(2), True)]
    activity = planning.plan_activity(plan=skipped, by=None)
    with pytest.raises(PlanRejected, match="Hội thi"):
        readd_date(uid=activity.uid, start=start(2), seen=1, by=None)
    planning.delete_activities(seen={other.uid: 1}, by=None)
    after = readd_date(uid=activity.uid, start=start(2), seen=1, by=None)
    assert (starts(after), after.sequence) == ([start(number) for number in range(8)], 1)
    with pytest.raises(ValidationError, match="không còn"):
        readd_date(uid=activity.uid, start=start(2), seen=2, by=None)


def test_a_skipped_extra_date_comes_back_as_an_extra_date() -> None:
    extra = week(2, days=1).start
    activity = make_activity(recurrence=TUESDAYS, skipped_dates=(SkippedDate(start=extra, reason="trùng"),))
    readd_date(uid=activity.uid, start=extra, seen=1, by=None)
    plan = planning.plan_of(stored(activity))
    assert (plan.extra_dates, plan.skipped_dates) == ((extra,), ())
