"""Deadlines by private links: what is open, whose it is, and no one else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from events import planning
from events.feeds.deadlines import load_feed_deadlines
from events.feeds.tokens import hash_token, new_token
from events.models import Activity, ActivityKind, Notice, Subscription
from events.outputs.ical_deadlines import FeedDeadline, render_deadlines
from events.programme.scope import Scope
from tests.events.legal_makers import make_lead_time
from tests.factories import at, make_activity, make_area, make_campaign, make_planner, make_unit, make_user
from tests.visuals.makers import LAST, banner, hang
from units.models import Role, User
from units.permissions import viewer_of

pytestmark = pytest.mark.django_db
ALL = ("notice", "removal", "report")
EVENT_DAY = date(2026, 12, 15)  # a Tuesday
TODAY = date(2026, 12, 1)


def titles(owner: User | None, *, scope: Scope | None = None, kinds: tuple[str, ...] = ALL) -> list[tuple[str, date]]:
    found = load_feed_deadlines(kinds, scope=scope or Scope(), viewer=viewer_of(owner), today=TODAY)
    return sorted((deadline.title, deadline.day) for deadline in found)


def make_show() -> Activity:
    make_lead_time()
    return make_activity(kind=ActivityKind.MOBILE_TEAM, interval=at(EVENT_DAY), title="Đêm lưu động")


def test_each_kind_tells_its_last_day() -> None:
    make_show()
    hang(banner(), title="Băng rôn hè")
    assert titles(make_planner(), kinds=("notice", "removal")) == [
        ("Hạn gửi: Thông báo biểu diễn – Đêm lưu động", date(2026, 12, 7)),
        ("Hạn tháo dỡ: 20 cái Băng rôn", LAST),
    ]
    assert titles(make_planner("Hà"), kinds=("report",))[0][1] == date(2023, 12, 9)


def test_a_paper_that_was_sent_and_what_is_over_are_no_deadlines() -> None:
    activity = make_show()
    make_activity(kind=ActivityKind.MOBILE_TEAM, interval=at(TODAY - timedelta(days=9)))
    Notice.objects.create(activity=activity, procedure="R1", sent_on=TODAY, recorded_at=timezone.now())
    assert titles(make_planner(), kinds=("notice",)) == []


def test_visitors_get_none_and_a_planner_of_a_district_only_its_own() -> None:
    activity = make_show()
    own, other = activity.lead_unit, make_unit(areas=(make_area("Huyện Khác"),))
    alice = make_user("Alice", role=Role.UNIT_PLANNER, unit=own)
    charlie = make_user("Charlie", role=Role.UNIT_PLANNER, unit=other)
    assert titles(None) == []
    assert [len(titles(person, kinds=("notice",))) for person in (alice, charlie)] == [1, 0]


def test_a_scope_narrows_deadlines() -> None:
    activity = make_show()
    planner = make_planner()
    asked = [Scope(areas=(activity.area.slug,)), Scope(areas=("khong-co",))]
    assert [len(titles(planner, scope=scope, kinds=("notice",))) for scope in asked] == [1, 0]
    assert titles(planner, scope=Scope(campaigns=("khong-co",)), kinds=("report",)) == []


def test_a_changed_report_day_raises_the_sequence() -> None:
    campaign = make_campaign("kh-1")
    plan = planning.campaign_plan_of(campaign)
    planning.save_campaign(plan=replace(plan, report_before=date(2024, 1, 5)), by=None)
    planning.save_campaign(plan=replace(plan, report_before=date(2024, 1, 5), objective="Rõ hơn"), by=None)
    (found,) = load_feed_deadlines(
        ("report",), scope=Scope(campaigns=("kh-1",)), viewer=viewer_of(make_planner()), today=TODAY
    )
    assert (found.day, found.sequence, found.uid) == (date(2024, 1, 4), 1, "report~kh-1")


def test_a_private_link_gives_them_as_whole_days(client: Client) -> None:
    make_show()
    token, now = new_token(), timezone.now()
    link = Subscription(owner=make_planner(), name="Hạn", token_hash=hash_token(token), token_hint=token[-4:])
    link.query, link.request_key, link.created_at, link.alarm_minutes = "deadlines=notice", "a" * 32, now, 60
    link.save()
    answer = client.get(f"/feeds/private/{token}.ics")
    event: Any = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]
    days = [str(event[name].dt) for name in ("DTSTART", "DTEND")]
    assert (days, len(event.walk("VALARM"))) == (["2026-12-07", "2026-12-08"], 1)


def test_deadlines_are_written_by_uid_whatever_their_text() -> None:
    from events.outputs.ical import FeedFrame

    changed = datetime(2026, 11, 1, tzinfo=UTC)
    given = [
        FeedDeadline(uid="b", day=TODAY, title="Hạn; «,»\nhai", path="/b/", changed=changed, description="<script>"),
        FeedDeadline(uid="a", day=TODAY, title="Hạn", path="/a/", changed=changed, sequence=2),
    ]
    text = render_deadlines(given, FeedFrame(name="Hạn", url="http://testserver/"), base_url="http://testserver")
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    told = [(str(each["UID"]), str(each["SEQUENCE"]), str(each.get("DESCRIPTION", ""))) for each in events]
    assert told == [("a", "2", ""), ("b", "0", "<script>")]
    assert render_deadlines([], FeedFrame(name="Hạn", url="http://testserver/"), base_url="").count("VEVENT") == 0
