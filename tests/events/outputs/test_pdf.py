"""The plumbing of papers: fonts, what may be fetched, repeatable bytes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from events.outputs.pdf import render_pdf
from events.outputs.pdf_engine import LocalFetcher, font_css, font_files

if TYPE_CHECKING:
    from pathlib import Path

PAGE = '<html lang="vi"><title>Thử</title><p>Đường <b>Ữ</b> <i>ẵằ</i></p>{}</html>'


def test_the_text_can_be_read_back_with_its_marks() -> None:
    reader = PdfReader(BytesIO(render_pdf(PAGE.format(""))))
    assert [page.extract_text() for page in reader.pages] == ["Đường Ữ ẵằ"]


def test_the_paper_is_tagged_and_speaks_vietnamese() -> None:
    root = PdfReader(BytesIO(render_pdf(PAGE.format("")))).root_object
    assert [str(root[name]) for name in ("/Lang", "/MarkInfo")] == ["vi", "{'/Marked': True}"]


def test_text_becomes_composed_and_keeps_its_order() -> None:
    content = render_pdf(PAGE.format("<p>Hoi\u0323 \u202enghi\u202c</p>"))
    assert PdfReader(BytesIO(content)).pages[0].extract_text() == "Đường Ữ ẵằ\nHoị nghi"


def test_equal_input_gives_equal_bytes() -> None:
    assert render_pdf(PAGE.format("<p>Một</p>")) == render_pdf(PAGE.format("<p>Một</p>"))


def test_style_sheets_on_disk_are_applied(tmp_path: Path) -> None:
    sheet = tmp_path / "small.css"
    sheet.write_text("@page { size: 100pt 50pt; margin: 0 }", encoding="utf-8")
    page = PdfReader(BytesIO(render_pdf(PAGE.format(""), base_css=(sheet,)))).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (100.0, 50.0)


def test_a_file_the_text_names_stays_unread(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { display: none }", encoding="utf-8")
    page = PAGE.format(f'<link rel="stylesheet" href="{secret.as_uri()}">')
    assert PdfReader(BytesIO(render_pdf(page))).pages[0].extract_text() == "Đường Ữ ẵằ"


@pytest.mark.parametrize("url", ["file:///etc/hostname", "http://example.org/a.png", "ftp://example.org/a"])
def test_the_fetcher_refuses_everything_foreign(url: str) -> None:
    with pytest.raises(ValueError, match=r"outside the paper|disallowed protocol"):
        LocalFetcher(frozenset()).fetch(url)


def test_the_fetcher_hands_out_data_and_its_own_files(tmp_path: Path) -> None:
    own = tmp_path / "a b.css"
    own.write_text("x", encoding="utf-8")
    fetcher = LocalFetcher(frozenset({own}))
    assert [fetcher.fetch(url).read() for url in ("data:,y", own.as_uri())] == [b"y", b"x"]


def test_the_page_font_falls_back_to_the_packaged_family() -> None:
    assert font_css().count("@font-face") == len(font_files()) == 2
