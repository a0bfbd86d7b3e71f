"""Whatever is written to the plan or to what it names, the next reader gets it: bytes equal a fresh render."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence
from events import planning
from events.feeds.building import FeedQuestion, build_body
from events.feeds.spec import FeedSpec
from events.models import Activity, FeedText, Status
from events.planning.branches import release_branch
from events.planning.bulk import apply_bulk
from events.planning.bulk_items import BulkOperation, BulkVerb
from events.planning.extending import extend_horizons
from events.planning.mourning import MourningPlan, declare_mourning
from events.planning.rolling import RollBy
from events.planning.rollover import roll_over
from events.planning.rollover_lines import NewCampaign, RolloverOrder
from events.workbook.exporting import export_workbook
from events.workbook.importing import import_workbook
from tests.events.legal_makers import make_trait
from tests.events.planning.branch_makers import draft_change, make_branch
from tests.factories import at, make_activity, make_planner, make_unit, make_user, make_venue
from units.marks import mark_change, read_marks
from units.models import Role
from units.permissions import viewer_of
from units.planning import grant_role, save_record
from venues import planning as records

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 8, 8), date(2023, 8, 15)
ENDLESS = Recurrence(freq=Frequency.WEEKLY)
Write = Callable[[Activity], object]


def change(activity: Activity, **fields: object) -> object:
    plan = replace(planning.plan_of(activity), **fields)  # type: ignore[arg-type]
    command = planning.ActivityChange(uid=activity.uid, version=activity.version, plan=plan)
    return planning.change_activity(change=command, by=None)


def change_second(activity: Activity, *, is_moved: bool) -> object:
    key = OccurrenceKey(activity.uid, at(SECOND).start)
    interval = at(SECOND, "20:00") if is_moved else None
    command = planning.OccurrenceChange(key=key, version=activity.version, interval=interval)
    return planning.change_occurrence(change=command, by=None)


def set_status(activity: Activity, status: Status) -> object:
    return planning.set_status(uid=activity.uid, version=activity.version, status=status, reason="x", by=None)


def rename_place(activity: Activity) -> object:
    venue = activity.places.get().venue
    assert venue is not None
    venue.name = "Nhà văn hoá mới"
    return records.save_record(instance=venue, by=None)


def rename_unit(activity: Activity) -> object:
    unit = activity.lead_unit
    unit.name = "Phòng mới"
    return save_record(instance=unit, by=None)


def rename_campaign(activity: Activity) -> object:
    plan = replace(planning.campaign_plan_of(activity.campaign), name="Tên mới")
    return planning.save_campaign(plan=plan, by=None)


def rename_area(activity: Activity) -> object:
    activity.area.name = "Huyện mới"
    return records.save_record(instance=activity.area, by=None)


def undo(activity: Activity) -> object:
    change(activity, title="Sẽ hoàn tác")
    planner = make_planner()
    return planning.undo_step(campaign_id=activity.campaign_id, by=planner)


def shift_many(activity: Activity) -> object:
    week_later = BulkOperation(verb=BulkVerb.SHIFT, days=7)
    return apply_bulk(operation=week_later, selection={activity.uid: activity.version}, by=make_planner())


def mourn(activity: Activity) -> object:
    make_trait()
    plan = MourningPlan(name="Quốc tang", first=SECOND, last=SECOND, source="Thông báo")
    return declare_mourning(plan=plan, seen={activity.uid: activity.version}, by=None)


def release(activity: Activity) -> object:
    branch = make_branch(activity.campaign)
    draft_change(branch, activity, title="Tên trong phương án")
    branch.refresh_from_db()
    return release_branch(branch_id=branch.pk, seen=branch.version, by=None)


def roll(activity: Activity) -> object:
    target = NewCampaign(code="sau", name="Năm sau", starts_on=date(2024, 5, 1), ends_on=date(2024, 12, 31))
    order = RolloverOrder(source_id=activity.campaign_id, target=target, by=RollBy.DATE)
    return roll_over(order=order, by=make_planner())


def import_sheet(activity: Activity) -> object:
    content = export_workbook(activity.campaign)
    Activity.objects.filter(pk=activity.pk).update(code="X9")  # so that the workbook brings one more
    report = import_workbook(content, by=None)
    assert report.has_changes
    return report


WRITES: dict[str, Write] = {
    "rename": lambda activity: change(activity, title="Tên khác"),
    "move all": lambda activity: change(activity, interval=at(FIRST, "18:00")),
    "move one": lambda activity: change_second(activity, is_moved=True),
    "cancel one": lambda activity: change_second(activity, is_moved=False),
    "cancel all": lambda activity: set_status(activity, Status.CANCELLED),
    "postpone": lambda activity: set_status(activity, Status.POSTPONED),
    "hide": lambda activity: change(activity, is_public=False),
    "change place": lambda activity: change(activity, venue_ids=(make_venue("Sân").pk,)),
    "plan another": lambda _activity: make_activity(),
    "delete": lambda activity: planning.delete_activities(seen={activity.uid: activity.version}, by=None),
    "lay out further": lambda _activity: extend_horizons(today=timezone.localdate().replace(year=2031)),
    "rename place": rename_place,
    "rename unit": rename_unit,
    "rename campaign": rename_campaign,
    "rename area": rename_area,
    "undo": undo,
    "bulk": shift_many,
    "mourning": mourn,
    "release a draft plan": release,
    "roll over": roll,
    "workbook": import_sheet,
    "reference tables": lambda _activity: call_command("load_reference", verbosity=0),
    "give a role": lambda _activity: grant_role(user=make_user("moi"), unit=make_unit(), role=Role.VIEWER, by=None),
}


def fresh() -> str:
    """What a visitor's feed of everything says when nothing at all is kept."""
    FeedText.objects.all().delete()
    question = FeedQuestion(
        spec=FeedSpec(), viewer=viewer_of(None), name="Lịch tuyên truyền – toàn tỉnh",
        source="http://testserver/feeds/all.ics",
    )  # fmt: skip
    return build_body(question, today=timezone.localdate(), most_plain=1 << 24).digest


@pytest.mark.parametrize("name", WRITES)
def test_after_each_write_the_feed_is_what_a_fresh_render_gives(client: Client, name: str) -> None:
    made = make_activity(title="Đêm nhạc", recurrence=ENDLESS, venue_ids=(make_venue().pk,))
    before, marks = client.get("/feeds/all.ics"), read_marks()
    WRITES[name](Activity.objects.get(pk=made.pk))
    assert read_marks() != marks
    after = client.get("/feeds/all.ics")
    assert after["ETag"] == f'"{fresh()}"'
    if name not in {"undo", "reference tables", "give a role", "roll over"}:
        assert after["ETag"] != before["ETag"]


def test_what_is_unchanged_keeps_its_bytes_and_its_date(client: Client) -> None:
    make_activity()
    first = client.get("/feeds/all.ics")
    mark_change()
    again = client.get("/feeds/all.ics")
    assert (again.content, again["ETag"], again["Last-Modified"]) == (
        first.content, first["ETag"], first["Last-Modified"],
    )  # fmt: skip
