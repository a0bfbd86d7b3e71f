"""What a document says that the Programme does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.intervals import LOCAL_ZONE, last_day
from core.vietnamese import format_date

if TYPE_CHECKING:
    from core.intervals import Interval
    from events.outputs.documents.model import DocumentFrame
    from events.outputs.documents.point_map import MapOutline
    from events.programme.entries import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """The surroundings of a document.

    `subjects` are lines that say for whom ("Địa bàn: Huyện Cao Lộc"), `where` the same within a sentence ("trên địa
    bàn Huyện Cao Lộc", empty for the whole plan); `period` what was asked for, None for all there is; `today` the day
    it is printed; `link` the absolute address of the live page; `file_name` without ending.
    """

    kind: str
    subjects: tuple[str, ...]
    where: str
    period: Interval | None
    today: date
    frame: DocumentFrame
    link: str
    file_name: str
    outlines: tuple[MapOutline, ...] = ()

    @property
    def printed_on(self) -> str:
        """The day it is printed, "08/08/2023"."""
        return format_date(self.today)

    @property
    def period_words(self) -> str:
        """The period asked for, "từ ngày … đến ngày …"; empty for all there is."""
        if self.period is None:
            return ""
        first = self.period.start.astimezone(LOCAL_ZONE).date()
        return f"từ ngày {format_date(first)} đến ngày {format_date(last_day(self.period))}"


def span_of(programme: Programme, period: Interval | None) -> tuple[date, date] | None:
    """Return the first and last local day of the period, else of the entries; None where there is neither."""
    if period is None and not programme.entries:
        return None
    intervals = [entry.interval for entry in programme.entries] if period is None else [period]
    first = min(interval.start for interval in intervals).astimezone(LOCAL_ZONE).date()
    return first, max(last_day(interval) for interval in intervals)


def period_text(programme: Programme, period: Interval | None) -> str:
    """Return "từ ngày 01/05/2023 đến ngày 31/12/2023": the period asked for, else the span of the entries, else ""."""
    span = span_of(programme, period)
    return "" if span is None else f"từ ngày {format_date(span[0])} đến ngày {format_date(span[1])}"
