"""The form of every kind of document, measured in the PDF of the real plan (Decree 30/2020/NĐ-CP, annex I, PDF/UA)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from pdfua import Severity, validate
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from events.documents import DocumentSpec, build_document, document_kinds, parse_spec, render_document
from events.outputs.documents.facts import DocumentFacts
from events.outputs.documents.model import Appendix, Document, DocumentFrame
from events.outputs.documents.pdf import write_document_pdf
from events.outputs.documents.schedule import build_schedule
from events.programme import Scope, load_programme
from events.programme.entries import Programme
from mobile_teams.models import Tour
from tests.events.documents.measuring import (
    faults_of,
    fonts_of,
    papers_of,
    printed_text_of,
    squeezed,
    structure_of,
    text_of,
)
from tests.events.outputs.programmes import make_entry
from tests.factories import make_planner
from tests.judges.feeds import by_icalendar, rows_of_entries
from units.permissions import Viewer, viewer_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
TODAY: Final = date(2023, 8, 1)
QUERIES: Final = {
    "schedule": "area=huyen-cao-loc",
    "week": "area=huyen-cao-loc&from=2023-08-07&to=2023-09-03",
    "postings": "area=huyen-cao-loc",
    "calendar": "area=huyen-cao-loc&from=2023-08-01&to=2023-08-31",
    "notices": "area=huyen-cao-loc",
    "removals": "area=huyen-cao-loc",
    "route-sheet": "",
}
TABLES: Final = (
    "schedule",
    "week",
    "postings",
    "notices",
    "removals",
)  # A4 by the decree; the others have a form of their own
FAMILIES: Final = {"Liberation-Serif", "Source-Serif-4"}
WEIGHTS: Final = ("", "-Bold", "-Italic", "-Bold-Italic")


@dataclass(frozen=True, slots=True)
class Sample:
    """A document of the real plan and its PDF, both for the archive too, and the Programme of its activities."""

    document: Document
    content: bytes
    archived: Document
    archive: bytes
    programme: Programme


@pytest.fixture(scope="module")
def samples(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Sample]]:  # noqa: ARG001 -- makes it first
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("import_plan", "plans/asean-2023.xlsx", verbosity=0)
        viewer = viewer_of(make_planner())
        queries = QUERIES | {"route-sheet": f"tour={Tour.objects.order_by('pk')[0].pk}"}
        yield {kind: sample_of(f"document={kind}&{query}", viewer) for kind, query in queries.items()}
        transaction.set_rollback(True)


def sample_of(query: str, viewer: Viewer) -> Sample:
    document, archived = (
        build_document(parse_spec(QueryDict(each), today=TODAY), viewer=viewer, printed_on=TODAY)
        for each in (query, f"{query}&archive=yes")
    )
    uids = tuple({key.uid for key in document.keys})
    programme = load_programme(window=None, scope=Scope(uids=uids), viewer=viewer)
    return Sample(document, render_document(document), archived, render_document(archived), programme)


@pytest.fixture(params=QUERIES)
def sample(request: pytest.FixtureRequest, samples: dict[str, Sample]) -> Sample:
    return samples[request.param]


def test_every_kind_is_measured() -> None:
    assert list(document_kinds()) == list(QUERIES)


def test_a_paper_has_the_size_it_says(sample: Sample) -> None:
    size = (297, 210) if sample.document.paper == "A4" else (420, 297)
    assert {(round(page.width, 1), round(page.height, 1)) for page in papers_of(sample.content)} == {size}


@pytest.mark.parametrize("kind", TABLES)
def test_the_margins_are_those_of_the_decree(samples: dict[str, Sample], kind: str) -> None:
    for page in papers_of(samples[kind].content):
        top, right, bottom, left = page.margins
        assert (top >= 20, right >= 15, bottom >= 20, left >= 30) == (True, True, True, True), page
    margins = [page.margins for page in papers_of(samples[kind].content)]
    assert (min(top for top, *_ in margins) < 21, min(left for *_, left in margins) < 30.1) == (True, True)
    assert min(right for _top, right, *_ in margins) < 25


@pytest.mark.parametrize("kind", TABLES)
def test_pages_are_numbered_top_centre_from_the_second(samples: dict[str, Sample], kind: str) -> None:
    pages = papers_of(samples[kind].content)
    above = [[word for word in page.words if word.bottom < 20] for page in pages]
    assert [[word.text for word in words] for words in above] == [[], *([str(n)] for n in range(2, len(pages) + 1))]
    for page, (number,) in zip(pages[1:], above[1:], strict=True):
        middle = 30 + (page.width - 30 - 15) / 2
        assert abs((number.left + number.right) / 2 - middle) < 0.5
        assert (number.top > 5, number.bottom < 15) == (True, True)
        assert (
            abs(number.bottom - number.top - 13 * 1.107 * 25.4 / 72) < 0.1
        )  # 13 pt: a line of Liberation Serif is 1.107 high


def test_all_letters_come_from_one_serif_that_lies_inside(sample: Sample) -> None:
    fonts = fonts_of(sample.content)
    assert set(fonts.values()) == {True}
    assert {name.partition("-Bold")[0].partition("-Italic")[0] for name in fonts} <= FAMILIES
    assert len({name[:8] for name in fonts}) == 1


def test_the_text_can_be_copied_and_searched(sample: Sample) -> None:
    text = text_of(sample.content)
    assert unicodedata.is_normalized("NFC", text)
    assert "\ufffd" not in text
    assert squeezed(sample.document.title) in squeezed(text)


@pytest.mark.parametrize("kind", [*TABLES, "calendar"])
def test_the_text_is_every_row_cell_by_cell_in_its_order(samples: dict[str, Sample], kind: str) -> None:
    text, at = squeezed(text_of(samples[kind].content)), 0
    for row in samples[kind].document.rows:
        cells = squeezed("".join(line for cell in row.cells for line in cell.lines))
        found = text.find(cells, at)
        assert found >= 0, row
        at = found + len(cells)


@pytest.mark.parametrize("kind", TABLES)
def test_no_word_is_broken_within(samples: dict[str, Sample], kind: str) -> None:
    """Neither in the head of the table, which page 1 has, nor in a cell, figures and dates among them."""
    document, pages = samples[kind].document, papers_of(samples[kind].content)
    headings = words_in(column.heading for column in document.sections[0].columns)
    assert headings - words_in(word.text for word in pages[0].words) == Counter()
    cells = words_in(line for row in document.rows for cell in row.cells for line in cell.lines)
    assert cells - words_in(word.text for page in pages for word in page.words) == Counter()


def words_in(texts: Iterable[str]) -> Counter[str]:
    """Words; a line may end after a hyphen, a dash or a stroke."""
    return Counter(word for text in texts for word in re.split(r"[\s/–-]+", text) if word)


def test_the_route_sheet_names_every_stop_in_its_order(samples: dict[str, Sample]) -> None:
    text, at = squeezed(text_of(samples["route-sheet"].content)), 0
    for row in samples["route-sheet"].document.rows:
        places = [text.find(squeezed(line), at) for line in (row.cells[6].text, row.cells[8].text)]
        assert min(places) >= 0, row
        at = max(places)


def test_no_error_of_pdf_ua_and_every_header_has_a_scope(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(sample.content)
    report = validate(str(path))
    assert [finding.message for finding in report.findings if finding.severity is Severity.ERROR] == []
    elements = structure_of(sample.content)
    headers = [element["scope"] for element in elements if element["role"] == "/TH"]
    assert set(headers) <= {"/Column", "/Row"}
    assert (len(headers) > 5, "/Table" in {element["role"] for element in elements}) == (True, True)


def test_the_paper_has_language_title_and_bookmarks(sample: Sample) -> None:
    reader = PdfReader(BytesIO(sample.content))
    assert str(reader.root_object["/Lang"]) == "vi"
    assert sample.document.title in str(reader.metadata and reader.metadata.title).upper()
    first: Any = reader.outline[0]
    assert squeezed(str(first["/Title"])) == squeezed(sample.document.title)


def test_equal_input_gives_equal_bytes_without_fault(sample: Sample) -> None:
    assert render_document(sample.document) == sample.content
    assert faults_of(sample.content) == []


def test_the_archive_carries_a_calendar_of_exactly_the_entries(sample: Sample) -> None:
    ((name, (content, *others)),) = PdfReader(BytesIO(sample.archive)).attachments.items()
    assert (name, others) == (f"{sample.document.file_name}.ics", [])
    shown = set(sample.document.keys)
    assert by_icalendar(content) == rows_of_entries([entry for entry in sample.programme.entries if entry.key in shown])


def test_the_archive_is_pdf_a_3_with_a_related_file_and_the_same_pages(sample: Sample) -> None:
    assert replace(sample.archived, calendar=None) == sample.document
    assert render_document(sample.archived) == sample.archive
    assert faults_of(sample.archive) == []
    assert text_of(sample.archive) == text_of(sample.content)
    with pikepdf.open(BytesIO(sample.archive)) as pdf:
        metadata = pdf.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        (related,) = pdf.Root.AF
        assert (str(related.AFRelationship), str(related.EF.F.Subtype)) == ("/Data", "/text/calendar")
        assert "/OutputIntents" in pdf.Root


@pytest.mark.django_db
def test_an_archive_without_entries_carries_an_empty_calendar() -> None:
    spec = DocumentSpec(kind="schedule", is_archive=True)
    document = build_document(spec, viewer=viewer_of(None), printed_on=TODAY)
    ((content,),) = PdfReader(BytesIO(render_document(document))).attachments.values()
    assert (by_icalendar(content), document.keys) == (Counter(), ())


def test_an_appendix_lies_across_and_has_its_roman_number_and_no_national_title() -> None:
    appendix = Appendix(number="Phụ lục II", attached_to="Kèm theo Kế hoạch số …/KH-SVHTTDL ngày … của Sở")
    document = replace(schedule_of("Đêm nhạc"), frame=DocumentFrame(authority=("Sở",), appendix=appendix))
    (page, *_more) = papers_of(write_document_pdf(document))
    assert page.width > page.height
    words = [word for word in page.words if word.text in {"Phụ", "lục", "II"}]
    assert [word.text for word in words[:3]] == ["Phụ", "lục", "II"]
    assert {round((word.bottom - word.top) / 1.107 / 25.4 * 72) for word in words[:3]} == {14}
    text = squeezed(text_of(write_document_pdf(document)))
    assert squeezed(f"({appendix.attached_to})") in text
    assert "CỘNGHÒA" not in text


HOSTILE: Final = (
    "<script>alert(1)</script>",
    "</td></table><img src=file:///etc/passwd>",
    "file:///etc/hostname",
    "&lt;b&gt; &amp; \"ngoặc\" 'đơn'",
    "}</style><style>* { display: none }",
    "x" * 400,
    "Lễ hội 🎉🏮",
    unicodedata.normalize("NFD", "Hội thảo nghiệp vụ ở Lạng Sơn"),
    "\u202eđảo ngược\u202c",
    "{{ document.title }}",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_text_is_printed_as_text(title: str) -> None:
    content = write_document_pdf(schedule_of(title))
    plain = unicodedata.normalize("NFC", title.strip("\u202e\u202c"))
    assert squeezed(plain) in squeezed(printed_text_of(content))
    assert squeezed("Tổng số: 1 buổi.") in squeezed(printed_text_of(content))
    assert faults_of(content) == []
    assert write_document_pdf(schedule_of(title)) == content


def schedule_of(title: str) -> Document:
    facts = DocumentFacts(
        kind="schedule",
        subjects=("Địa bàn: Huyện Cao Lộc",),
        where="trên địa bàn Huyện Cao Lộc",
        period=None,
        today=TODAY,
        frame=DocumentFrame(authority=("Sở",)),
        link="https://lich.example.vn/calendar/",
        file_name="lich",
    )
    return build_schedule(Programme.of([make_entry(title=title)]), facts)
