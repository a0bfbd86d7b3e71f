"""The pages of a batch: asked for on the page "Print", watched, cancelled, taken; by its asker alone."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from core.recurrence import Frequency, Recurrence
from events.batches.claiming import claim_part, release_part, tell_pages
from events.batches.progress import SILENT_FOR
from events.batches.working import make_part
from events.models import DocumentBatch, DocumentPart
from events.views import printing
from tests.events.batches.makers import DATABASE_TASKS, make_areas, make_batch
from tests.factories import make_activity, make_area, make_planner, make_user
from units.models import Role, User
from venues.models import AreaLevel

pytestmark = pytest.mark.django_db
QUERY = "document=schedule&from=2023-08-01&to=2023-08-31"
ASK = "/print/batches/"


@pytest.fixture
def planner() -> User:
    return make_planner()


@pytest.fixture(autouse=True)
def signed_in(client: Client, planner: User, settings: Any) -> None:
    settings.TASKS = DATABASE_TASKS
    client.force_login(planner)


def ask(client: Client, *slugs: str, query: str = QUERY) -> str:
    answer = client.post(ASK, {"query": query, "area": slugs})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def work_off() -> None:
    while make_part():
        pass


def test_the_print_page_offers_each_edition_and_opens_the_one_of_the_period(client: Client) -> None:
    make_area("Huyện Cao Lộc", slug="huyen-cao-loc", valid_to=date(2025, 6, 30))
    make_area("Xã Đồng Đăng", slug="xa-dong-dang", level="commune", valid_from=date(2025, 7, 1))
    make_area("Tỉnh Lạng Sơn", slug="tinh", level="province")
    pages = [
        client.get(f"/print/?document=schedule&from={day}&to={day}").content.decode()
        for day in ("2023-08-01", "2026-08-01")
    ]
    offers = [page[page.index('id="batch-offer"') :] for page in pages]
    assert [offer.count('name="area"') for offer in offers] == [2, 2]
    opened = [offer.partition('<details class="fold" open>')[2].partition("</details>")[0] for offer in offers]
    assert [re.findall('name="area" value="([^"]*)"', each) for each in opened] == [["huyen-cao-loc"], ["xa-dong-dang"]]


def test_areas_that_do_not_exist_in_the_period_are_said_to_hold_nothing(client: Client) -> None:
    make_area("Huyện Cũ", slug="cu", valid_to=date(2025, 6, 30))
    make_area("Xã Mới", slug="moi", level=AreaLevel.COMMUNE, valid_from=date(2025, 7, 1))

    def told(first: str, last: str) -> dict[str, str]:
        page = client.get(f"/print/?document=schedule&from={first}&to={last}", headers={"Accept-Language": "vi"})
        return {offer.areas[0].slug: offer.outside for offer in page.context["batch_offers"]}

    early, both, late = told("2023-07-01", "2023-09-30"), told("2025-06-01", "2025-07-31"), told("2026-01-01", "")
    assert (early["cu"], both, late["moi"]) == ("", {"cu": "", "moi": ""}, "")
    assert early["moi"].startswith("Các địa bàn này có từ ngày 01/07/2025, sau kỳ đã chọn")
    assert late["cu"].startswith("Các địa bàn này chỉ có đến hết ngày 30/06/2025, trước kỳ đã chọn")


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    client.logout()
    page = client.get("/print/?document=schedule").content.decode()
    assert ("/login/?next=/print/%3Fdocument%3Dschedule" in page, 'name="query"' in page) == (True, False)
    assert client.post(ASK, {"query": QUERY})["Location"].startswith("/login/")


def test_papers_are_those_of_the_single_address_in_a_zip_and_in_one_file(client: Client) -> None:
    areas = make_areas(2)
    make_activity(area_id=areas[0].pk, title="Xe loa")
    address = ask(client, "huyen-00", "huyen-01")
    assert client.get(f"{address}all.zip").status_code == 404
    work_off()
    page = client.get(address).content.decode()
    assert ("2 trên 2 tờ" in page, "Đã xong tất cả." in page, "batch.js" in page) == (True, True, False)
    archive = ZipFile(io.BytesIO(b"".join(client.get(f"{address}all.zip"))))
    assert archive.namelist() == ["001-lich-huyen-00.pdf", "002-lich-huyen-01.pdf"]
    for number, area in enumerate(areas, start=1):
        single = client.get(f"/print/document.pdf?{QUERY}&area={area.slug}").content
        part = client.get(f"{address}{number}.pdf")
        assert archive.read(f"00{number}-lich-{area.slug}.pdf") == single == part.content
        assert part["Content-Disposition"] == f'inline; filename="lich-{area.slug}.pdf"'
    assert client.get(f"{address}3.pdf").content.startswith(b"%PDF-")
    assert client.get(f"{address}4.pdf").status_code == 404


def test_what_failed_is_named_on_the_page_and_in_the_zip(client: Client) -> None:
    make_areas(2)
    address = ask(client, "huyen-00", "huyen-01")
    DocumentPart.objects.filter(position=1).update(query="document=schedule&area=khong-co")
    work_off()
    message = DocumentPart.objects.get(position=1).message
    page = client.get(address).content.decode()
    assert ("1 tờ không lập được" in page, page.count("batch-part--failed"), message[:8]) == (True, 1, "Không có")
    archive = ZipFile(io.BytesIO(b"".join(client.get(f"{address}all.zip"))))
    assert archive.namelist() == ["002-lich-huyen-01.pdf", "LOI-KHONG-LAP-DUOC.txt"]
    assert f"- Huyện 00: {message}" in archive.read("LOI-KHONG-LAP-DUOC.txt").decode("utf-8-sig")


def test_the_page_tells_what_is_under_way_and_asks_again_without_a_script(client: Client) -> None:
    batch = make_batch(2, by=User.objects.get())
    address = f"{ASK}{batch.token}/"
    page = client.get(address).content.decode()
    assert page.count("Chờ đến lượt") == 2
    assert ('<noscript><meta http-equiv="refresh"' in page, "batch.js" in page) == (True, True)
    part = claim_part(now=timezone.now())
    assert part is not None
    tell_pages(part, 67)
    piece = client.get(f"{address}progress/").content.decode()
    assert ("0 trên 2 tờ" in piece, piece.count("đã được 67 trang"), "· 67" in piece) == (True, 1, False)
    release_part(part)
    assert "67 trang" not in client.get(f"{address}progress/").content.decode()
    make_part()
    piece = client.get(f"{address}progress/").content.decode()
    assert ("1 trên 2 tờ" in piece, f'href="{address}1.pdf"' in piece, "<html" in piece) == (True, True, False)
    make_part()
    assert "Đang ghép các tờ thành một tệp." in client.get(address).content.decode()


def test_the_page_says_when_nobody_works(client: Client) -> None:
    batch = make_batch(1, by=User.objects.get())
    address, words = f"{ASK}{batch.token}/", "Hiện chưa có tiến trình nào làm việc này"
    assert words not in client.get(address).content.decode()
    DocumentBatch.objects.update(asked_at=timezone.now() - 2 * SILENT_FOR)
    assert words in client.get(address).content.decode()


def test_cancelling_keeps_what_is_ready(client: Client) -> None:
    make_areas(3)
    address = ask(client, "huyen-00", "huyen-01", "huyen-02")
    make_part()
    assert client.post(f"{address}cancel/")["Location"] == address
    page = client.get(address).content.decode()
    assert ("Đã huỷ." in page, page.count("batch-part--dropped")) == (True, 2)
    archive = ZipFile(io.BytesIO(b"".join(client.get(f"{address}all.zip"))))
    assert archive.namelist() == ["001-lich-huyen-00.pdf", "LOI-KHONG-LAP-DUOC.txt"]
    assert "Đã huỷ" in client.get(ASK).content.decode()


def test_a_batch_is_its_askers_and_the_administrators_alone(client: Client) -> None:
    batch = make_batch(2, by=User.objects.get())
    work_off()
    addresses = [f"{ASK}{batch.token}/{tail}" for tail in ("", "progress/", "1.pdf", "3.pdf", "all.zip")]
    answers = {}
    for name, role in (("Bob", Role.PROVINCIAL_PLANNER), ("An", Role.ADMINISTRATOR)):
        client.force_login(make_user(name, role=role))
        answers[name] = [client.get(address).status_code for address in addresses]
    assert answers == {"Bob": [404] * 5, "An": [200] * 5}
    client.force_login(User.objects.get(username="bob"))
    assert client.post(f"{ASK}{batch.token}/cancel/").status_code == 404
    assert batch.token not in client.get(ASK).content.decode()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"query": QUERY}, "Chưa chọn địa bàn nào"),
        ({"query": QUERY, "area": ["huyen-00", "khong-co"]}, "khong-co"),
        ({"query": QUERY, "area": [f"xa-{number}" for number in range(1000)]}, "1000 tờ một lần là quá nhiều"),
        ({"query": "document=route-sheet&tour=1", "area": ["huyen-00"]}, "Phiếu lộ trình là của một chuyến"),
        ({"query": "document=khong-co", "area": ["huyen-00"]}, "khong-co"),
        ({"query": "document=schedule&from=2023-09-01&to=2023-08-01", "area": ["huyen-00"]}, "01/08/2023"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(client: Client, form: dict[str, Any], words: str) -> None:
    make_areas(1)
    answer = client.post(ASK, form)
    assert (answer.status_code, DocumentBatch.objects.count()) == (400, 0)
    assert words in answer.content.decode()


def test_a_document_too_long_for_a_page_is_made_in_the_background(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_activity(title="Xe loa", recurrence=Recurrence(freq=Frequency.WEEKLY, count=5))
    monkeypatch.setattr(printing, "MOST_ROWS", 4)
    page = client.get("/print/?document=schedule").content.decode()
    assert ("trang trong nền" in page, 'name="single"' in page) == (True, True)
    address = client.post(ASK, {"query": "document=schedule", "single": "1"})["Location"]
    work_off()
    part = DocumentPart.objects.get()
    assert (part.state, part.label) == ("done", "Lịch hoạt động")
    page = client.get(address).content.decode()
    assert (f'href="{address}1.pdf"' in page, "all.zip" in page) == (True, False)


def test_ones_batches_are_listed_and_nobody_elses(client: Client) -> None:
    assert "Chưa có đợt nào" in client.get(ASK).content.decode()
    batch = make_batch(2, by=User.objects.get())
    page = client.get(ASK).content.decode()
    assert (f"{ASK}{batch.token}/" in page, "0 trên 2 tờ" in page) == (True, True)
