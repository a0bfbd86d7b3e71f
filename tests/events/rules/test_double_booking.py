"""One resource, one occurrence at a time."""

from __future__ import annotations

import pytest

from core.conflicts import Level
from events.rules.double_booking import NOUNS, check
from events.rules.facts import ResourceFacts, Task
from tests.events.rules.cases import hours, show, world
from venues.models import ResourceKind

HELD = show("2026-03-01 19:00", "2026-03-01 21:00", uid="a", title="Đêm nhạc", resource_ids=(1,), is_new=False)
PLANNED = show("2026-03-01 20:00", "2026-03-01 22:00", uid="b", title="Hội nghị", resource_ids=(1,))


def test_the_sentence_names_the_thing_the_time_the_clash_and_the_way_out() -> None:
    (conflict,) = check([HELD, PLANNED], world())
    assert conflict.message == (
        "«Hội nghị» không lấy được không gian «Hội trường A»: «Đêm nhạc» đã đăng ký 19h00–21h00, 01/03/2026; "
        "hãy chọn giờ khác hoặc không gian khác."
    )
    assert (conflict.code, conflict.level, conflict.about) == ("double_booking", Level.BLOCKING, "resource/1")
    assert conflict.subjects == (HELD.key, PLANNED.key)
    assert conflict.interval == hours("2026-03-01 20:00", "2026-03-01 21:00")


def test_a_title_in_quotes_is_not_quoted_twice() -> None:
    (conflict,) = check([HELD._replace(title="«Đêm nhạc» phố"), PLANNED], world())
    assert "«“Đêm nhạc” phố» đã đăng ký" in conflict.message


def test_the_later_of_two_new_ones_is_told_of_the_earlier() -> None:
    (conflict,) = check([HELD._replace(is_new=True), PLANNED], world())
    assert conflict.message.startswith("«Hội nghị» không lấy được")


def test_a_holder_of_whole_days_is_named_by_its_days() -> None:
    days = show("2026-03-01 00:00", "2026-03-04 00:00", uid="c", title="Pa nô", resource_ids=(1,), is_new=False)
    (conflict,) = check([days, PLANNED], world())
    assert "«Pa nô» đã đăng ký 01/03–03/03/2026;" in conflict.message


@pytest.mark.parametrize(
    "other",
    [
        HELD._replace(end=PLANNED.start),
        HELD._replace(resource_ids=(2,)),
        HELD._replace(is_held=False),
        HELD._replace(resource_ids=()),
    ],
)
def test_touching_ends_other_things_and_what_takes_nothing_are_fine(other: Task) -> None:
    assert list(check([other, PLANNED], world())) == []


def test_two_stored_ones_are_not_what_is_planned() -> None:
    other = show("2026-03-01 19:30", "2026-03-01 20:00", uid="c", resource_ids=(1, 2), is_new=False)
    new = show("2026-03-01 19:30", "2026-03-01 20:00", uid="d", resource_ids=(2,))
    found = check([HELD, other, new, PLANNED._replace(is_new=False)], world())
    assert [conflict.subjects for conflict in found] == [(other.key, new.key)]


def test_a_long_holder_clashes_with_all_it_covers() -> None:
    tasks = [HELD, HELD._replace(uid="c", end=HELD.start + 900), PLANNED, PLANNED._replace(uid="d")]
    assert [conflict.subjects for conflict in check(tasks, world())] == [
        (HELD.key, PLANNED.key),
        (HELD.key, tasks[3].key),
        (PLANNED.key, tasks[3].key),
    ]


def test_every_kind_of_resource_has_its_noun() -> None:
    assert set(NOUNS) == set(ResourceKind.values)


def test_an_unknown_kind_is_called_a_resource() -> None:
    (conflict,) = check([HELD, PLANNED], world(resources={1: ResourceFacts(name="Drone", kind="drone")}))
    assert conflict.message.endswith("hãy chọn giờ khác hoặc nguồn lực khác.")
