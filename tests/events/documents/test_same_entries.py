"""PDF, Word, Excel, text and page list the same entries in the same order: for the real plan and for made-up ones.

Each row is marked with a number of its own, so that a row lost, doubled or moved is seen whatever its words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from itertools import count
from typing import Final

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from hypothesis import given, settings
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from events.documents import build_document, document_kinds, parse_spec
from events.documents.formats import FORMATS, write_as
from events.outputs.documents.model import Document, Row, Section
from events.outputs.documents.schedule import build_schedule
from events.outputs.documents.text import MAIN
from events.outputs.documents.week import build_week
from events.outputs.office_files import legal_text
from events.programme.entries import Programme
from mobile_teams.models import Tour
from tests.events.documents.document_makers import FACTS
from tests.events.documents.docx_reading import grids_of, words_of
from tests.events.documents.measuring import printed_text_of, squeezed
from tests.events.outputs.programmes import made_up_programmes
from tests.factories import make_planner
from units.permissions import viewer_of

TODAY: Final = date(2023, 8, 1)
MARK: Final = re.compile(r"Mục\s?#\s?(\d{4})")
QUERIES: Final = {
    "schedule": "document=schedule&area=huyen-cao-loc&group=week",
    "week": "document=week&area=huyen-cao-loc&from=2023-08-07&to=2023-09-03",
    "postings": "document=postings&area=huyen-cao-loc",
    "calendar": "document=calendar&area=huyen-cao-loc&from=2023-08-01&to=2023-08-31",
    "notices": "document=notices&campaign=asean-2023",
    "removals": "document=removals&campaign=asean-2023",
    "route-sheet": "document=route-sheet",
}
DRAWN: Final = "route-sheet"  # its PDF is a form of its own, not the tables


@pytest.fixture(scope="module")
def documents(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Document]]:  # noqa: ARG001 -- makes it first
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("import_plan", "plans/asean-2023.xlsx", verbosity=0)
        viewer = viewer_of(make_planner())
        queries = QUERIES | {DRAWN: f"document={DRAWN}&tour={Tour.objects.order_by('pk')[0].pk}"}
        yield {
            kind: build_document(parse_spec(QueryDict(query), today=TODAY), viewer=viewer, printed_on=TODAY)
            for kind, query in queries.items()
        }
        transaction.set_rollback(True)


def marked(document: Document) -> Document:
    """The document with "Mục #0001", "Mục #0002" … for what each row is about, in the order of `Document.keys`."""
    numbers = count(1)

    def mark_row(section: Section, row: Row) -> Row:
        keys = [column.key for column in section.columns]
        main = next(keys.index(key) for key in MAIN if key in keys)
        if not row.keys:
            return row
        cell = replace(row.cells[main], text=f"Mục #{next(numbers):04}")
        return replace(row, cells=(*row.cells[:main], cell, *row.cells[main + 1 :]))

    sections = tuple(
        replace(
            section,
            groups=tuple(
                replace(group, rows=tuple(mark_row(section, row) for row in group.rows)) for group in section.groups
            ),
        )
        for section in document.sections
    )
    return replace(document, sections=sections)


def text_of(content: bytes, ending: str) -> str:
    if ending == "pdf":
        return printed_text_of(content)
    if ending == "docx":
        return "\n".join(words_of(content))
    if ending == "xlsx":
        sheets = load_workbook(BytesIO(content)).worksheets
        return "\n".join(str(cell.value or "") for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return unescape(content.decode())


def marks_in(document: Document, ending: str) -> list[int]:
    return [int(number) for number in MARK.findall(text_of(write_as(marked(document), ending), ending))]


def grid_of(document: Document) -> list[list[str]]:
    """Every line of the document's tables as a Word file shows it."""
    lines = []
    for section in document.sections:
        if section.rows:
            lines.append([column.heading for column in section.columns])
        for group in section.groups:
            lines += [[group.title]] if group.title and group.rows else []
            lines += [["\n".join(cell.lines) for cell in row.cells] for row in group.rows]
        lines += [[cell.text for cell in row.cells] for row in section.totals if section.rows]
    return [[legal_text(text) for text in line] for line in lines]


def shown_in_word(document: Document) -> list[list[str]]:
    return [row for table in grids_of(write_as(document, "docx")) for row in table]


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("kind", QUERIES)
def test_every_form_of_the_real_plan_lists_its_entries_in_their_order(
    documents: dict[str, Document], kind: str
) -> None:
    document = documents[kind]
    expected = list(range(1, sum(bool(row.keys) for row in document.rows) + 1))
    assert len(expected) >= 5
    forms = [ending for ending in FORMATS if (kind, ending) != (DRAWN, "pdf")]
    assert {ending: marks_in(document, ending) for ending in forms} == dict.fromkeys(forms, expected)
    assert shown_in_word(document) == grid_of(document)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_drawn_route_sheet_has_its_stops_in_the_same_order(documents: dict[str, Document]) -> None:
    document = documents[DRAWN]
    printed = squeezed(printed_text_of(write_as(document, "pdf")))
    title = [column.key for column in document.sections[0].columns].index("what")
    places = [printed.find(squeezed(row.cells[title].text)) for row in document.rows]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.django_db
@pytest.mark.slow
def test_every_kind_and_every_form_is_compared(documents: dict[str, Document]) -> None:
    assert list(documents) == list(document_kinds())
    assert list(FORMATS) == ["pdf", "xlsx", "docx", "txt", "html"]


@pytest.mark.slow
@pytest.mark.timeout(400)
@settings(max_examples=12, deadline=None)
@given(programme=made_up_programmes())
def test_every_light_form_lists_made_up_entries_in_their_order(programme: Programme) -> None:
    for document in (build_schedule(programme, FACTS, group_by="week"), build_week(programme, FACTS)):
        expected = list(range(1, len(document.keys) + 1))
        assert len(expected) == len(programme.entries)
        forms = ("xlsx", "docx", "txt", "html")
        assert {ending: marks_in(document, ending) for ending in forms} == dict.fromkeys(forms, expected)
        assert shown_in_word(document) == grid_of(document)


@pytest.mark.slow
@pytest.mark.timeout(400)
@settings(max_examples=5, deadline=None)
@given(programme=made_up_programmes())
def test_the_pdf_lists_made_up_entries_in_their_order(programme: Programme) -> None:
    document = build_schedule(programme, FACTS)
    assert marks_in(document, "pdf") == list(range(1, len(programme.entries) + 1))
