"""One resource, one occurrence at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from core.conflicts import Level
from core.intervals import Interval, day_interval
from core.keys import OccurrenceKey
from events.rules.double_booking import CODE, Claim, find_double_bookings

NOON = datetime(2023, 8, 8, 12, tzinfo=UTC)


def claim(name: str, start: int, end: int, *, resource: int = 1, is_new: bool = True) -> Claim:
    hours = Interval(NOON + timedelta(hours=start), NOON + timedelta(hours=end))
    return Claim(
        resource_id=resource,
        resource_name="Hội trường A",
        key=OccurrenceKey(name, hours.start),
        title=name,
        interval=hours,
        is_new=is_new,
    )


def test_touching_intervals_do_not_clash() -> None:
    assert list(find_double_bookings([claim("a", 0, 2), claim("b", 2, 4)])) == []


def test_different_resources_do_not_clash() -> None:
    assert list(find_double_bookings([claim("a", 0, 2), claim("b", 0, 2, resource=2)])) == []


def test_two_stored_bookings_are_not_reported() -> None:
    stored = [claim("a", 0, 2, is_new=False), claim("b", 1, 3, is_new=False)]
    assert list(find_double_bookings(stored)) == []


def test_the_sentence_names_the_thing_the_time_the_clash_and_the_way_out() -> None:
    held = claim("Đêm nhạc", 0, 2, is_new=False)
    planned = claim("Hội nghị", 1, 3)
    (conflict,) = find_double_bookings([planned, held])
    assert (conflict.code, conflict.level) == (CODE, Level.BLOCKING)
    assert conflict.subjects == (str(planned.key), str(held.key))
    assert conflict.interval == Interval(planned.interval.start, held.interval.end)
    for words in ("Hội nghị", "Hội trường A", "Đêm nhạc", "19h00–21h00, 08/08/2023"):
        assert words in conflict.message


def test_a_holder_of_whole_days_is_named_by_its_days() -> None:
    days = day_interval(date(2023, 8, 7), date(2023, 8, 9))
    held = Claim(
        resource_id=1, resource_name="Mặt A", key=OccurrenceKey("a", days.start), title="Pa nô", interval=days,
        is_new=False,
    )  # fmt: skip
    (conflict,) = find_double_bookings([held, claim("b", 0, 1)])
    assert "07/08–09/08/2023" in conflict.message


claims = st.lists(
    st.builds(
        lambda number, start, length, resource, is_new: claim(
            f"hd-{number}", start, start + length, resource=resource, is_new=is_new
        ),
        st.integers(0, 999), st.integers(0, 40), st.integers(1, 9), st.integers(1, 3), st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


@given(claims)
def test_it_equals_comparing_every_pair(found: list[Claim]) -> None:
    expected = sorted(
        sorted((str(a.key), str(b.key)))
        for a, b in combinations(found, 2)
        if a.resource_id == b.resource_id and a.interval.overlaps(b.interval) and (a.is_new or b.is_new)
    )
    assert sorted(sorted(conflict.subjects) for conflict in find_double_bookings(found)) == expected
