"""One event of an .ics file as a value: what it says, checked by itself, still in its own zone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from events.calendar_import.pieces import Fault, Piece
from events.calendar_import.properties import (
    FAULTS,
    Extra,
    Moment,
    Property,
    duration_of,
    moment_of,
    moments_of,
    read_line,
    shown,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from events.calendar_import.zones import Zones

LONGEST_UID: Final = 500
LONGEST_TITLE: Final = 255
LONGEST_DESCRIPTION: Final = 10_000
LONGEST: Final = timedelta(days=1_100)
USUAL: Final = timedelta(hours=1)  # of an event that says no end
DAY: Final = timedelta(days=1)
MOST_RULES: Final = 5
LISTS: Final = frozenset({"RRULE", "EXRULE", "RDATE", "EXDATE"})
CANCELLED, TENTATIVE = "CANCELLED", "TENTATIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignEvent:
    """One VEVENT. `number` is its first line in the file; `status` is the file's own word or empty.

    `recurrence_id` names the occurrence that it is about, where it is not a whole event. `rules` are RRULE values as
    written. `notes` are sentences about what was read otherwise than it stands.
    """

    uid: str
    number: int
    title: str
    description: str = ""
    location: str = ""
    status: str = ""
    is_private: bool = False
    order: tuple[int, str] = (0, "")  # of two versions of one event the higher is the newer
    start: Moment
    length: timedelta
    rules: tuple[str, ...] = ()
    extra: tuple[Extra, ...] = ()
    excluded: tuple[Moment, ...] = ()
    recurrence_id: Moment | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_cancelled(self) -> bool:
        """Whether it says that it does not take place."""
        return self.status == CANCELLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An event that is not taken, and why: `number` is its first line, `uid` and `title` as far as they can be read."""

    number: int
    uid: str
    title: str
    sentence: str


Lists = dict[str, list[Property]]


def read_event(piece: Piece, zones: Zones, *, is_cancelled: bool = False) -> ForeignEvent | Refusal:
    """Read an event; a refusal with a sentence where it cannot be planned. `is_cancelled` by the file's METHOD."""
    try:
        return _read(piece, zones, is_cancelled=is_cancelled)
    except FAULTS as fault:
        uid, title = _names(piece)
        sentence = str(fault) if type(fault) is ValueError else _("The event has a value that cannot be read.")
        return Refusal(number=piece.number, uid=uid, title=title, sentence=sentence)


def _read(piece: Piece, zones: Zones, *, is_cancelled: bool) -> ForeignEvent:
    _reject_broken(piece)
    single, lists = _properties(piece)
    if "EXRULE" in lists:
        raise ValueError(_("It leaves dates out by a rule (EXRULE), which is no longer part of iCalendar."))
    if "DTSTART" not in single:
        raise ValueError(_("It has no begin (DTSTART)."))
    start = moment_of(single["DTSTART"], zones)
    notes: list[str] = []
    length = _length(start, single, zones, notes=notes)
    title, description = _words(single, notes)
    location = text_of(single.get("LOCATION"))
    return ForeignEvent(
        uid=_uid(single, (title, location, f"{start.wall}"), notes),
        number=piece.number,
        title=title,
        description=description,
        location=" ".join(location.split())[:LONGEST_TITLE],
        status=CANCELLED if is_cancelled else text_of(single.get("STATUS")).upper(),
        is_private=text_of(single.get("CLASS")).upper() in {"PRIVATE", "CONFIDENTIAL"},
        order=_order(single),
        start=start,
        length=length,
        rules=_rules(lists),
        extra=tuple(each for line in lists["RDATE"] for each in moments_of(line, zones)),
        excluded=tuple(each.moment for line in lists["EXDATE"] for each in moments_of(line, zones)),
        recurrence_id=_recurrence_id(single.get("RECURRENCE-ID"), zones),
        notes=tuple(notes),
    )


def _reject_broken(piece: Piece) -> None:
    sentences = {
        Fault.NO_END: _("Its end (END:VEVENT) is missing."),
        Fault.TOO_LONG: _("It says more than Pano reads of one event (512 KB, 3,000 lines)."),
        Fault.TOO_DEEP: _("Its parts lie within each other too deeply."),
    }
    if piece.fault is not None:
        raise ValueError(sentences[piece.fault])


def _properties(piece: Piece) -> tuple[dict[str, Property], Lists]:
    """What may stand once, the first of each; and what may stand several times."""
    single: dict[str, Property] = {}
    lists: Lists = defaultdict(list)
    for line in piece.lines:
        if line.name in LISTS:
            lists[line.name].append(read_line(line))
        elif line.name not in single:
            single[line.name] = read_line(line)
    return single, lists


def _length(start: Moment, single: Mapping[str, Property], zones: Zones, *, notes: list[str]) -> timedelta:
    """How long one occurrence lasts; what says no end lasts its day, or an hour."""
    if "DTEND" in single:
        length = _until(start, moment_of(single["DTEND"], zones))
    elif "DURATION" in single:
        length = duration_of(single["DURATION"])
    else:
        length = DAY if start.is_date else timedelta(0)
    if length < timedelta(0):
        raise ValueError(_("It ends before it begins."))
    if not length:
        notes.append(_("It says no end; taken as one day.") if start.is_date else _("It says no end; taken as 1 hour."))
        length = DAY if start.is_date else USUAL
    if length > LONGEST:
        raise ValueError(_("It lasts more than three years."))
    if start.is_date and length % DAY:
        raise ValueError(_("It lasts whole days but its duration is not a number of days."))
    return length


def _until(start: Moment, end: Moment) -> timedelta:
    if start.is_date != end.is_date:
        raise ValueError(_("It begins with a day and ends with a time, or the other way round."))
    return end.wall - start.wall if start.is_date else end.at() - start.at()


def _words(single: Mapping[str, Property], notes: list[str]) -> tuple[str, str]:
    title = " ".join(text_of(single.get("SUMMARY")).split())
    description = text_of(single.get("DESCRIPTION"))
    if not title:
        title = _("(no title)")
        notes.append(_("It has no title (SUMMARY)."))
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1]}…"
        notes.append(_("Its title was cut to 255 characters."))
    if len(description) > LONGEST_DESCRIPTION:
        description = f"{description[: LONGEST_DESCRIPTION - 1]}…"
        notes.append(_("Its description was cut to 10,000 characters."))
    return title, description


def _uid(single: Mapping[str, Property], instead: Iterable[str], notes: list[str]) -> str:
    """The UID as a key; a long one by its hash, and what has none by what it says."""
    uid = " ".join(text_of(single.get("UID")).split())
    if not uid:
        notes.append(_("It has no UID; it is known again by its title, place and begin."))
        return f"sha256:{_digest(instead)}"
    return uid if len(uid) <= LONGEST_UID else f"sha256:{_digest([uid])}"


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _order(single: Mapping[str, Property]) -> tuple[int, str]:
    sequence, stamp = text_of(single.get("SEQUENCE")), text_of(single.get("DTSTAMP"))
    is_number = sequence.isascii() and sequence.isdigit() and len(sequence) < LONGEST_NUMBER
    return int(sequence) if is_number else 0, stamp[:20]


LONGEST_NUMBER: Final = 10  # digits


def _rules(lists: Lists) -> tuple[str, ...]:
    rules = tuple(dict.fromkeys(line.value for line in lists["RRULE"] if line.value))
    if len(rules) > MOST_RULES:
        raise ValueError(_("It repeats by more than five rules."))
    return rules


def _recurrence_id(found: Property | None, zones: Zones) -> Moment | None:
    if found is None:
        return None
    if found.parameters.get("RANGE"):
        raise ValueError(
            _("It changes an occurrence and all that follow (RANGE), which other programs read differently.")
        )
    return moment_of(found, zones)


def _names(piece: Piece) -> tuple[str, str]:
    """UID and title of an event that cannot be read, as far as they can."""
    found = {"UID": "", "SUMMARY": ""}
    for line in piece.lines:
        if line.name in found and not found[line.name]:
            found[line.name] = shown(line.text.partition(":")[2])
    return found["UID"], found["SUMMARY"]
