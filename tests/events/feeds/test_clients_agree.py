"""Real clients hold exactly what the Programme tells a visitor, whatever a planner has just done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from core.intervals import day_interval
from core.keys import OccurrenceKey
from core.lunar_recurrence import LunarFrequency, LunarRecurrence
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Activity, Status
from events.outputs.ical_text import STATUSES
from events.programme import load_programme
from events.programme.scope import Scope
from tests.events.feeds.test_real_clients import Reader, change, reader, set_status, stored
from tests.factories import at, make_activity, make_venue, whole_days
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.intervals import Interval

__all__ = ["reader"]  # the fixture
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FORM: Final = "{start-date} {start-time}|{end-date} {end-time}|{title}|{location}|{status}"
WEEKLY: Final = Recurrence(freq=Frequency.WEEKLY, count=6)
FULL_MOONS: Final = LunarRecurrence(freq=LunarFrequency.MONTHLY, days=(15,), count=5)


def shown(reader: Reader) -> list[str]:
    """What khal lists of three years after a fetch; whoever spans days is listed on each, which counts once."""
    reader.run("vdirsyncer", "-c", f"{reader.folder}/sync", "sync", "--force-delete")
    words = ("list", "--day-format", "", "--format", FORM, "01/01/2023", "31/12/2025")
    listed = reader.run("khal", "-c", f"{reader.folder}/khal", *words)
    return sorted({line.strip() for line in listed.splitlines() if "|" in line})


def told() -> list[str]:
    """The same of the Programme as a visitor has it."""
    found = []
    for entry in load_programme(window=None, scope=Scope(), viewer=viewer_of(None)).entries:
        local, form = entry.interval.local(), "%d/%m/%Y " if entry.all_day else "%d/%m/%Y %H:%M"
        last = local.end - timedelta(days=1) if entry.all_day else local.end
        title = f"[{entry.status_label}] {entry.title}" if entry.is_off else entry.title
        words = (f"{local.start:{form}}", f"{last:{form}}", title, entry.place_names, STATUSES[entry.status])
        found.append("|".join(words))
    return sorted(found)


def change_number(activity: Activity, number: int, interval: Interval | None) -> None:
    """Move or cancel one occurrence, counted from 0 by its rule."""
    row = activity.occurrences.order_by("recurrence_id")[number]
    key = OccurrenceKey(activity.uid, row.recurrence_id)
    moved = planning.OccurrenceChange(key=key, version=stored(activity).version, interval=interval)
    planning.change_occurrence(change=moved, by=None)


def test_a_weekly_series_through_its_life(reader: Reader) -> None:
    hall, yard = make_venue("Hội trường A"), make_venue("Sân vận động")
    weekly = make_activity(title="Đêm hát", recurrence=WEEKLY, venue_ids=(hall.pk,))
    assert shown(reader) == told() != []
    two_days = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1), Weekday(3)), count=7)
    steps: tuple[Callable[[], object], ...] = (
        lambda: change(weekly, title="Đêm nhạc"),
        lambda: change_number(weekly, 1, at(date(2023, 8, 16), "20:00", hours=1)),
        lambda: change_number(weekly, 2, None),
        lambda: set_status(weekly, Status.CANCELLED),
        lambda: set_status(weekly, Status.CONFIRMED),
        lambda: set_status(weekly, Status.POSTPONED),
        lambda: set_status(weekly, Status.TENTATIVE),
        lambda: change(weekly, venue_ids=(yard.pk,)),
        lambda: change(weekly, interval=at(date(2023, 8, 8), "08:00")),
        lambda: change(weekly, recurrence=two_days),
        lambda: change(weekly, recurrence=None),
        lambda: planning.undo_step(campaign_id=stored(weekly).campaign_id, by=None),
        lambda: planning.delete_activities(seen={weekly.uid: stored(weekly).version}, by=None),
        lambda: planning.undo_step(campaign_id=stored(weekly).campaign_id, by=None),
    )
    for step in steps:
        step()
        assert shown(reader) == told()


def test_days_the_moon_and_dates_without_a_rule(reader: Reader) -> None:
    days = make_activity(title="Treo <b>băng rôn</b>; =1+1", **whole_days(date(2023, 8, 1), date(2023, 8, 20)))
    monthly = Recurrence(freq=Frequency.MONTHLY, by_month_day=(1, 15), count=6)
    series = make_activity(title="Ra quân", recurrence=monthly, **whole_days(date(2023, 9, 1)))
    moon = make_activity(title="Đêm rằm", interval=at(date(2023, 8, 1)), lunar=FULL_MOONS)
    more = tuple(at(day).start for day in (date(2023, 10, 9), date(2023, 11, 1), date(2023, 12, 24)))
    odd = make_activity(title="Chiếu phim", interval=at(date(2023, 10, 3)), extra_dates=more)
    make_activity(title="Giao thừa", interval=at(date(2023, 12, 30), "22:00", hours=5))
    assert shown(reader) == told()
    steps: tuple[Callable[[], object], ...] = (
        lambda: change_number(odd, 1, at(date(2023, 10, 10))),
        lambda: change_number(odd, 2, None),
        lambda: change_number(moon, 1, at(date(2023, 8, 29), "18:00")),
        lambda: change_number(series, 2, None),
        lambda: change_number(series, 3, day_interval(date(2023, 10, 20), date(2023, 10, 21))),
        lambda: change(days, **whole_days(date(2023, 8, 5))),
        lambda: change(days, interval=at(date(2023, 8, 5)), all_day=False),
        lambda: change(days, is_public=False),
        lambda: change(days, is_public=True),
    )
    for step in steps:
        step()
        assert shown(reader) == told()
