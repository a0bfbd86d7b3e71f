"""What a document is before it is PDF, DOCX, XLSX or text: every format writes this model and nothing else.

So all formats hold the same rows in the same order; `Document.keys` is that order, and tests compare it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from decimal import Decimal

    from core.keys import OccurrenceKey
    from events.outputs.documents.point_map import PointMap

ValueType = Literal["text", "integer", "number", "money", "date", "datetime"]
Align = Literal["left", "center", "right"]
Paper = Literal["A4", "A3"]
Orientation = Literal["portrait", "landscape"]
RowKind = Literal["entry", "off", "total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value: `text` as people read it (a line break parts paragraphs), `value` as a spreadsheet keeps it.

    `value` is None where the text is all there is; datetimes are local and aware. Where it begins a period, `until`
    ends it: a last day, included, or a moment. `small` is a second line in small italics: the lunar date, the kind.
    Formats without styles join both by a line break (`lines`).
    """

    text: str = ""
    value: date | datetime | Decimal | int | None = None
    until: date | datetime | None = None
    small: str = ""
    span: int = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, then the small one; empty ones left out."""
        return tuple(line for line in (*self.text.split("\n"), self.small) if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: `width` in millimetres on the paper of the document, `value_type` of its cells' values."""

    key: str
    heading: str
    width: float
    align: Align = "left"
    value_type: ValueType = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: one cell a column (a cell's `span` covers more), and the occurrences it shows.

    `kind` "off" is cancelled or postponed (struck through, named in words), "total" a sum.
    """

    cells: tuple[Cell, ...]
    keys: tuple[OccurrenceKey, ...] = ()
    kind: RowKind = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows under a heading across the table: a week, a month, a day. An empty title shows no heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table under a heading of its own (an empty title shows none): groups of rows, then its totals.

    `nothing` is the sentence that stands there when no group has a row.
    """

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    title: str = ""
    totals: tuple[Row, ...] = ()
    nothing: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows but the totals, in their order."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One block to sign: `who` in capitals, `how` in brackets, `name` printed below the blank, empty as a rule.

    `who` may take several lines: "KT. GIÁM ĐỐC" above "PHÓ GIÁM ĐỐC". `how` may be empty.
    """

    who: str
    how: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """The head of an appendix: "Phụ lục II" above the title, and in brackets below it "Kèm theo Kế hoạch số …".

    `attached_to` may be empty.
    """

    number: str
    attached_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFrame:
    """What stands around the content, in the form of Decree 30/2020/NĐ-CP, annex I.

    `authority` are the lines of the issuing body, its parent first. `number_line` and `date_line` are blanks to fill
    by hand ("Số: …/KH-TTVH"); empty where the document has none. `draft_mark` is "DỰ THẢO" or empty. The national
    title stands only where `has_national_title`. The date stands at the head (`is_dated_above`) beside a number or
    below a national title, else above the last signature.
    """

    authority: tuple[str, ...] = ()
    has_national_title: bool = False
    draft_mark: str = "DỰ THẢO"
    number_line: str = ""
    date_line: str = ""
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    appendix: Appendix | None = None

    @property
    def is_dated_above(self) -> bool:
        """Whether the date line stands at the head."""
        return bool(self.date_line) and (self.has_national_title or bool(self.number_line))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """The entries of a document as iCalendar; `changed` is when the last of them did, None where there are none."""

    content: bytes
    changed: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document, ready for any format.

    `kind` is a key of `PANO_DOCUMENT_KINDS`, `title` in capitals, `subtitle` the lines below it (area, period,
    campaigns). `summary` are sentences below the tables (totals in words). `link` is the absolute address of the live
    page, `printed_on` ready text. `drawing` is what a kind with a page form of its own (wall calendar, route sheet)
    draws instead of the tables; the tables list the same entries for every other format. `file_name` has no ending.
    With `calendar` the PDF is PDF/A-3 and carries it, instead of PDF/UA-1.
    """

    kind: str
    title: str
    subtitle: tuple[str, ...]
    frame: DocumentFrame
    sections: tuple[Section, ...]
    revision: str
    printed_on: str
    link: str
    file_name: str
    language: str = "vi"
    paper: Paper = "A4"
    orientation: Orientation = "landscape"
    summary: tuple[str, ...] = ()
    map: PointMap | None = None
    drawing: object | None = None
    calendar: CalendarFile | None = None

    @property
    def full_title(self) -> str:
        """What the file calls itself: the title, with the first line below it."""
        return " – ".join((self.title, *self.subtitle[:1]))

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of all sections but the totals, in the order of the paper."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def keys(self) -> tuple[OccurrenceKey, ...]:
        """The occurrences shown, in the order of the paper; one that two rows show stands twice."""
        return tuple(self._keys())

    def _keys(self) -> Iterator[OccurrenceKey]:
        for row in self.rows:
            yield from row.keys
