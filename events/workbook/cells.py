"""One row of a sheet, and the typed reading of its cells; every fault is collected, none is raised."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from core.conflicts import Problem
from core.text import fold
from core.vietnamese import format_date, format_time, parse_date, parse_number, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Given = TypeVar("Given")
Read = TypeVar("Read")
Cell = str | int | float | bool | date | time | timedelta | None
_ENTRIES = re.compile(r"[;\n]")
_CODES = re.compile(r"[;,\n]")
_LARGEST = Decimal(10) ** 10


@dataclass
class Problems:
    """Everything found wrong so far, over all sheets."""

    found: list[Problem] = field(default_factory=list)
    bad_rows: set[tuple[str, int | None]] = field(default_factory=set)

    def add(self, sheet: str, message: str, *, row: int | None = None, column: str | None = None) -> None:
        """Note one problem."""
        self.found.append(Problem(sheet=sheet, row=row, column=column, message=message))
        self.bad_rows.add((sheet, row))

    def touch(self, sheet: str) -> bool:
        """Tell whether anything in the sheet is wrong."""
        return any(bad == sheet for bad, _row in self.bad_rows)

    def __bool__(self) -> bool:
        return bool(self.found)


@dataclass(frozen=True, kw_only=True)
class Row:
    """The cells of one row by column title. Readers return a neutral value for a bad cell and note the problem."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]
    problems: Problems
    unreadable: frozenset[str] = frozenset()  # columns whose fault is already noted

    @property
    def is_bad(self) -> bool:
        """Whether a problem of this row is noted."""
        return (self.sheet, self.number) in self.problems.bad_rows

    def has_column(self, title: str) -> bool:
        """Tell whether the file has this column at all."""
        return title in self.letters

    def report(self, title: str | None, message: str) -> None:
        """Note a problem of this row, at the named column."""
        column = f"{self.letters[title]} – {title}" if title is not None and title in self.letters else title
        self.problems.add(self.sheet, message, row=self.number, column=column)

    def text(self, title: str, *, is_required: bool = False, limit: int | None = None) -> str:
        """The cell as clean text: NFC, one kind of line end, no space around; "" when empty."""
        found = as_text(self.cells.get(title))
        if is_required and not found and title not in self.unreadable:
            self.report(title, _("“%(column)s” is empty; please fill it in.") % {"column": title})
        if limit is not None and len(found) > limit:
            self.report(
                title,
                _("The text has %(length)s characters; at most %(limit)s are allowed.")
                % {"length": len(found), "limit": limit},
            )
        return found

    def day(self, title: str, *, is_required: bool = False) -> date | None:
        """The cell as a day, from a real Excel date or dd/mm/yyyy."""
        value = self.cells.get(title)
        if isinstance(value, date):
            return parse_date(value)
        written = self.text(title, is_required=is_required)
        return self._attempt(title, parse_date, written) if written else None

    def clock(self, title: str) -> time | None:
        """The cell as a time of day, from a real Excel time or "19h30"; whole seconds."""
        value = self.cells.get(title)
        if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
            value = datetime.min + value  # noqa: DTZ901 -- a bare clock, no date is kept
        if isinstance(value, datetime):
            value = value.time()
        if isinstance(value, time):
            return _whole_second(value)
        written = self.text(title)
        return self._attempt(title, parse_time, written) if written else None

    def decimal(self, title: str, *, places: int = 2, limit: Decimal = _LARGEST) -> Decimal | None:
        """The cell as a number of at most `places` decimals, not negative and below `limit`."""
        value = self.cells.get(title)
        is_plain = isinstance(value, int | float) and not isinstance(value, bool)
        written: str | float = value if is_plain else self.text(title)  # type: ignore[assignment]
        found = None if written == "" else self._attempt(title, parse_number, written)
        if found is None:
            return None
        if found < 0 or found >= limit:
            self.report(title, _("«%(value)s» is out of range; give a number of 0 or more.") % {"value": written})
            return None
        if found != round(found, places):
            self.report(
                title,
                _("«%(value)s» has too many decimals; at most %(places)s are kept.")
                % {"value": written, "places": places},
            )
            return None
        return found

    def integer(self, title: str, *, is_required: bool = False, limit: int = 1_000_000_000) -> int | None:
        """The cell as a whole number of 0 or more."""
        if is_required:
            self.text(title, is_required=True)
        found = self.decimal(title, places=0, limit=Decimal(limit))
        return None if found is None else int(found)

    def choice(self, title: str, labels: Mapping[str, str], *, default: str | None = None) -> str | None:
        """The key whose label stands in the cell, marks and case apart; `default` when empty."""
        written = self.text(title, is_required=default is None)
        if not written:
            return default
        keys = {fold(label): key for key, label in labels.items()}
        found = keys.get(fold(written))
        if found is None:
            self.report(
                title,
                _("“%(value)s” is not one of the allowed values: %(allowed)s.")
                % {"value": written, "allowed": ", ".join(labels.values())},
            )
        return found

    def entries(self, title: str) -> tuple[str, ...]:
        """The parts of the cell between semicolons, in order, each once."""
        return _split(_ENTRIES, self.text(title))

    def codes(self, title: str) -> tuple[str, ...]:
        """The codes of the cell, between semicolons or commas, in order, each once."""
        return _split(_CODES, self.text(title))

    def _attempt(self, title: str, parse: Callable[[Given], Read], value: Given) -> Read | None:
        try:
            return parse(value)
        except ValueError as error:
            self.report(title, str(error))
            return None


def as_text(value: Cell) -> str:
    """Return any cell value as clean text; see `Row.text`."""
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, time):
        return format_time(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))


def clean(text: str) -> str:
    """Return the text as a workbook can carry it: NFC, one kind of line end, no space around."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    parts: Iterable[str] = (part.strip() for part in pattern.split(text))
    return tuple(dict.fromkeys(filter(None, parts)))


def _whole_second(value: time) -> time:
    rounded = datetime.combine(date.min, value) + timedelta(microseconds=500_000)
    return rounded.time().replace(microsecond=0)
