"""A whole .ics file as its events: what can be read, what is refused and why, and what is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.calendar_import.foreign import ForeignEvent, Refusal, read_event
from events.calendar_import.pieces import (
    CALENDAR,
    EVENT,
    MAX_BYTES,
    MAX_EVENTS,
    ZONE,
    count_events,
    has_too_many_parts,
    is_calendar,
    is_utf8,
    pieces_of,
    plain_bytes,
)
from events.calendar_import.zones import Zones, tzid_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from events.calendar_import.pieces import Piece

    Progress = Callable[[int, int], None]  # done, total

MOST_ZONES: Final = 500
ANSWERS: Final = frozenset({"REPLY", "REFRESH", "COUNTER", "DECLINECOUNTER"})  # of RFC 5546: letters, not calendars
LEFT_OUT_NAMES: Final = {
    "VTODO": gettext_lazy("tasks"),
    "VJOURNAL": gettext_lazy("journal entries"),
    "VFREEBUSY": gettext_lazy("free and busy times"),
}


class NotACalendar(ValueError):  # noqa: N818 -- named for what the file is
    """The file as a whole cannot be imported; the message is a sentence."""


@dataclass(slots=True, kw_only=True)
class ForeignCalendar:
    """What a file holds: `notes` are sentences about the file as a whole."""

    events: list[ForeignEvent] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_calendar(content: bytes, *, progress: Progress) -> ForeignCalendar:
    """Read all events of a file; `progress` is told after each how many of how many are done, and may raise.

    NotACalendar with a sentence where the file is no calendar, too large, or has no event at all. A broken event is
    among the refusals and spoils no other. The work a file can ask for is bounded by its size.
    """
    if len(content) > MAX_BYTES:
        raise NotACalendar(_("The file is larger than 20 MB; split the calendar."))
    plain = plain_bytes(content)
    if not is_calendar(plain):
        raise NotACalendar(_("This is no calendar file: it has no BEGIN:VCALENDAR. Choose a file that ends with .ics."))
    if has_too_many_parts(plain):
        raise NotACalendar(_("The file holds more than 400,000 components; split the calendar."))
    total = count_events(plain)
    if total > MAX_EVENTS:
        raise NotACalendar(
            _("The file has %(count)s events; at most 20,000 can be imported at once.") % {"count": total}
        )
    reader = _Reader(zones=_zones(plain), total=total, progress=progress)
    for piece in pieces_of(plain):
        reader.take(piece)
    return reader.finish(is_utf8=is_utf8(plain))


def _zones(plain: bytes) -> dict[int, Zones]:
    """The zones that each calendar of the file defines, wherever it does so."""
    definitions: dict[int, dict[str, Piece]] = {}
    found = (piece for piece in pieces_of(plain) if piece.kind == ZONE) if b"VTIMEZONE" in plain.upper() else ()
    for count, piece in enumerate(found):
        if count >= MOST_ZONES:
            break
        definitions.setdefault(piece.calendar, {}).setdefault(tzid_of(piece), piece)
    return {calendar: Zones(each) for calendar, each in definitions.items()}


class _Reader:
    """Takes the pieces one by one."""

    def __init__(self, *, zones: dict[int, Zones], total: int, progress: Progress) -> None:
        self.zones = zones
        self.total = total
        self.progress = progress
        self.found = ForeignCalendar()
        self.methods: dict[int, str] = {}
        self.left_out: Counter[str] = Counter()
        self.done = 0

    def take(self, piece: Piece) -> None:
        if piece.kind == CALENDAR:
            self._open(piece)
        elif piece.kind == EVENT:
            self._read(piece)
        elif piece.kind != ZONE:
            self.left_out[piece.kind] += 1

    def _open(self, head: Piece) -> None:
        said = {line.name: line.text.partition(":")[2].strip().upper() for line in head.lines}
        if said.get("VERSION") == "1.0":
            raise NotACalendar(_("This is a vCalendar 1.0 file, an older format; save it as iCalendar (.ics)."))
        method = said.get("METHOD", "")
        if method in ANSWERS:
            told = {"method": method}
            raise NotACalendar(_("This file is an answer to an invitation (METHOD:%(method)s), not a calendar.") % told)
        self.methods[head.calendar] = method

    def _read(self, piece: Piece) -> None:
        method = self.methods.get(piece.calendar, "")
        zones = self.zones.setdefault(piece.calendar, Zones({}))
        read = read_event(piece, zones, is_cancelled=method == "CANCEL")
        if isinstance(read, Refusal):
            self.found.refusals.append(read)
        else:
            self.found.events.append(read)
        self.done += 1
        self.progress(self.done, self.total)

    def finish(self, *, is_utf8: bool) -> ForeignCalendar:
        if not self.done:
            raise NotACalendar(" ".join([_("The file holds no event."), *self._told()]))
        if not is_utf8:
            self.found.notes.append(
                _("The file is not written in UTF-8; Vietnamese letters may be wrong. Check titles before saving.")
            )
        if "CANCEL" in self.methods.values():
            self.found.notes.append(_("The file calls its events off (METHOD:CANCEL)."))
        if {"REQUEST", "ADD"} & set(self.methods.values()):
            self.found.notes.append(_("The file is an invitation; guests and the organiser are not taken over."))
        self.found.notes += self._told()
        return self.found

    def _told(self) -> Iterable[str]:
        for kind, count in sorted(self.left_out.items()):
            name = str(LEFT_OUT_NAMES.get(kind, kind))
            yield ngettext(
                "%(count)d component that is no event was left out (%(name)s).",
                "%(count)d components that are no events were left out (%(name)s).",
                count,
            ) % {"count": count, "name": name}
