"""A document drawn in slices has the pages of the whole, word for word and place for place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from events.outputs.documents.facts import DocumentFacts
from events.outputs.documents.model import Cell, Document, DocumentFrame, Row, Signature
from events.outputs.documents.pdf import write_document_pdf
from events.outputs.documents.schedule import build_schedule
from events.outputs.documents.slices import write_slices
from events.outputs.documents.week import build_week
from events.programme.entries import Programme, ProgrammeEntry
from tests.events.documents.measuring import papers_of
from tests.events.outputs.programmes import at, make_entry

pytestmark = pytest.mark.slow
FACTS = DocumentFacts(
    kind="schedule",
    subjects=("Địa bàn: Huyện Cao Lộc",),
    where="trên địa bàn Huyện Cao Lộc",
    period=None,
    today=at().date(),
    frame=DocumentFrame(authority=("UBND Huyện Cao Lộc",), signatures=(Signature(who="GIÁM ĐỐC", how="Ký tên"),)),
    link="https://lich.example.vn/calendar/",
    file_name="lich",
)
TALL = " ".join(f"chữ{number}" for number in range(1_500))  # a row of more than a page


def entries() -> Iterator[ProgrammeEntry]:
    """Seventy shows on as many days, of one to four lines."""
    for number in range(70):
        title = f"Đêm văn nghệ {number} " * (1 + number % 4)
        yield make_entry(at() + timedelta(days=number), uid=f"a{number}@pano", title=title)


def schedule() -> Document:
    return build_schedule(Programme.of(list(entries()), series=(), is_sorted=True), FACTS, group_by="week")


def weeks() -> Document:
    programme = Programme.of(list(entries())[:30], series=(), is_sorted=True)
    return build_week(programme, replace(FACTS, kind="week"))


def with_totals() -> Document:
    document = schedule()
    (section,) = document.sections
    width = len(section.columns)
    totals = tuple(Row(cells=(Cell(text=f"Cộng {each}", span=width),), kind="total") for each in range(3))
    return replace(document, sections=(replace(section, totals=totals),))


def with_a_tall_row() -> Document:
    rows = list(entries())
    rows[8:8] = [make_entry(at(day=16, hour=23), uid="cao@pano", title=TALL)]
    return build_schedule(Programme.of(rows[:30], series=(), is_sorted=True), FACTS, group_by="month")


@pytest.mark.parametrize("make", [schedule, weeks, with_totals, with_a_tall_row])
@pytest.mark.parametrize("at_once", [4, 23])
def test_the_pages_are_those_of_the_whole(make: Callable[[], Document], at_once: int) -> None:
    document = make()
    slices = write_slices(document, at_once=at_once)
    assert 1 < len(slices) <= len(document.rows)
    found = [page for each in slices for page in papers_of(each)]
    assert found == papers_of(write_document_pdf(document))


def test_what_fits_a_slice_is_one() -> None:
    document = schedule()
    (only,) = write_slices(document)
    assert only == write_slices(document, at_once=len(document.rows))[0]
    assert papers_of(only) == papers_of(write_document_pdf(document))
