"""Random plans before judges that share no line with the writer: no error from any, the entries' own occurrences."""

from __future__ import annotations

import os
from collections import Counter
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


@pytest.fixture(scope="module")
def judges() -> Iterator[OutsideJudges]:
    """Open libical and ical.js."""
    require_outside_judges()
    with OutsideJudges() as opened:
        yield opened


# Without shrinking: with so many judges it takes longer than reading what failed.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(programme=plans(), name=TITLES, alarm=st.sampled_from([None, 0, 15, 1440]))
def test_every_judge_finds_exactly_the_entries(
    judges: OutsideJudges, programme: Programme, *, name: str, alarm: int | None
) -> None:
    frame = FeedFrame(name=name, description=name, url=f"{BASE}/feeds/", source=f"{BASE}/feeds/x.ics")
    content = render_feed(programme, frame, base_url=BASE, alarm_minutes=alarm)
    assert [line for line in content.split(b"\r\n") if len(line) > 75 or b"\n" in line or b"\r" in line] == []
    check_by_vobject(content)
    expected = rows_of_entries(programme.entries)
    for reader, read in all_readers(judges).items():
        found = read(content)
        assert (reader, found - expected, expected - found) == (reader, Counter(), Counter())
