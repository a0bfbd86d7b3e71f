"""Every kind of document for the real plan: the same entries as the Programme, in its order, readable in the PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from events.documents import build_document, document_kinds, parse_spec, render_document, spec_query
from events.outputs.documents.model import Document
from events.programme import load_programme
from mobile_teams.models import Tour
from tests.factories import make_planner
from units.permissions import Viewer, viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(400)]
TODAY = date(2023, 8, 1)
DISTRICT = "area=huyen-cao-loc"


@pytest.fixture(scope="module")
def planner(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Viewer]:  # noqa: ARG001 -- makes it first
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("import_plan", "plans/asean-2023.xlsx", verbosity=0)
        yield viewer_of(make_planner())
        transaction.set_rollback(True)


def build(query: str, viewer: Viewer) -> Document:
    spec = parse_spec(QueryDict(query), today=TODAY)
    assert parse_spec(QueryDict(spec_query(spec)), today=date(2026, 1, 1)) == spec
    return build_document(spec, viewer=viewer, printed_on=TODAY)


def text_of(document: Document) -> str:
    content = render_document(document)
    assert content == render_document(document)
    return squeezed(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]+", "", text)


def keys_of(query: str, viewer: Viewer) -> Counter[str]:
    spec = parse_spec(QueryDict(query), today=TODAY)
    entries = load_programme(window=spec.window, scope=spec.scope, viewer=viewer).entries
    return Counter(str(entry.key) for entry in entries)


def shown(document: Document) -> Counter[str]:
    return Counter(map(str, document.keys))


def test_the_schedule_of_a_district_lists_the_programme_by_month_or_week(planner: Viewer) -> None:
    for group in ("month", "week"):
        query = f"document=schedule&{DISTRICT}&group={group}"
        document = build(query, planner)
        assert shown(document) == keys_of(query, planner)
        assert document.map is not None
        text = text_of(document)
        titles = {squeezed(row.cells[1].text) for row in document.rows}
        assert [title for title in titles if title not in text] == []


def test_the_weekly_schedule_lists_every_day_of_its_weeks(planner: Viewer) -> None:
    query = f"document=week&{DISTRICT}&from=2023-08-07&to=2023-08-20"
    document = build(query, planner)
    assert set(shown(document)) == set(keys_of(query, planner))
    text = text_of(document)
    assert squeezed("Tuần thứ 32 từ ngày 07/08/2023 đến ngày 13/08/2023") in text
    assert squeezed("THỨ HAI (07/08/2023)") in text
    whole = build("document=week&campaign=asean-2023", planner)
    assert set(shown(whole)) == set(keys_of("campaign=asean-2023", planner))


@pytest.mark.parametrize(
    "period",
    [
        "from=2023-08-01&to=2023-08-31",
        "from=2023-08-01&to=2023-09-30",
        "from=2023-07-01&to=2023-09-30",
        "from=2023-01-01&to=2023-12-31",
    ],
)
def test_the_wall_calendar_shows_a_month_a_quarter_or_a_year(planner: Viewer, period: str) -> None:
    query = f"document=calendar&{DISTRICT}&{period}"
    document = build(query, planner)
    assert set(shown(document)) == set(keys_of(query, planner))
    assert document.paper == "A3"
    assert squeezed("LỊCH TREO TƯỜNG") in text_of(document)


def test_the_appendix_of_visual_items_and_the_list_of_removals(planner: Viewer) -> None:
    appendix = build("document=postings&campaign=asean-2023", planner)
    assert len(appendix.rows) == 82
    assert squeezed("Tổng cộng") in text_of(appendix)
    within = build("document=postings&from=2023-08-01&to=2023-08-31", planner)
    assert 0 < len(within.rows) <= 82
    removals = build("document=removals&campaign=asean-2023", planner)
    days = [row.cells[1].value for group in removals.sections[0].groups for row in group.rows]
    assert len(days) == 82
    assert text_of(removals)


def test_the_papers_to_send_and_the_route_sheet(planner: Viewer) -> None:
    notices = build("document=notices&campaign=asean-2023", planner)
    assert len(notices.rows) > 50
    first = notices.rows[0].cells[2].text
    assert squeezed(first) in text_of(notices)
    tour = Tour.objects.order_by("pk")[0]
    sheet = build(f"document=route-sheet&tour={tour.pk}", planner)
    assert squeezed("PHIẾU LỘ TRÌNH") in text_of(sheet)


def test_every_kind_has_its_page_and_an_empty_one_says_so(planner: Viewer, client: Client) -> None:
    assert planner.user is not None
    client.force_login(planner.user)
    for code, kind in document_kinds().items():
        page = client.get(f"/print/?document={code}&from=2030-01-01&to=2030-01-31")
        assert (page.status_code, str(kind.label) in page.content.decode()) == (200, True)
        if not kind.needs_tour:
            empty = build(f"document={code}&{DISTRICT}&from=2030-01-01&to=2030-01-31", planner)
            assert (len(empty.keys), bool(text_of(empty))) == (0, True)
