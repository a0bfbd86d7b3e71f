"""The border post knows of gatherings."""

from __future__ import annotations

from datetime import date

import pytest

from core.conflicts import Level
from events.rules.border_notice import BASIS, check
from events.rules.facts import AreaFacts, Task
from tests.events.rules.cases import LOUD_SHOW, hours, show, world

AREAS = {10: AreaFacts(name="Xã Đồng Đăng", is_border=True), 20: AreaFacts(name="Xã Lộc Bình")}
WORLD = world(areas=AREAS, kind_traits=LOUD_SHOW, today=date(2026, 3, 10))
SHOW = show("2026-03-10 19:30", "2026-03-10 21:30", kind="mobile_team", area_id=20, place_ids=(1,))


def test_an_untold_gathering_is_told_once_an_activity_from_today() -> None:
    week = 7 * 86_400
    over, next_week = (SHOW._replace(start=SHOW.start + n * week, end=SHOW.end + n * week) for n in (-1, 1))
    (conflict,) = check([over, SHOW, next_week], WORLD)
    assert conflict.message == (
        "«Đêm nhạc» (19h30–21h30, 10/03/2026 và 1 buổi khác) tập trung đông người tại xã biên giới «Xã Đồng Đăng» "
        "mà chưa báo Đồn Biên phòng; hãy báo Đồn Biên phòng và ghi lại ngày gửi."
    )
    assert (conflict.code, conflict.level, conflict.subjects) == ("border_notice", Level.WARNING, ("hd",))
    assert (conflict.interval, conflict.basis) == (hours("2026-03-10 19:30", "2026-03-10 21:30"), BASIS)


@pytest.mark.parametrize(
    "task",
    [
        SHOW._replace(activity=SHOW.activity._replace(notices={"border": date(2026, 3, 1)})),
        SHOW._replace(activity=SHOW.activity._replace(kind="exhibition")),
        SHOW._replace(place_ids=(2,)),
        SHOW._replace(is_new=False),
        SHOW._replace(start=SHOW.start - 86_400, end=SHOW.end - 86_400),
    ],
)
def test_told_small_inland_stored_or_past_is_silent(task: Task) -> None:
    assert list(check([task], WORLD)) == []


def test_a_world_without_border_is_silent() -> None:
    assert list(check([SHOW], world(kind_traits=LOUD_SHOW))) == []
