"""Nothing happens where a thing is closed."""

from __future__ import annotations

from core.conflicts import Level
from events.rules.closure import check
from tests.events.rules.cases import at, hours, show, world

REPAIRS = at("2026-03-01 00:00"), at("2026-03-03 00:00"), "sửa mái"
SHOW = show("2026-03-02 22:00", "2026-03-03 01:00", resource_ids=(1,), place_ids=(1,))


def test_a_closed_space_is_told_with_its_reason() -> None:
    (conflict,) = check([SHOW], world(resource_closures={1: (REPAIRS,)}))
    assert conflict.message == (
        "«Đêm nhạc» (22h00, 02/03/2026 – 1h00, 03/03/2026) không dùng được «Hội trường A»: tạm ngừng khai thác "
        "01/03–02/03/2026 vì «sửa mái»; hãy chọn giờ khác hoặc nơi khác."
    )
    assert (conflict.code, conflict.level, conflict.about) == ("closure", Level.BLOCKING, "resource/1")
    assert (conflict.subjects, conflict.interval) == ((SHOW.key,), hours("2026-03-02 22:00", "2026-03-03 00:00"))


def test_a_closed_venue_closes_its_spaces_and_is_told_once() -> None:
    of_space = SHOW._replace(place_ids=())
    for task in (SHOW, of_space):
        assert [each.about for each in check([task], world(place_closures={1: (REPAIRS,)}))] == ["place/1"]


def test_other_hours_other_things_and_stored_tasks_are_silent() -> None:
    assert list(check([SHOW], world())) == []
    assert list(check([SHOW], world(resource_closures={1: ((SHOW.end, SHOW.end + 900, "nghỉ"),)}))) == []
    assert list(check([SHOW], world(resource_closures={2: (REPAIRS,)}, place_closures={2: (REPAIRS,)}))) == []
    assert list(check([SHOW._replace(is_new=False)], world(resource_closures={1: (REPAIRS,)}))) == []


def test_only_what_is_closed_of_all_it_uses_is_told() -> None:
    task = SHOW._replace(resource_ids=(3, 1), place_ids=(3, 1))
    found = check([task], world(resource_closures={1: (REPAIRS,)}, place_closures={2: (REPAIRS,)}))
    assert [each.about for each in found] == ["resource/1"]
