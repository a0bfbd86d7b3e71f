"""What a rule or an importer finds wrong, as plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, last_day

if TYPE_CHECKING:
    from datetime import datetime

    from core.intervals import Interval

_OCCURRENCE = re.compile(r"~\d{8}T\d{6}Z\Z")  # the end of a `core.keys.OccurrenceKey`


class Level(StrEnum):
    """How much a conflict matters: a blocking one stops the save, a warning is only shown."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One finding of one rule.

    `code` names the rule ("double_booking"), `subjects` are the keys of what clashes (occurrence keys, or uids where it
    concerns a whole activity) in a fixed order, `interval` is the time of the clash or None when time plays no part,
    and `message` is a whole sentence for people: the thing, the time, the clash and the way out. `about` tells findings
    of one rule on the same subjects apart by what they turn on ("resource/7", "lead_time/R1"); `basis` is the legal
    source, empty where there is none.
    """

    code: str
    level: Level
    subjects: tuple[str, ...]
    interval: Interval | None
    message: str
    about: str = ""
    basis: str = ""

    @property
    def is_blocking(self) -> bool:
        """True when the plan may not be saved while this conflict stands."""
        return self.level is Level.BLOCKING

    @property
    def uids(self) -> tuple[str, ...]:
        """The activities concerned, each once, in the order of the subjects."""
        return tuple(dict.fromkeys(_OCCURRENCE.sub("", subject) for subject in self.subjects))

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits that are the same for the same finding on the same local days.

        Titles, hours and the words of the sentence play no part: a warning accepted stays accepted when they change.
        """
        days = [] if self.interval is None else [_local_day(self.interval.start), last_day(self.interval).isoformat()]
        told = "\n".join((self.code, self.about, *sorted(self.subjects), *days))
        return sha256(told.encode()).hexdigest()


def _local_day(moment: datetime) -> str:
    return moment.astimezone(LOCAL_ZONE).date().isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One bad cell, row (column None) or sheet (row None too) of an imported workbook; rows count from 1."""

    sheet: str
    row: int | None
    column: str | None
    message: str
