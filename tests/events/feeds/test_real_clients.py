"""Programs people use: vdirsyncer fetches the feed over HTTP, khal shows it, after each thing a planner does to it."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence
from events import planning
from events.models import Activity, Status
from tests.events.feeds.serving import served
from tests.factories import at, make_activity, make_area, make_venue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.intervals import Interval

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS = ("vdirsyncer", "khal")
FIRST, SECOND, THIRD = date(2023, 8, 8), date(2023, 8, 15), date(2023, 8, 22)
NEW_DAY = date(2023, 8, 17)
HALL, YARD = "Hội trường A", "Sân vận động"
SETTINGS = """\
[general]
status_path = "{folder}/status/"
[pair feed]
a = "local"
b = "pano"
collections = null
conflict_resolution = "b wins"
partial_sync = "ignore"
[storage local]
type = "filesystem"
path = "{folder}/events/"
fileext = ".ics"
[storage pano]
type = "http"
url = "{address}"
read_only = true
"""
SHOWN = """\
[calendars]
[[feed]]
path = {folder}/events/
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Asia/Ho_Chi_Minh
default_timezone = Asia/Ho_Chi_Minh
timeformat = %H:%M
dateformat = %d/%m/%Y
longdateformat = %d/%m/%Y
datetimeformat = %d/%m/%Y %H:%M
longdatetimeformat = %d/%m/%Y %H:%M
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who subscribed: a folder of their own for both programs."""

    folder: Path

    def run(self, *words: str) -> str:
        """What the program prints; its own words where it fails."""
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sees(self) -> list[str]:
        """Fetch, then list August 2023: start, title, place and whether it is called off."""
        self.run("vdirsyncer", "-c", f"{self.folder}/sync", "sync", "--force-delete")
        form = "{start-date} {start-time}|{title}|{location}|{status}"
        listed = self.run(
            "khal", "-c", f"{self.folder}/khal", "list", "--day-format", "", "--format", form,
            "01/08/2023", "31/08/2023",
        )  # fmt: skip
        return sorted(" ".join(line.split()) for line in listed.splitlines() if "|" in line)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A reader of the whole province's feed; CI must have the programs, elsewhere their absence is told."""
    missing = [name for name in CLIENTS if shutil.which(name) is None]
    if missing and os.environ.get("PANO_REQUIRE_CLIENTS"):
        pytest.fail(f"{', '.join(missing)} must be installed here: apt-get install {' '.join(missing)}")
    if missing:
        pytest.skip(f"NOT TESTED with real clients: {', '.join(missing)} not installed")
    with served() as address:
        (tmp_path / "sync").write_text(SETTINGS.format(folder=tmp_path, address=f"{address}/feeds/all.ics"), "utf-8")
        (tmp_path / "khal").write_text(SHOWN.format(folder=tmp_path), "utf-8")
        (tmp_path / "events").mkdir()
        (tmp_path / "status").mkdir()
        found = Reader(folder=tmp_path)
        found.run("vdirsyncer", "-c", f"{tmp_path}/sync", "discover", "feed")
        yield found


def stored(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def change(activity: Activity, **fields: object) -> None:
    now = stored(activity)
    plan = replace(planning.plan_of(now), **fields)  # type: ignore[arg-type]
    planning.change_activity(change=planning.ActivityChange(uid=now.uid, version=now.version, plan=plan), by=None)


def change_one(activity: Activity, day: date, interval: Interval | None) -> None:
    now = stored(activity)
    key = OccurrenceKey(now.uid, at(day).start)
    change = planning.OccurrenceChange(key=key, version=now.version, interval=interval)
    planning.change_occurrence(change=change, by=None)


def rows(*days: date, title: str = "Đêm nhạc", place: str = HALL, status: str = "CONFIRMED") -> list[str]:
    """What khal says of evenings on these days."""
    told = f"[Đã huỷ] {title}" if status == "CANCELLED" else title
    return sorted(f"{day:%d/%m/%Y} 19:30|{told}|{place}|{status}" for day in days)


def set_status(activity: Activity, status: Status) -> None:
    now = stored(activity)
    planning.set_status(uid=now.uid, version=now.version, status=status, reason="Mưa bão", by=None)


def test_after_each_step_the_client_shows_the_new_state_and_no_ghost(reader: Reader) -> None:
    hall, yard = make_venue(HALL, area=make_area()), make_venue(YARD, area=make_area())
    weekly = Recurrence(freq=Frequency.WEEKLY, until=THIRD)
    activity = make_activity(title="Đêm hát", recurrence=weekly, venue_ids=(hall.pk,))
    assert reader.sees() == rows(FIRST, SECOND, THIRD, title="Đêm hát")
    change(activity, title="Đêm nhạc")
    assert reader.sees() == rows(FIRST, SECOND, THIRD)
    change_one(activity, SECOND, at(NEW_DAY))
    assert reader.sees() == rows(FIRST, NEW_DAY, THIRD)
    change_one(activity, THIRD, None)
    assert reader.sees() == sorted([*rows(FIRST, NEW_DAY), *rows(THIRD, status="CANCELLED")])
    set_status(activity, Status.CANCELLED)
    assert reader.sees() == rows(FIRST, NEW_DAY, THIRD, status="CANCELLED")
    set_status(activity, Status.CONFIRMED)
    assert reader.sees() == sorted([*rows(FIRST, NEW_DAY), *rows(THIRD, status="CANCELLED")])
    change_one(activity, THIRD, at(THIRD))
    assert reader.sees() == rows(FIRST, NEW_DAY, THIRD)
    change(activity, venue_ids=(yard.pk,))
    assert reader.sees() == rows(FIRST, NEW_DAY, THIRD, place=YARD)
