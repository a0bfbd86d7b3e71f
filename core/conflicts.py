"""What a rule or an importer finds wrong, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.intervals import Interval


class Level(StrEnum):
    """How much a conflict matters: a blocking one stops the save, a warning is only shown."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One finding of one rule.

    `code` names the rule ("double-booking"), `subjects` are the keys of what clashes (occurrence keys, resource
    ids) in a fixed order, `interval` is the time of the clash or None when time plays no part, and `message` is a
    whole sentence for people: the thing, the time, the clash and the way out.
    """

    code: str
    level: Level
    subjects: tuple[str, ...]
    interval: Interval | None
    message: str

    @property
    def is_blocking(self) -> bool:
        """True when the plan may not be saved while this conflict stands."""
        return self.level is Level.BLOCKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One bad cell, row (column None) or sheet (row None too) of an imported workbook; rows count from 1."""

    sheet: str
    row: int | None
    column: str | None
    message: str
