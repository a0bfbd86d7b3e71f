"""Random plans before judges that share no line with the writer: no error from any, the entries' own occurrences."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from events.outputs.ical import FeedFrame, render_feed
from events.programme.entries import Programme
from tests.events.outputs.feed_plans import TITLES, plans
from tests.judges.feeds import OutsideJudges, all_readers, check_by_vobject, require_outside_judges, rows_of_entries

EXAMPLES = 40 * int(os.environ.get("PANO_EXAMPLES", "1"))
BASE = "https://pano.example"
TOLD = ("DTSTART", "DTEND", "RRULE", "EXDATE", "RECURRENCE-ID")
# Without shrinking: with so many judges it takes longer than reading what failed.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


class Example:
    """A programme with its feed; shown by its times alone, for all of it would be thousands of lines."""

    def __init__(self, programme: Programme, *, name: str, alarm: int | None) -> None:
        self.expected = rows_of_entries(programme.entries)
        frame = FeedFrame(name=name, description=name, url=f"{BASE}/feeds/", source=f"{BASE}/feeds/x.ics")
        self.content = render_feed(programme, frame, base_url=BASE, alarm_minutes=alarm)

    def __repr__(self) -> str:
        lines = self.content.replace(b"\r\n ", b"").decode().split("\r\n")
        return "\n".join(line for line in lines if line.startswith(TOLD))


@st.composite
def examples(draw: st.DrawFn) -> Example:
    """Any plan under any name, with and without reminders."""
    return Example(draw(plans()), name=draw(TITLES), alarm=draw(st.sampled_from([None, 0, 15, 1440])))


@pytest.fixture(scope="module")
def judges() -> Iterator[OutsideJudges]:
    """Open libical and ical.js."""
    require_outside_judges()
    with OutsideJudges() as opened:
        yield opened


@pytest.mark.timeout(0)  # it takes as long as PANO_EXAMPLES asks for
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(example=examples())
def test_every_judge_finds_exactly_the_entries(judges: OutsideJudges, example: Example) -> None:
    lines = example.content.split(b"\r\n")
    assert [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line] == []
    check_by_vobject(example.content)
    for reader, read in all_readers(judges).items():
        found = read(example.content)
        differing = (sorted((found - example.expected).elements()), sorted((example.expected - found).elements()))
        assert (reader, *differing) == (reader, [], [])
