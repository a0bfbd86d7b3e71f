"""The page to print: the same tables, nothing that a strict policy forbids, hostile text as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from events.outputs.documents.html_view import write_html
from events.outputs.documents.model import Document
from tests.events.documents.document_makers import HOSTILE, make_document, make_row


class Texts(HTMLParser):
    """The texts of the cells and the tags met."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []
        self.feed(write_html(document).decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")
        assert not {name for name, _ in attrs} & {"style", "onclick", "onload", "onerror"}

    def handle_data(self, data: str) -> None:
        if self.cells and self.tags[-1] in {"td", "th", "br", "i"}:
            self.cells[-1] += data


def test_the_tables_have_scopes_widths_and_one_style_sheet() -> None:
    page = write_html(make_document(make_row(1, "Một"), make_row(2, "Hai", kind="off"))).decode()
    assert page == write_html(make_document(make_row(1, "Một"), make_row(2, "Hai", kind="off"))).decode()
    assert page.count('<th scope="col">') == 7
    assert re.findall(r'<col class="c\d" width="([\d.]+)%">', page)[:2] == ["5.3", "28.8"]
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)">', page) == ["/static/events/print_view.css"]
    assert ("<style" in page, 'class="off"' in page, "In ngày 01/08/2023" in page) == (False, True, True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    plain, hostile = Texts(make_document(make_row(1, "Một"))), Texts(make_document(make_row(1, text), title=text))
    assert hostile.tags == plain.tags
    clean = text.replace("\x00", "").replace("\x0b", "").replace("\ufffe", "")
    assert hostile.cells[9] == f"{clean}Triển lãm"
