"""Units and areas exist on the days of an activity."""

from __future__ import annotations

from datetime import date

from core.conflicts import Level
from events.rules.facts import AreaFacts, UnitFacts
from events.rules.validity import check
from tests.events.rules.cases import hours, show, world

OLD_OFFICE = UnitFacts(name="Phòng VH&TT huyện Bình Gia", valid_to=date(2025, 6, 30))
NEW_WARD = AreaFacts(name="Phường Kỳ Lừa", valid_from=date(2025, 7, 1), valid_to=date(2030, 12, 31))
WORLD = world(units={5: OLD_OFFICE, 6: UnitFacts(name="Sở")}, areas={9: NEW_WARD})


def test_a_dissolved_unit_is_told_with_its_last_day() -> None:
    first, second = (show(f"2025-0{day} 08:00", f"2025-0{day} 10:00", unit_ids=(6, 5)) for day in ("7-01", "8-01"))
    (conflict,) = check([first, second], WORLD)
    assert conflict.message == (
        "«Đêm nhạc» (8h00–10h00, 01/07/2025 và 1 buổi khác): đơn vị «Phòng VH&TT huyện Bình Gia» chỉ có hiệu lực "
        "đến hết ngày 30/06/2025; hãy chọn đơn vị đang hoạt động trong những ngày đó."
    )
    assert (conflict.code, conflict.level, conflict.about) == ("validity", Level.BLOCKING, "unit/5")
    assert (conflict.subjects, conflict.interval) == (("hd",), hours("2025-07-01 08:00", "2025-07-01 10:00"))


def test_an_area_that_does_not_exist_yet_is_told() -> None:
    (conflict,) = check([show("2025-06-30 08:00", "2025-06-30 10:00", area_id=9)], WORLD)
    assert conflict.message.endswith(
        "địa bàn «Phường Kỳ Lừa» chỉ có hiệu lực từ ngày 01/07/2025 đến hết ngày 31/12/2030; "
        "hãy chọn địa bàn theo địa giới của những ngày đó."
    )
    assert conflict.about == "area/9"


def test_first_and_last_day_are_valid() -> None:
    until_midnight = show("2025-06-30 20:00", "2025-07-01 00:00", unit_ids=(5,))
    from_midnight = show("2025-07-01 00:00", "2025-07-01 01:00", area_id=9)
    assert list(check([until_midnight, from_midnight], WORLD)) == []
    assert len(list(check([until_midnight._replace(end=until_midnight.end + 1)], WORLD))) == 1


def test_stored_tasks_and_what_exists_for_ever_are_silent() -> None:
    late = show("2026-01-01 08:00", "2026-01-01 10:00", unit_ids=(6, 5))
    assert list(check([late._replace(is_new=False)], WORLD)) == []
    assert list(check([late], world(units={6: UnitFacts(name="Sở")}))) == []
