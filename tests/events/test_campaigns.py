"""The pages of campaigns."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.recurrence import Frequency, Recurrence
from events.models import Status
from events.planning import Basis
from tests.factories import at, make_activity, make_area, make_campaign, make_planner, make_unit, make_user
from units.models import Role

pytestmark = pytest.mark.django_db

ADDRESS = "/campaigns/asean-2023/"
LETTER: dict[str, Any] = {
    "letter_number": "/SVHTTDL-QLVHGĐ",
    "objective": "Để người dân hiểu về ASEAN",
    "requirements": "Xuyên suốt, thường xuyên",
    "basis_documents": (
        Basis(number="103/KH-UBND", subject="Kế hoạch", issued_on=date(2023, 4, 27), issuer="UBND tỉnh"),
    ),
}


def test_the_page_says_what_the_letter_says(client: Client) -> None:
    campaign = make_campaign(**LETTER, coordinating_unit_ids=(make_unit("TTVH", name="Trung tâm Văn hóa").pk,))
    make_activity(campaign_id=campaign.pk)
    page = " ".join(client.get(ADDRESS).content.decode().split())
    for words in (
        "chưa có số", "…/SVHTTDL-QLVHGĐ", "chưa ghi ngày", "trước ngày 10/12/2023; ngày an toàn cuối cùng 09/12/2023",
        "103/KH-UBND", "27/04/2023", "UBND tỉnh", "Để người dân hiểu về ASEAN", "Xuyên suốt", "Trung tâm Văn hóa",
        "ND2 – Ba trụ cột", "HT1 – Tin, bài", "DT1 – Cán bộ <strong>(ưu tiên)</strong>", "NS1 – Ngân sách",
        "01/05/2023 – 31/12/2023",
    ):  # fmt: skip
        assert words in page


def test_a_numbered_letter_is_named_by_number_and_date(client: Client) -> None:
    make_activity(campaign_id=make_campaign(letter_number="57/SVHTTDL", letter_date=date(2023, 5, 12)).pk)
    for address in ("/campaigns/", ADDRESS):
        page = client.get(address).content.decode()
        assert ("57/SVHTTDL" in page, "12/05/2023" in page, "chưa có số" in page) == (True, True, False)


def test_each_number_leads_to_a_list_of_just_that(client: Client) -> None:
    campaign = make_campaign()
    theme, area = campaign.themes.all()[0], make_area("Huyện Đình Lập")
    weekly = Recurrence(freq=Frequency.WEEKLY, count=3)
    make_activity(campaign_id=campaign.pk, theme_ids=(theme.pk,), area_id=area.pk, recurrence=weekly)
    make_activity(campaign_id=campaign.pk, interval=at(date(2023, 11, 23)))
    make_activity()
    page = client.get(ADDRESS).content.decode()
    links = re.findall(r'<td><a href="([^"]+)">(\d+)</a></td>\s*<td><a href="([^"]+)">(\d+)</a></td>', page)
    counts = [client.get(listed.replace("&amp;", "&")).context["layout"].count for _other, _n, listed, _m in links]
    assert [each[0] for each in links] == [each[2] for each in links]
    assert counts == [int(each[3]) for each in links] == [3, 4, 3, 1]


def test_what_is_for_the_whole_province_is_counted_without_a_link(client: Client) -> None:
    make_activity(campaign_id=make_campaign().pk, area_id=make_area("Tỉnh Lạng Sơn", level="province").pk)
    page = client.get(ADDRESS).content.decode()
    assert re.search(r"Toàn tỉnh</th>\s*<td>1</td>\s*<td>1</td>", page) is not None


def test_a_visitor_finds_only_what_has_something_public(client: Client) -> None:
    make_activity(campaign_id=make_campaign().pk, status=Status.TENTATIVE)
    assert (client.get(ADDRESS).status_code, client.get("/campaigns/").context["summaries"]) == (404, ())
    client.force_login(make_user("Dung", role=Role.VIEWER))
    assert (client.get(ADDRESS).status_code, len(client.get("/campaigns/").context["summaries"])) == (200, 1)
    assert client.get("/campaigns/khong-co/").status_code == 404


def test_planners_alone_are_offered_the_workbook(client: Client) -> None:
    make_activity(campaign_id=make_campaign().pk)
    found = ["/plans/asean-2023.xlsx" in client.get(ADDRESS).content.decode()]
    for person in (make_user("Dung", role=Role.VIEWER), make_planner()):
        client.force_login(person)
        found.append("/plans/asean-2023.xlsx" in client.get(ADDRESS).content.decode())
    assert found == [False, False, True]


def test_a_campaign_without_a_plan_says_so(client: Client) -> None:
    make_campaign()
    client.force_login(make_planner())
    assert "Chưa có hoạt động nào." in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("address", ["/campaigns/", ADDRESS])
def test_the_queries_do_not_grow_with_the_plan(client: Client, address: str) -> None:
    campaign = make_campaign()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    make_activity(campaign_id=campaign.pk)
    one = queries()
    for number in range(2):
        make_activity(campaign_id=campaign.pk, area_id=make_area(parent=make_area()).pk)
        make_activity(campaign_id=make_campaign(f"kh-khac-{number}").pk)
    assert queries() == one


def test_an_activity_leads_to_its_campaign(client: Client) -> None:
    activity = make_activity(campaign_id=make_campaign().pk)
    assert f'href="{ADDRESS}"' in client.get(f"/activities/{activity.uid}/").content.decode()
