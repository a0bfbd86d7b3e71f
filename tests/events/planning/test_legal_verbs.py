from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.errors import NotAllowed, StalePlan
from core.recurrence import Frequency, Recurrence
from events.models import AcceptedWarning, Activity, MourningPeriod, Notice, PlanStep, Status
from events.planning.checking import check_campaign
from events.planning.mourning import MourningPlan, affected_occurrences, check_mourning, declare_mourning
from events.planning.notices import record_notice
from events.planning.steps import undo_step
from events.planning.warnings import accept_warnings, withdraw_acceptance
from tests.events.legal_makers import make_figure, make_lead_time, make_trait
from tests.factories import at, make_activity, make_area, make_planner, make_resource, make_unit, make_user
from units.models import AuditEntry, Role, User
from venues.models import Area

pytestmark = pytest.mark.django_db

DAY = date(2023, 8, 8)
TODAY = date(2023, 8, 1)
MOURNING = MourningPlan(name="Quốc tang", first=DAY, last=DAY + timedelta(days=1), source="Thông báo 1-TB/TW")


def loud_at_night() -> Activity:
    make_trait()
    make_figure("quiet.night_start", 21)
    make_figure("quiet.night_end", 6)
    return make_activity(interval=at(DAY))


def unit_planner(area: Area) -> User:
    return make_user("Alice", role=Role.UNIT_PLANNER, unit=make_unit(areas=(area,)))


def prints(activity: Activity) -> list[str]:
    return [each.fingerprint for each in check_campaign(activity.campaign_id, today=TODAY)]


def accept(activity: Activity, by: User | None, *, reason: str = "Xã đã đồng ý") -> list[AcceptedWarning]:
    return accept_warnings(
        campaign_id=activity.campaign_id, fingerprints=prints(activity), reason=reason, by=by, today=TODAY
    )


def test_a_warning_is_overridden_with_a_reason_and_withdrawn() -> None:
    activity = loud_at_night()
    alice = unit_planner(activity.area)
    (row,) = accept(activity, alice)
    assert (row.activity, row.code, row.reason, row.accepted_by_label) == (
        activity, "quiet_hours", "Xã đã đồng ý", str(alice),
    )  # fmt: skip
    (again,) = accept(activity, alice, reason="  Lý do khác ")
    assert (AcceptedWarning.objects.get(), again.reason) == (row, "Lý do khác")
    withdraw_acceptance(key=row.pk, by=alice)
    assert AcceptedWarning.objects.count() == 0
    verbs = AuditEntry.objects.filter(subject_type="events.acceptedwarning").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["accept warning", "accept warning", "withdraw acceptance"]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_a_reason_must_be_given(reason: str) -> None:
    with pytest.raises(ValidationError, match="lý do"):
        accept(loud_at_night(), None, reason=reason)


def test_another_district_does_not_override() -> None:
    activity = loud_at_night()
    bob = unit_planner(make_area())
    with pytest.raises(NotAllowed):
        accept(activity, bob)
    (row,) = accept(activity, None)
    with pytest.raises(NotAllowed):
        withdraw_acceptance(key=row.pk, by=bob)


def test_what_is_no_longer_there_cannot_be_overridden() -> None:
    activity = loud_at_night()
    for wanted in ([], ["0" * 64], [*prints(activity), "0" * 64]):
        with pytest.raises(ValidationError, match="không còn"):
            accept_warnings(campaign_id=activity.campaign_id, fingerprints=wanted, reason="Có", by=None, today=TODAY)
    with pytest.raises(ValidationError, match="không còn"):
        withdraw_acceptance(key=0, by=None)


def test_a_blocking_conflict_cannot_be_overridden() -> None:
    activity = loud_at_night()
    MourningPeriod.objects.create(name="Quốc tang", first_day=DAY, last_day=DAY)
    with pytest.raises(ValidationError, match="lỗi chặn"):
        accept(activity, None)


def test_a_paper_is_recorded_and_corrected() -> None:
    activity, alice = make_activity(), make_planner()
    make_lead_time()
    record_notice(uid=activity.uid, procedure="R1", sent_on=DAY, number=" 12/TB ", by=alice)
    row = record_notice(uid=activity.uid, procedure="R1", sent_on=TODAY, receiver="UBND xã", by=alice)
    assert Notice.objects.get() == row
    assert (row.sent_on, row.number, row.receiver, row.recorded_by) == (TODAY, "", "UBND xã", alice)
    record_notice(uid=activity.uid, procedure="border", sent_on=DAY, by=None)
    assert AuditEntry.objects.filter(verb="record notice").count() == 3


def test_a_paper_that_cannot_be_is_refused() -> None:
    activity = make_activity()
    make_lead_time()
    for fields in ({"procedure": "X"}, {"sent_on": date(2999, 1, 1)}, {"number": "1" * 61}, {"receiver": "1" * 201}):
        with pytest.raises(ValidationError):
            record_notice(**({"uid": activity.uid, "procedure": "R1", "sent_on": DAY, "by": None} | fields))  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="không còn"):
        record_notice(uid="khong-co", procedure="R1", sent_on=DAY, by=None)
    with pytest.raises(NotAllowed):
        record_notice(uid=activity.uid, procedure="R1", sent_on=DAY, by=unit_planner(make_area()))


def test_mourning_postpones_shows_and_single_dates_of_series_in_one_step() -> None:
    make_trait()
    planner, team = make_planner(), make_resource()
    show = make_activity(interval=at(DAY), resource_ids=(team.pk,))
    series = make_activity(
        campaign_id=show.campaign_id,
        interval=at(DAY - timedelta(days=6)),
        recurrence=Recurrence(freq=Frequency.WEEKLY, count=3),
    )
    make_activity(campaign_id=show.campaign_id, interval=at(DAY), kind="exhibition")
    changed = declare_mourning(plan=MOURNING, seen={show.uid: 1, series.uid: 1}, by=planner)
    assert {each.uid for each in changed} == {show.uid, series.uid}
    statuses = list(series.occurrences.order_by("start").values_list("status", flat=True))
    assert statuses == [Status.CONFIRMED, Status.POSTPONED, Status.CONFIRMED]
    assert Activity.objects.get(pk=show.pk).status_reason == MOURNING.reason
    assert show.occurrences.get().bookings.count() == 0
    period = MourningPeriod.objects.get()
    assert (period.first_day, period.last_day, period.source, period.is_edited) == (
        DAY, DAY + timedelta(days=1), "Thông báo 1-TB/TW", True,
    )  # fmt: skip
    assert affected_occurrences(first=DAY, last=DAY).count() == 0
    postponed = affected_occurrences(first=MOURNING.first, last=MOURNING.last, is_postponed=True)
    assert [row.activity.uid for row in postponed] == [show.uid, series.uid]
    assert PlanStep.objects.filter(verb="mourning").count() == 1


def test_the_step_of_mourning_is_undone_once_the_period_is_gone() -> None:
    make_trait()
    show = make_activity(interval=at(DAY))
    declare_mourning(plan=MOURNING, seen={show.uid: 1}, by=None)
    MourningPeriod.objects.all().delete()
    undo_step(campaign_id=show.campaign_id, by=None)
    assert Activity.objects.get(pk=show.pk).status == Status.CONFIRMED


def test_days_that_meet_nothing_are_recorded_all_the_same() -> None:
    assert declare_mourning(plan=MOURNING, seen={}, by=None) == []
    assert declare_mourning(plan=MOURNING, seen={}, by=None) == []
    assert MourningPeriod.objects.count() == 1


def test_what_was_not_shown_is_not_postponed() -> None:
    make_trait()
    make_activity(interval=at(DAY))
    with pytest.raises(StalePlan):
        declare_mourning(plan=MOURNING, seen={}, by=None)


def test_only_the_whole_provinces_planners_declare_mourning() -> None:
    with pytest.raises(NotAllowed):
        declare_mourning(plan=MOURNING, seen={}, by=unit_planner(make_area()))


@pytest.mark.parametrize(
    ("name", "days"),
    [("", 0), ("x" * 201, 0), ("Tang", -1), ("Tang", 30)],
)
def test_a_period_that_is_none_is_refused(name: str, days: int) -> None:
    with pytest.raises(ValidationError):
        check_mourning(MourningPlan(name=name, first=DAY, last=DAY + timedelta(days=days)))
