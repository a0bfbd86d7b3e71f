"""Papers are sent in time, by the stricter reading."""

from __future__ import annotations

from datetime import date

import pytest

from core.conflicts import Conflict, Level
from core.working_days import WorkingDays
from events.rules.facts import LeadTimeFacts, Task
from events.rules.lead_time import check, first_reminder, last_send_day, lead_times_of
from tests.events.rules.cases import hours, show, world

R1 = LeadTimeFacts(
    code="R1", name="Thông báo biểu diễn", days=5, kind="mobile_team", receiver="UBND cấp xã", source="NĐ 144"
)
R7 = LeadTimeFacts(code="R7", name="Thông báo lễ hội", days=20, is_working_days=False, warn_days=7)
SHOW = show("2026-03-13 19:30", "2026-03-13 21:30", kind="mobile_team")  # a Friday; the last day is Thursday 05/03


def on(today: date, *tasks: Task, papers: tuple[LeadTimeFacts, ...] = (R1,)) -> list[Conflict]:
    return list(check(tasks or (SHOW,), world(today=today, lead_times=papers)))


def sent(day: date, code: str = "R1") -> Task:
    return SHOW._replace(activity=SHOW.activity._replace(notices={code: day}))


def test_not_sent_and_too_late() -> None:
    (conflict,) = on(date(2026, 3, 6))
    assert conflict.message == (
        "«Đêm nhạc» (19h30–21h30, 13/03/2026): «Thông báo biểu diễn» (gửi UBND cấp xã) có ngày gửi muộn nhất là "
        "05/03/2026 (đủ 5 ngày làm việc giữa ngày gửi và ngày 13/03/2026); đến nay chưa gửi; "
        "hãy gửi ngay và hỏi ý kiến nơi nhận, hoặc dời sang ngày muộn hơn."
    )
    assert (conflict.code, conflict.level, conflict.basis) == ("lead_time", Level.WARNING, "NĐ 144")
    assert (conflict.subjects, conflict.about) == (("hd",), "lead_time/R1/missed")
    assert conflict.interval == hours("2026-03-13 19:30", "2026-03-13 21:30")


def test_one_is_reminded_some_working_days_before() -> None:
    assert on(date(2026, 3, 1)) == []
    (conflict,) = on(date(2026, 3, 2))
    assert conflict.about == "lead_time/R1/due"
    assert conflict.message.endswith("); còn 3 ngày; hãy gửi và ghi lại ngày gửi.")
    assert [each.about for each in on(date(2026, 3, 5))] == ["lead_time/R1/due"]


def test_sent_in_time_is_silent_and_sent_late_is_told() -> None:
    assert on(date(2026, 3, 12), sent(date(2026, 3, 5))) == []
    (conflict,) = on(date(2026, 3, 12), sent(date(2026, 3, 6)))
    assert conflict.about == "lead_time/R1/late"
    assert conflict.message.endswith(
        "; đã gửi muộn, ngày 06/03/2026; hãy hỏi ý kiến nơi nhận hoặc dời sang ngày muộn hơn."
    )


def test_what_is_over_is_left_in_peace_unless_its_paper_was_late() -> None:
    assert len(on(date(2026, 3, 13))) == 1
    assert on(date(2026, 3, 14)) == []
    assert [each.about for each in on(date(2026, 5, 1), sent(date(2026, 3, 6)))] == ["lead_time/R1/late"]


def test_a_series_is_told_of_its_first_occurrence_to_come() -> None:
    series = [SHOW, SHOW._replace(start=SHOW.start + 604_800, end=SHOW.end + 604_800)]
    (conflict,) = on(date(2026, 3, 14), *series)
    assert conflict.interval == hours("2026-03-20 19:30", "2026-03-20 21:30")


def test_a_paper_in_calendar_days_applies_to_those_that_name_it() -> None:
    named = SHOW._replace(activity=SHOW.activity._replace(procedures=("R7",), kind="exchange"))
    (conflict,) = on(date(2026, 2, 13), named, papers=(R1, R7))
    assert conflict.about == "lead_time/R7/due"
    assert "ngày gửi muộn nhất là 20/02/2026 (đủ 20 ngày giữa ngày gửi và ngày 13/03/2026)" in conflict.message
    assert on(date(2026, 2, 12), named, papers=(R1, R7)) == []


def test_a_paper_of_no_kind_applies_to_nobody_by_itself() -> None:
    assert lead_times_of(SHOW.activity._replace(kind=""), (R1, R7)) == ()
    assert lead_times_of(SHOW.activity, (R1, R7)) == (R1,)


def test_stored_tasks_are_silent() -> None:
    assert on(date(2026, 3, 6), SHOW._replace(is_new=False)) == []


@pytest.mark.parametrize(
    ("paper", "last", "reminder"),
    [(R1, date(2026, 3, 5), date(2026, 3, 2)), (R7, date(2026, 2, 20), date(2026, 2, 13))],
)
def test_the_days_beside_an_event(paper: LeadTimeFacts, last: date, reminder: date) -> None:
    working = WorkingDays()
    assert last_send_day(paper, date(2026, 3, 13), working) == last
    assert first_reminder(paper, last, working) == reminder
