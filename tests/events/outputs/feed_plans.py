"""Random activities for feeds, without a database: every kind of series, exception and text that a plan can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from hypothesis import strategies as st

from core.intervals import Interval, local_midnight
from core.keys import OccurrenceKey
from core.lunar_recurrence import LunarRecurrence, expand_lunar, first_lunar_match
from core.recurrence import Frequency, Recurrence, Weekday, check_start, expand, first_match, to_rrule
from events.programme.entries import EntryPlace, Label, Programme, ProgrammeEntry, Series
from tests.core.lunar_rules import lunar_rules
from tests.core.rules import recurrences
from tests.events.outputs.programmes import STATUS_LABELS, make_entry

MOST_DATES = 12
DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
COMMON_RULES = (
    Recurrence(freq=DAILY),
    Recurrence(freq=WEEKLY),
    Recurrence(freq=WEEKLY, interval=2, by_weekday=(Weekday(1), Weekday(3))),
    Recurrence(freq=MONTHLY, by_month_day=(1, 15)),
    Recurrence(freq=MONTHLY, by_month_day=(31,)),
    Recurrence(freq=MONTHLY, by_month_day=(-1,)),
    Recurrence(freq=MONTHLY, by_weekday=(Weekday(4, -1),)),
    Recurrence(freq=MONTHLY, by_weekday=tuple(map(Weekday, range(5))), by_set_position=(1,)),
    Recurrence(freq=YEARLY),
    Recurrence(freq=YEARLY, by_month=(2,), by_month_day=(29,)),
)
SYLLABLES = ("tuyên", "truyền", "Nghĩa", "Khuê", "ngoẵng", "Đường", "ỹ", "a\u0302\u0301", "e\u0323\u0302")
TRAPS = (
    "\\", ",", ";", ":", '"', "'", "^", "\n", "\r\n", "\r", "\u2028", "\x85", "\x00", "\x0b", "\x1c", "\\n", "\\,",
    "=", "%", "BEGIN:VEVENT", "END:VCALENDAR", "DTSTART:20230101", "<b>", "=1+1",
    "😀", "👩‍👩‍👧‍👦", "🇻🇳", "\u200d", "\ufeff", "\u202e", "𠀀",
)  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(SYLLABLES),
    st.sampled_from(TRAPS),
    st.sampled_from([" ", "  ", " – ", "\t"]),
    st.text(max_size=6),
)
TITLES = st.one_of(
    st.lists(PIECES, min_size=1, max_size=12).map("".join),
    st.lists(st.sampled_from(SYLLABLES), min_size=40, max_size=80).map(" ".join),
    st.sampled_from(["x" * 300, "ẵ" * 300, "😀" * 80, "Lễ hội Lồng tồng"]),
)
POINTS = st.one_of(st.just((None, None)), st.tuples(st.floats(102, 110), st.floats(8, 24)))


@st.composite
def places(draw: st.DrawFn) -> tuple[EntryPlace, ...]:
    """Up to three places with names of any text, with and without a point."""
    made = []
    for number in range(draw(st.integers(0, 3))):
        lon, lat = draw(POINTS)
        name = draw(TITLES)
        made.append(EntryPlace(code=f"V-{number}", name=name, lon=lon, lat=lat, quality="none", area_name="Cao Lộc"))
    return tuple(made)


@st.composite
def beginnings(draw: st.DrawFn) -> tuple[datetime, timedelta, bool]:
    """A first start, how long each occurrence lasts, and whether it counts in whole days."""
    day = draw(st.one_of(st.dates(date(2020, 1, 1), date(2027, 12, 31)), st.sampled_from([date(2024, 2, 29)])))
    if draw(st.booleans()):
        return local_midnight(day), timedelta(days=draw(st.integers(1, 40))), True
    start = local_midnight(day) + timedelta(minutes=draw(st.sampled_from([0, 1, 330, 419, 420, 1170, 1410, 1439])))
    return start, timedelta(minutes=draw(st.sampled_from([1, 90, 120, 600, 1440, 3000]))), False


@st.composite
def dated_rules(draw: st.DrawFn, begin: datetime, *, all_day: bool) -> tuple[str | None, tuple[datetime, ...]]:
    """The RRULE, None for none and for a lunar one, with all starts of the rule."""
    kind = draw(st.sampled_from(["none", "lunar", "common", "common", "any"]))
    if kind == "none":
        return None, (begin,)
    if kind == "lunar":
        return None, lunar_starts(draw(lunar_rules()), begin)
    rule = draw(st.sampled_from(COMMON_RULES) if kind == "common" else recurrences())
    return solar_starts(rule, begin, all_day=all_day, is_open=draw(st.booleans()))


def solar_starts(
    rule: Recurrence, begin: datetime, *, all_day: bool, is_open: bool
) -> tuple[str | None, tuple[datetime, ...]]:
    """The rule's text and its first dates: one without end is laid out so far and no further."""
    rule = replace(rule, count=None, until=None)
    try:
        begin = first_match(rule, begin)
        check_start(rule, begin)
        starts = tuple(islice(expand(rule, begin, begin + timedelta(days=3000), limit=5000), MOST_DATES))
    except ValueError:
        return None, (begin,)
    rule = rule if is_open else replace(rule, count=len(starts))
    return to_rrule(rule, begin, all_day=all_day), starts


def lunar_starts(rule: LunarRecurrence, begin: datetime) -> tuple[datetime, ...]:
    """The first dates of a rule by the moon."""
    rule = replace(rule, count=None, until=None)
    try:
        first = first_lunar_match(rule, begin)
        return expand_lunar(rule, first, first.date() + timedelta(days=1500), limit=2000)[:MOST_DATES]
    except ValueError:
        return (begin,)


@st.composite
def activities(draw: st.DrawFn, *, uid: str) -> tuple[list[ProgrammeEntry], Series | None]:
    """One activity: dates left out and added, and occurrences moved, renamed, placed elsewhere or called off."""
    begin, length, all_day = draw(beginnings())
    rrule, starts = draw(dated_rules(begin, all_day=all_day))
    extra = {starts[0] + timedelta(days=each) for each in draw(st.sets(st.integers(-20, 60), max_size=2))} - {*starts}
    kept = sorted({*starts, *extra} - draw(st.sets(st.sampled_from(starts), max_size=3))) or [starts[0]]
    is_recurring = rrule is not None or len(starts) > 1 or bool(extra)
    common: dict[str, Any] = {
        "all_day": all_day, "title": draw(TITLES), "places": draw(places()), "description": draw(TITLES),
        "is_recurring": is_recurring, "sequence": draw(st.integers(0, 9)), "contact": draw(TITLES),
        "themes": tuple(Label(code=code, name="") for code in draw(st.lists(TITLES, max_size=2))),
    }  # fmt: skip
    first = make_entry(kept[0], uid=uid, **common)
    entries = [
        first._replace(key=OccurrenceKey(uid, start), interval=Interval(start, start + length)) for start in kept
    ]
    for index in draw(st.sets(st.integers(0, len(entries) - 1), max_size=4)):
        entries[index] = draw(exceptions(entries[index]))
    if draw(st.integers(0, 9)) == 0:
        entries = [called_off(entry, "cancelled") for entry in entries]
    if not is_recurring:
        return entries, None
    return entries, Series(
        uid=uid, start=starts[0], end=starts[0] + length, all_day=all_day, rrule=rrule, rule_dates=starts,
        extra_dates=tuple(sorted(extra)),
    )  # fmt: skip


@st.composite
def exceptions(draw: st.DrawFn, entry: ProgrammeEntry) -> ProgrammeEntry:
    """The occurrence with something of its own."""
    what = draw(st.sampled_from(["moved", "longer", "renamed", "placed", "status"]))
    if what == "moved":
        return entry._replace(interval=entry.interval.shifted(timedelta(days=draw(st.integers(-40, 40)))))
    if what == "longer":
        return entry._replace(interval=Interval(entry.interval.start, entry.interval.end + timedelta(days=1)))
    if what == "renamed":
        return entry._replace(title=draw(TITLES))
    if what == "placed":
        return entry.changed(places=draw(places()), description=draw(TITLES))
    return called_off(entry, draw(st.sampled_from(sorted(STATUS_LABELS))))


def called_off(entry: ProgrammeEntry, status: str) -> ProgrammeEntry:
    """The occurrence in that status."""
    return entry._replace(status=status, status_label=STATUS_LABELS[status])


@st.composite
def plans(draw: st.DrawFn) -> Programme:
    """Up to three activities."""
    made = [draw(activities(uid=f"a{number}@pano")) for number in range(draw(st.integers(1, 3)))]
    entries = [entry for each, _series in made for entry in each]
    return Programme.of(entries, series=[series for _entries, series in made if series is not None])
