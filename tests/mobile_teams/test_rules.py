"""What may be a stop, and in which order: plain values only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.intervals import LOCAL_ZONE, Interval
from mobile_teams.rules.stop_activity import Crew, StopActivity, check_stop_activity
from mobile_teams.rules.stop_order import check_stop_order

START = datetime(2023, 8, 8, 19, 30, tzinfo=LOCAL_ZONE)
SHOW = Interval(START, START + timedelta(hours=2))
STOP = StopActivity(
    uid="a",
    code="LD-01",
    title="Đêm văn nghệ",
    kind="mobile_team",
    campaign_id=1,
    show=SHOW,
    is_recurring=False,
    is_all_day=False,
    resource_ids=frozenset({7}),
)
CREW = Crew(campaign_id=1, resources=((7, "Đội 1"),))


def test_a_sound_stop_has_no_conflict() -> None:
    assert list(check_stop_activity(STOP, crew=CREW)) == []


@pytest.mark.parametrize(
    ("stop", "code"),
    [
        (replace(STOP, kind="exhibition"), "stop-kind"),
        (replace(STOP, campaign_id=2), "stop-campaign"),
        (replace(STOP, is_recurring=True), "stop-recurring"),
        (replace(STOP, is_all_day=True), "stop-time"),
        (replace(STOP, show=None), "stop-time"),
        (replace(STOP, resource_ids=frozenset()), "stop-resource"),
        (replace(STOP, other_tour="Tuyến 2"), "stop-taken"),
    ],
)
def test_each_fault_has_its_conflict(stop: StopActivity, code: str) -> None:
    assert [conflict.code for conflict in check_stop_activity(stop, crew=CREW)] == [code]


def test_the_sentence_names_the_activity_and_the_way_out() -> None:
    (conflict,) = check_stop_activity(replace(STOP, resource_ids=frozenset()), crew=CREW)
    assert conflict.message == (
        "Hoạt động LD-01 «Đêm văn nghệ» chưa đăng ký sử dụng «Đội 1»; hãy thêm nguồn lực này vào hoạt động."
    )


def test_stops_in_time_order_are_fine() -> None:
    later = replace(STOP, uid="b", show=SHOW.shifted(timedelta(days=1)))
    assert list(check_stop_order([STOP, replace(STOP, uid="c", show=None), later])) == []


def test_a_stop_out_of_order_names_both() -> None:
    later = replace(STOP, uid="b", code="LD-02", show=SHOW.shifted(timedelta(days=1)))
    (conflict,) = check_stop_order([later, STOP])
    assert (conflict.code, conflict.subjects, conflict.interval) == ("stop-order", ("b", "a"), SHOW)
    assert conflict.message == (
        "Điểm LD-01 «Đêm văn nghệ» (19h30–21h30, 08/08/2023) xếp sau LD-02 «Đêm văn nghệ» "
        "(19h30–21h30, 09/08/2023) nhưng diễn trước; hãy xếp các điểm phục vụ theo thứ tự thời gian."
    )


def test_a_stop_cannot_be_there_twice() -> None:
    assert [conflict.code for conflict in check_stop_order([STOP, STOP])] == ["stop-twice"]
