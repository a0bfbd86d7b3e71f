"""An activity happens within its campaign."""

from __future__ import annotations

from datetime import date

from core.conflicts import Level
from events.rules.campaign_window import check
from events.rules.facts import CampaignFacts
from tests.events.rules.cases import hours, show, world

WINDOW = world(campaigns={7: CampaignFacts(name="ASEAN 2026", first_day=date(2026, 2, 1), last_day=date(2026, 2, 28))})


def test_a_day_outside_is_told_once_an_activity() -> None:
    tasks = [show(f"2026-{day} 19:00", f"2026-{day} 21:00", campaign_id=7) for day in ("02-20", "03-01", "03-08")]
    (conflict,) = check(tasks, WINDOW)
    assert conflict.message == (
        "«Đêm nhạc» (19h00–21h00, 01/03/2026 và 1 buổi khác) nằm ngoài thời gian của kế hoạch «ASEAN 2026» "
        "(01/02/2026–28/02/2026); hãy chọn ngày trong thời gian đó hoặc sửa thời gian của kế hoạch."
    )
    assert (conflict.code, conflict.level, conflict.subjects) == ("campaign_window", Level.WARNING, ("hd",))
    assert conflict.interval == hours("2026-03-01 19:00", "2026-03-01 21:00")


def test_the_first_and_the_last_day_belong_to_it() -> None:
    whole = show("2026-02-01 00:00", "2026-03-01 00:00", campaign_id=7)
    assert list(check([whole], WINDOW)) == []
    assert len(list(check([whole._replace(start=whole.start - 1)], WINDOW))) == 1
    assert len(list(check([whole._replace(end=whole.end + 1)], WINDOW))) == 1


def test_stored_tasks_and_unknown_campaigns_are_silent() -> None:
    late = show("2026-05-01 19:00", "2026-05-01 21:00", campaign_id=7)
    assert list(check([late._replace(is_new=False)], WINDOW)) == []
    assert list(check([late], world())) == []
