from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from core.recurrence import Frequency, Recurrence
from events.models import Status
from events.views import printing
from events.views.printing import authority_of
from tests.factories import make_activity, make_area, make_planner, make_unit
from units.models import UnitKind
from venues.models import Area, AreaLevel

pytestmark = pytest.mark.django_db
PDF = "/print/area/huyen-cao-loc.pdf"


@pytest.fixture
def cao_loc() -> Area:
    return make_area("Huyện Cao Lộc", slug="huyen-cao-loc")


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_the_paper_lists_every_occurrence_of_the_area(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk, title="Xe loa", recurrence=Recurrence(freq=Frequency.WEEKLY, count=5))
    make_activity(title="Nơi khác")
    answer = client.get(PDF)
    text = text_of(answer.content)
    assert (answer["Content-Type"], text.count("Xe loa"), text.count("Nơi khác")) == ("application/pdf", 5, 0)
    assert "Tổng số: 5 buổi." in text
    assert "Từ ngày 08/08/2023 đến ngày 05/09/2023" in text


@pytest.mark.parametrize("query", ["from=2023-08-15&to=2023-08-29", "from=15/08/2023&to=29/08/2023"])
def test_a_period_includes_its_last_day(client: Client, cao_loc: Area, query: str) -> None:
    make_activity(area_id=cao_loc.pk, title="Xe loa", recurrence=Recurrence(freq=Frequency.WEEKLY, count=5))
    text = text_of(client.get(f"{PDF}?{query}").content)
    assert text.count("Xe loa") == 3
    assert "Từ ngày 15/08/2023 đến ngày 29/08/2023" in text


def test_a_period_may_be_open_at_one_end(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk, title="Xe loa", recurrence=Recurrence(freq=Frequency.WEEKLY, count=5))
    assert text_of(client.get(f"{PDF}?from=2023-08-30").content).count("Xe loa") == 1
    assert text_of(client.get(f"{PDF}?to=2023-08-30").content).count("Xe loa") == 4


@pytest.mark.parametrize("query", ["from=2023-13-01", "to=hom-nay", "from=2023-09-01&to=2023-08-01"])
def test_what_is_no_period_is_answered_with_a_sentence(client: Client, cao_loc: Area, query: str) -> None:
    for address in (PDF, "/print/"):
        assert client.get(f"{address}?{query}").status_code == 400
    assert cao_loc.name not in client.get(f"{PDF}?{query}").content.decode()


def test_an_unknown_area_is_not_found(client: Client) -> None:
    assert client.get("/print/area/khong-co.pdf").status_code == 404


def test_a_visitor_sees_no_draft_and_a_planner_does(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk, title="Bản nháp", status=Status.DRAFT, notes="0912345678")
    visitor = text_of(client.get(PDF).content)
    client.force_login(make_planner())
    planner = text_of(client.get(PDF).content)
    assert [text.count("Bản nháp") for text in (visitor, planner)] == [0, 1]
    assert "0912345678" not in planner
    assert "Không có hoạt động nào trên địa bàn Huyện Cao Lộc." in visitor


def test_an_unchanged_paper_is_not_made_again(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk)
    answer = client.get(PDF)
    again = client.get(PDF, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (answer["Cache-Control"], answer["Vary"], answer["Content-Disposition"]) == (
        "private, no-cache",
        "Cookie",
        'inline; filename="lich-huyen-cao-loc.pdf"',
    )


def test_the_paper_is_vietnamese_for_every_reader(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk)
    vietnamese = client.get(PDF).content
    client.cookies["django_language"] = "en"
    assert client.get(PDF).content == vietnamese


def test_a_paper_too_long_for_a_request_is_refused(
    client: Client, cao_loc: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_activity(area_id=cao_loc.pk, recurrence=Recurrence(freq=Frequency.WEEKLY, count=5))
    monkeypatch.setattr(printing, "MOST_ROWS", 4)
    assert client.get(PDF).status_code == 400


def test_the_head_names_the_area_s_own_office_or_the_department(cao_loc: Area) -> None:
    zone = make_area("Khu vực Cao Lộc", level=AreaLevel.ZONE)
    assert authority_of(cao_loc) == ()
    make_unit(name="Sở Văn hóa", kind=UnitKind.DEPARTMENT)
    office = make_unit(name="Phòng Văn hóa và Thông tin huyện Cao Lộc", areas=(cao_loc, zone))
    assert authority_of(cao_loc) == ("UBND Huyện Cao Lộc", office.name)
    assert authority_of(zone) == ("Sở Văn hóa",)


def test_the_page_says_what_the_paper_will_hold(client: Client, cao_loc: Area) -> None:
    make_activity(area_id=cao_loc.pk, recurrence=Recurrence(freq=Frequency.WEEKLY, count=5))
    query = {"document": "schedule", "area": cao_loc.slug, "from": "2023-08-15", "to": "2023-08-29"}
    answer = client.get("/print/", query)
    document = answer.context["document"]
    assert (len(document.rows), answer.context["is_too_long"]) == (3, False)
    assert answer.context["groups"] == [("Tháng 8 năm 2023", 3)]
    address = "/print/document.pdf?document=schedule&area=huyen-cao-loc&from=2023-08-15&to=2023-08-29"
    assert f'href="{address.replace("&", "&amp;")}"' in answer.content.decode()
    content = client.get(address).content
    assert text_of(content).count("15/08/2023") >= 1
    assert answer.context["pages"] == len(PdfReader(BytesIO(content)).pages)


def test_the_page_without_a_question_or_activities_is_still_a_page(client: Client, cao_loc: Area) -> None:
    assert "document" not in client.get("/print/").context
    assert client.get("/print/", {"area": cao_loc.slug}).context["document"].rows == ()


def test_a_route_sheet_asks_for_its_tour(client: Client) -> None:
    answer = client.get("/print/?document=route-sheet")
    assert (answer.status_code, "document" in answer.context) == (200, False)
    assert client.get("/print/document.pdf?document=route-sheet").status_code == 400
    assert client.get("/print/document.pdf?document=route-sheet&tour=99").status_code == 404


@pytest.mark.parametrize("kind", ["notices", "removals"])
def test_what_offices_owe_is_for_their_staff(client: Client, kind: str) -> None:
    assert client.get(f"/print/document.pdf?document={kind}").status_code == 403
    client.force_login(make_planner())
    assert client.get(f"/print/document.pdf?document={kind}").status_code == 200


@pytest.mark.parametrize("kind", ["schedule", "week", "postings", "calendar"])
def test_an_empty_period_gives_a_page_that_says_so(client: Client, cao_loc: Area, kind: str) -> None:
    query = {"document": kind, "area": cao_loc.slug, "from": "2023-08-01", "to": "2023-08-31"}
    assert "Không có" in text_of(client.get("/print/document.pdf", query).content)


def test_hostile_text_is_printed_as_text(client: Client, cao_loc: Area) -> None:
    title = "<script>alert(1)</script> <img src=file:///etc/passwd> " + "x" * 120
    make_activity(area_id=cao_loc.pk, title=title)
    text = text_of(client.get(PDF).content).replace(" ", "")
    assert title.replace(" ", "") in text


def test_the_page_offers_the_paper_for_the_archive_too(client: Client) -> None:
    make_activity(title="Xe loa")
    page = client.get("/print/?document=schedule&archive=yes").content.decode()
    assert [f'/print/document.pdf?document=schedule{end}"' in page for end in ("", "&amp;archive=yes")] == [True, True]
    answer = client.get("/print/document.pdf?document=schedule&archive=yes")
    assert list(PdfReader(BytesIO(answer.content)).attachments) == ["lich.ics"]
