from __future__ import annotations

from datetime import date, timedelta

from events.outputs.tombstones import expires_on, still_told
from tests.events.outputs.programmes import at, make_days, make_entry

DAYS = 400
LIVE = make_entry()
OFF = make_entry(status="cancelled")  # ends on 8 August 2023, changed before
LATE = make_entry(status="postponed", last_modified=at(month=10, day=1))


def test_what_takes_place_is_told_for_ever() -> None:
    assert expires_on([LIVE], days=DAYS) is None
    assert still_told([LIVE], today=date(2040, 1, 1), days=DAYS) == [LIVE]


def test_what_is_off_is_told_for_so_many_days_after_its_last_or_after_the_change() -> None:
    for entry, counted_from in ((OFF, date(2023, 8, 8)), (LATE, date(2023, 10, 1))):
        last = counted_from + timedelta(days=DAYS)
        assert expires_on([LIVE, entry], days=DAYS) == last
        assert still_told([LIVE, entry], today=last, days=DAYS) == [LIVE, entry]
        assert still_told([LIVE, entry], today=last + timedelta(days=1), days=DAYS) == [LIVE]


def test_the_first_to_expire_counts_and_days_that_end_at_midnight_end_the_day_before() -> None:
    days = make_days(date(2023, 7, 1), 3, status="cancelled")
    assert expires_on([OFF, LATE, days], days=DAYS) == date(2023, 7, 3) + timedelta(days=DAYS)
