"""The bound PDF keeps pages, bookmarks and tags of each paper; the ZIP holds each as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pdfua
import pikepdf
import pytest
from django.db import transaction
from pypdf import PdfReader
from pypdf.generic import Destination
from pytest_django import DjangoDbBlocker

from events.batches.binding import Paper, bind_papers
from events.batches.packing import fault_list, zip_pieces
from events.documents import DocumentSpec, build_document, render_document
from events.programme.scope import Scope
from tests.factories import make_activity, make_area, make_planner
from units.permissions import viewer_of


@pytest.fixture(scope="module")
def papers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Paper]]:  # noqa: ARG001 -- makes it first
    """Three schedules of one district, one of two pages."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made_papers()
        transaction.set_rollback(True)


def made_papers() -> list[Paper]:
    area = make_area("Huyện Cao Lộc", slug="huyen-cao-loc")
    for number in range(30):
        make_activity(title=f"Buổi {number}", area_id=area.pk)
    viewer, scopes = viewer_of(make_planner()), (Scope(areas=("huyen-cao-loc",)), Scope(), Scope(query="Buổi 7"))
    specs = [DocumentSpec(kind="schedule", scope=scope) for scope in scopes]
    built = [build_document(spec, viewer=viewer, printed_on=date(2023, 8, 1)) for spec in specs]
    return [Paper(label=f"Tờ {number}", content=render_document(each)) for number, each in enumerate(built)]


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def page_of(whole: PdfReader, bookmark: Destination) -> int | None:
    return whole.get_destination_page_number(bookmark)


def test_all_pages_are_there_with_a_bookmark_a_paper_above_its_own(papers: list[Paper]) -> None:
    counts = [len(reader(paper.content).pages) for paper in papers]
    whole = reader(bind_papers(papers, title="Tất cả"))
    text = [page.extract_text() for paper in papers for page in reader(paper.content).pages]
    assert [page.extract_text() for page in whole.pages] == text
    tops = [each for each in whole.outline if not isinstance(each, list)]
    places = [page_of(whole, each) for each in tops]
    assert [each.title for each in tops] == ["Tờ 0", "Tờ 1", "Tờ 2"]
    assert (places, counts[0] > 1) == ([0, counts[0], counts[0] + counts[1]], True)
    below = [each[0] for each in whole.outline if isinstance(each, list) and isinstance(each[0], Destination)]
    assert [page_of(whole, each) for each in below] == places
    assert {each.title for each in below} == {reader(papers[0].content).outline[0].title}  # type: ignore[union-attr]


def test_tags_of_all_papers_lead_to_their_pages(papers: list[Paper], tmp_path: Path) -> None:
    content = bind_papers(papers, title="Tất cả")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        owners = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Pg" in each]
        numbers = [int(page.obj.StructParents) for page in pdf.pages]
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        assert {each.Pg.objgen for each in owners} == pages
        assert (numbers, set(numbers) <= set(tree.keys())) == (sorted(set(numbers)), True)
        for number, page in zip(numbers, pdf.pages, strict=True):
            assert {each.Pg.objgen for each in tree[number] if "/Pg" in each} == {page.obj.objgen}
        assert len(pdf.Root.StructTreeRoot.K) == len(papers)
    (tmp_path / "whole.pdf").write_bytes(content)
    report = pdfua.validate(str(tmp_path / "whole.pdf"))
    assert [finding for finding in report.findings if finding.severity == pdfua.Severity.ERROR] == []


def test_equal_papers_are_bound_into_equal_bytes(papers: list[Paper]) -> None:
    assert bind_papers(papers, title="Tất cả") == bind_papers(papers, title="Tất cả")


def untagged(*, bookmark: object = None) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        with pdf.open_outline() as outline:
            lost = pikepdf.OutlineItem("Không dẫn tới trang", bookmark)  # type: ignore[arg-type]
            lost.children.append(pikepdf.OutlineItem("Có trang", 0))
            outline.root.append(lost)
        pdf.save(written)
    return written.getvalue()


def test_a_paper_without_tags_takes_the_claim_from_the_whole_and_a_lost_bookmark_hands_its_children_up(
    papers: list[Paper],
) -> None:
    content = bind_papers([papers[2], Paper(label="Tờ trơn", content=untagged())], title="Tất cả")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert ("/StructTreeRoot" in pdf.Root, "pdfuaid:part" in pdf.open_metadata()) == (False, False)
        with pdf.open_outline() as outline:
            assert [[each.title for each in item.children] for item in outline.root][1] == ["Có trang"]


def test_the_zip_holds_the_files_as_they_are_and_equal_files_make_equal_bytes() -> None:
    files = [("001-lich.pdf", b"%PDF-1" * 1000), ("002-lich.pdf", b"%PDF-2")]
    pieces = list(zip_pieces(files))
    archive = ZipFile(io.BytesIO(b"".join(pieces)))
    assert (archive.testzip(), {name: archive.read(name) for name in archive.namelist()}) == (None, dict(files))
    assert (len(pieces), pieces) == (3, list(zip_pieces(files)))


def test_what_could_not_be_made_is_named_with_its_reason() -> None:
    text = fault_list([("Huyện Cao Lộc", "Bị ngắt 3 lần.")])
    assert text.decode("utf-8-sig") == "Những tờ không lập được:\r\n\r\n- Huyện Cao Lộc: Bị ngắt 3 lần.\r\n"
