"""The same document in each form, by its address: same rights and limits; a copy that is kept is not made again."""

from __future__ import annotations

from html import unescape
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from core.recurrence import Frequency, Recurrence
from events.documents import maker
from events.documents.formats import FORMATS
from events.models import Status
from events.views import printing
from tests.events.documents.docx_reading import words_of
from tests.factories import make_activity, make_planner

pytestmark = pytest.mark.django_db
ENDINGS = tuple(FORMATS)


def text_of(content: bytes, ending: str) -> str:
    """All text of a file, in its order, without breaks of lines."""
    if ending == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    elif ending in {"txt", "html"}:
        text = unescape(content.decode())
    elif ending == "docx":
        text = " ".join(words_of(content))
    else:
        sheets = load_workbook(BytesIO(content)).worksheets
        text = " ".join(str(cell.value or "") for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return " ".join(text.split())


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_visitor_sees_no_draft_and_a_planner_does(client: Client, ending: str) -> None:
    make_activity(title="Bản nháp", status=Status.DRAFT, notes="0912345678")
    make_activity(title="Đêm hội", recurrence=Recurrence(freq=Frequency.WEEKLY, count=5))
    address = f"/print/document.{ending}"
    visitor = text_of(client.get(address).content, ending)
    client.force_login(make_planner())
    planner = text_of(client.get(address).content, ending)
    assert [text.count("Bản nháp") for text in (visitor, planner)] == [0, 1]
    assert [text.count("Đêm hội") for text in (visitor, planner)] == [5, 5]
    assert "0912345678" not in planner


@pytest.mark.parametrize("address", [f"/print/document.{ending}" for ending in ENDINGS])
def test_after_an_upgrade_a_kept_copy_is_no_longer_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    make_activity()
    tag = client.get(address)["ETag"]
    monkeypatch.setattr(maker, "maker_digest", lambda: b"another")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_what_a_paper_looks_like_is_decided_by_files_that_are_there() -> None:
    found = {pattern: {path.name for path in settings.BASE_DIR.glob(pattern)} for pattern in maker.SOURCES}
    assert all(found.values())
    names = set().union(*found.values())
    assert {"pdf_engine.py", "postings.py", "route_sheet.py", "document.css", "view.html", "print_view.css"} <= names


@pytest.mark.parametrize("ending", ENDINGS)
def test_papers_of_the_staff_are_kept_from_visitors(client: Client, ending: str) -> None:
    assert client.get(f"/print/document.{ending}?document=notices").status_code == 403


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_unchanged_document_is_not_made_again_and_forms_have_tags_of_their_own(client: Client, ending: str) -> None:
    make_activity()
    answer = client.get(f"/print/document.{ending}")
    again = client.get(f"/print/document.{ending}", headers={"If-None-Match": answer["ETag"]})
    other = client.get(f"/print/document.{ENDINGS[ENDINGS.index(ending) - 1]}")
    assert (answer.status_code, again.status_code, again.content) == (200, 304, b"")
    assert answer["ETag"] != other["ETag"]
    assert (answer["Cache-Control"], answer["Vary"], answer["Content-Language"]) == (
        "private, no-cache",
        "Cookie",
        "vi",
    )
    place = "attachment" if FORMATS[ending].is_download else "inline"
    assert answer["Content-Disposition"] == f'{place}; filename="lich.{ending}"'
    assert answer["Content-Type"] == FORMATS[ending].content_type


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_document_too_long_for_a_request_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    make_activity(recurrence=Recurrence(freq=Frequency.WEEKLY, count=5))
    monkeypatch.setattr(printing, "MOST_ROWS", 4)
    assert client.get(f"/print/document.{ending}").status_code == 400


def test_the_page_offers_every_form(client: Client) -> None:
    make_activity()
    page = client.get("/print/?document=schedule").content.decode()
    assert [ending for ending in ENDINGS if f'href="/print/document.{ending}?document=schedule"' not in page] == []


def test_the_page_offers_messages_to_copy_but_not_too_many(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_activity(title="Đêm hội", recurrence=Recurrence(freq=Frequency.WEEKLY, count=60))
    address = "/print/?document=schedule"
    page = client.get(address)
    assert [b'id="message-1"' in page.content, b'id="message-2"' in page.content] == [True, True]
    shown = "".join(page.context["messages_to_copy"])
    assert "".join(shown.split()) == "".join(client.get("/print/document.txt").content.decode().split())
    monkeypatch.setattr(printing, "MOST_MESSAGES", 1)
    assert b'id="message-1"' not in client.get(address).content
