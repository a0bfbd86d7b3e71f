"""Every kind of document for every filter and period, and what is said where there is nothing or the choice is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from events.documents import build_document, parse_spec
from events.models import Activity, ActivityKind, Status
from events.outputs.documents.model import Document
from events.planning.notices import record_notice
from tests.events.legal_makers import make_lead_time, make_trait
from tests.factories import (
    at,
    make_activity,
    make_area,
    make_campaign,
    make_planner,
    make_resource,
    make_unit,
    make_user,
)
from units.models import Role, User
from units.permissions import viewer_of
from venues.models import AreaLevel
from visuals.commands import PostingPlan
from visuals.planning import save_postings

pytestmark = pytest.mark.django_db
TODAY = date(2023, 8, 10)  # a Thursday
KINDS = ("schedule", "week", "calendar", "postings", "notices", "removals")
FILTERS = {
    "area=cao-loc": {"huyen", "xa"},
    "area=cao-loc&alone=1": {"huyen"},
    "area=xa-cao-loc": {"xa"},
    "unit=TT": {"trung-tam", "phoi-hop"},
    "team=DOI": {"doi"},
    "campaign=kh-2024": {"sang-nam"},
    "": {"huyen", "xa", "trung-tam", "phoi-hop", "doi", "sang-nam"},
}
PERIODS = {
    "period=this-week": {"huyen"},
    "period=next-week": {"xa"},
    "period=month": {"huyen", "xa", "trung-tam"},
    "period=quarter": {"huyen", "xa", "trung-tam", "phoi-hop"},
    "period=year": {"huyen", "xa", "trung-tam", "phoi-hop", "doi"},
    "period=campaign&campaign=kh-2023": {"huyen", "xa", "trung-tam", "phoi-hop", "doi"},
    "period=campaign&campaign=kh-2024": {"sang-nam"},
    "from=2023-08-15&to=2023-08-31": {"xa", "trung-tam"},
    "from=2023-09-01": {"phoi-hop", "doi", "sang-nam"},
    "to=10/08/2023": {"huyen"},
}


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.fixture
def planner() -> User:
    """Six activities, each with a paper to send and something that hangs, told apart by place, time and doer."""
    make_lead_time()
    district = make_area("Huyện Cao Lộc", slug="cao-loc")
    commune = make_area("Xã Cao Lộc", slug="xa-cao-loc", level=AreaLevel.COMMUNE, parent=district)
    centre, team = make_unit("TT"), make_resource("Đội", code="DOI")
    plan, following = (
        make_campaign("kh-2023", starts_on=date(2023, 1, 1)),
        make_campaign("kh-2024", year=2024, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31), report_before=None),
    )
    hang("huyen", date(2023, 8, 8), campaign_id=plan.pk, area_id=district.pk)
    hang("xa", date(2023, 8, 16), campaign_id=plan.pk, area_id=commune.pk)
    hang("trung-tam", date(2023, 8, 31), campaign_id=plan.pk, lead_unit_id=centre.pk)
    hang("phoi-hop", date(2023, 9, 20), campaign_id=plan.pk, coordinating_unit_ids=(centre.pk,))
    hang("doi", date(2023, 11, 1), campaign_id=plan.pk, resource_ids=(team.pk,))
    hang("sang-nam", date(2024, 3, 5), campaign_id=following.pk)
    return make_planner()


def hang(code: str, day: date, **fields: Any) -> Activity:
    activity = make_activity(code=code, title=code, interval=at(day), **fields)
    banner = PostingPlan(
        code=f"B-{code}", format="banner", slogan=code, count_unit="cái", quantity=2, unit_id=activity.lead_unit_id
    )
    save_postings(activity=activity, plans=(banner,), by=None)
    return activity


def build(query: str, by: User, *, today: date = TODAY) -> Document:
    spec = parse_spec(QueryDict(query), today=today)
    return build_document(spec, viewer=viewer_of(by), printed_on=today)


def shown(document: Document) -> set[str]:
    return {Activity.objects.get(uid=key.uid).code for key in document.keys}


def expected(kind: str, codes: set[str]) -> set[str]:
    """Where no period is asked for, a paper of what is over is left in peace."""
    return codes - {"huyen"} if kind == "notices" else codes


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_for_each_filter(planner: User, kind: str) -> None:
    found = {query: shown(build(f"document={kind}&{query}", planner)) for query in FILTERS}
    wanted = {query: expected(kind, codes) for query, codes in FILTERS.items()}
    if kind in {"postings", "removals"}:  # who hangs a banner is the lead unit alone
        wanted["unit=TT"] = {"trung-tam"}
    assert found == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_for_each_period(planner: User, kind: str) -> None:
    found = {query: shown(build(f"document={kind}&{query}", planner)) for query in PERIODS}
    wanted = dict(PERIODS)
    if kind == "calendar":  # whole months
        month = {"huyen", "xa", "trung-tam"}
        wanted |= {"period=this-week": month, "period=next-week": month, "to=10/08/2023": month}
        wanted["from=2023-08-15&to=2023-08-31"] = month
    assert found == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_of_nothing_says_so(planner: User, kind: str) -> None:
    make_area("Huyện Bình Gia", slug="binh-gia")
    for query in ("area=binh-gia", "from=2030-01-01&to=2030-01-31", "area=binh-gia&to=2023-01-01"):
        document = build(f"document={kind}&{query}", planner)
        (nothing,) = {section.nothing for section in document.sections}
        assert document.rows == ()
        assert nothing.startswith("Không")
        assert nothing.endswith(".")
        assert ("Huyện Bình Gia" in nothing) == ("area" in query)
        assert "  " not in nothing
        assert " ." not in nothing
    within = build(f"document={kind}&area=binh-gia&from=2030-01-01&to=2030-01-31", planner)
    assert "trên địa bàn Huyện Bình Gia từ ngày 01/01/2030 đến ngày 31/01/2030." in within.sections[0].nothing


def test_the_whole_campaign_asks_for_one() -> None:
    with pytest.raises(BadRequest, match="chưa chọn kế hoạch nào"):
        parse_spec(QueryDict("period=campaign"), today=TODAY)
    make_campaign("mot")
    make_campaign("hai", starts_on=date(2023, 2, 1), ends_on=date(2023, 6, 30))
    spec = parse_spec(QueryDict("period=campaign&campaign=mot&campaign=hai"), today=TODAY)
    assert (spec.first, spec.last) == (date(2023, 2, 1), date(2023, 12, 31))


def test_the_page_keeps_the_period_and_the_days_apart(client: Client, planner: User) -> None:
    client.force_login(planner)
    page = client.get("/print/?document=week&campaign=kh-2023&period=campaign&area=cao-loc&alone=1")
    text = page.content.decode()
    assert '<option value="campaign" selected>Cả kế hoạch</option>' in text
    assert (page.context["days"], page.context["spec"].last) == ((None, None), date(2023, 12, 31))
    assert 'value="1" checked><label for="print-alone">' in text
    assert shown(page.context["document"]) == {"huyen"}
    days = client.get("/print/?document=week&period=year&from=2023-08-01&to=2023-08-31")
    assert (days.context["period"], days.context["days"]) == ("", (date(2023, 8, 1), date(2023, 8, 31)))
    refused = client.get("/print/?period=campaign", headers={"Accept-Language": "vi"})
    assert (refused.status_code, "chưa chọn kế hoạch nào" in refused.content.decode()) == (400, True)
    tours = client.get("/print/?document=route-sheet&campaign=kh-2023").content.decode()
    assert 'href="/tours/?campaign=kh-2023"' in tours


def test_a_campaign_that_is_asked_for_is_named_once(planner: User) -> None:
    subtitle = build("document=schedule&campaign=kh-2023", planner).subtitle
    assert sum("Tuyên truyền, quảng bá ASEAN năm 2023" in line for line in subtitle) == 1


def test_the_list_of_papers_holds_those_to_the_border_post_and_of_drafts(planner: User) -> None:
    make_trait()
    border = make_area("Xã Tân Thanh", level=AreaLevel.COMMUNE, is_border=True)
    told = make_activity(code="da-bao", interval=at(date(2023, 8, 25)), area_id=border.pk)
    make_activity(code="bien", interval=at(date(2023, 8, 20)), area_id=border.pk)
    make_activity(code="nhap", interval=at(date(2023, 8, 22)), area_id=border.pk, status=Status.DRAFT)
    make_activity(code="trien-lam", interval=at(date(2023, 8, 21)), area_id=border.pk, kind=ActivityKind.EXHIBITION)
    record_notice(uid=told.uid, procedure="border", sent_on=date(2023, 8, 1), by=None)
    rows = build("document=notices&period=month", planner).sections[0].groups
    post = {
        (group.title, row.cells[1].text, row.cells[3].text, row.cells[4].small, row.cells[6].text)
        for group in rows
        for row in group.rows
        if row.cells[2].text == "Báo Đồn Biên phòng"
    }
    receiver, kind = "Đồn Biên phòng quản lý địa bàn", "Tuyên truyền lưu động"
    assert post == {
        ("Phải gửi", "trước buổi tổ chức", receiver, kind, "ngày …/…/……"),
        ("Phải gửi", "trước buổi tổ chức", receiver, f"{kind} – Nháp", "ngày …/…/……"),
        ("Đã gửi đúng hạn", "trước buổi tổ chức", receiver, kind, "01/08/2023"),
    }
    assert "nhap" in shown(build("document=notices&period=month", planner))


def test_a_past_period_lists_the_papers_nobody_recorded(planner: User) -> None:
    """Also those to the border post; what is over counts as no paper still to be sent."""
    make_trait()
    border = make_area("Xã Tân Thanh", level=AreaLevel.COMMUNE, is_border=True)
    make_activity(code="bien", title="Đêm biên giới", interval=at(date(2023, 8, 20)), area_id=border.pk)
    later = build("document=notices&from=2023-08-01&to=2023-08-31", planner, today=date(2026, 11, 30))
    (group,) = later.sections[0].groups
    assert group.title == "Hoạt động đã qua, chưa ghi nhận ngày gửi"
    assert {(row.cells[2].text, row.cells[4].text) for row in group.rows} == {
        *(("Thông báo biểu diễn", code) for code in ("huyen", "xa", "trung-tam", "Đêm biên giới")),
        ("Báo Đồn Biên phòng", "Đêm biên giới"),
    }
    assert later.summary == ("Tổng số: 5 văn bản, còn phải gửi 0.",)
    assert build("document=notices", planner, today=date(2026, 11, 30)).rows == ()


def test_a_week_names_its_free_days_and_a_narrow_search_says_so(planner: User) -> None:
    make_activity(title="Đêm văn nghệ", interval=at(date(2023, 8, 9)))
    (section,) = build("document=week&from=2023-08-07&to=2023-08-13&q=van+nghe", planner).sections
    free = [group for group in section.groups if not group.rows[0].keys]
    assert (len(section.groups), len(free)) == (7, 6)
    assert {cell.text for group in free for cell in group.rows[0].cells if cell.text} == {"Không có hoạt động."}


def test_who_may_not_see_a_draft_is_not_told_of_its_papers(planner: User) -> None:
    make_activity(code="nhap", interval=at(date(2023, 8, 22)), status=Status.DRAFT, area_id=make_area().pk)
    stranger = make_user("Carol", role=Role.VIEWER)
    by_stranger, by_planner = (shown(build("document=notices", each)) for each in (stranger, planner))
    assert by_planner - by_stranger <= {"nhap"}
    assert "nhap" in by_planner


def test_what_must_come_down_is_overdue_first_and_says_how_long(planner: User) -> None:
    for code, day in (("sau", date(2023, 8, 20)), ("truoc", date(2023, 8, 1)), ("giua", date(2023, 8, 8))):
        activity = make_activity(code=code, title=code, interval=at(date(2023, 7, 20)))
        plan = PostingPlan(
            code=code, format="banner", slogan=code, count_unit="cái", quantity=1, unit_id=activity.lead_unit_id,
            remove_by=day,
        )  # fmt: skip
        save_postings(activity=activity, plans=(plan,), by=None)
    groups = build("document=removals&from=2023-08-07&to=2023-08-20", planner).sections[0].groups
    listed = [(group.title, [(row.cells[3].text, row.cells[1].small) for row in group.rows]) for group in groups]
    assert listed == [
        ("Quá hạn tháo dỡ", [("truoc", "quá 9 ngày"), ("giua", "quá 2 ngày")]),
        ("Chưa quá hạn", [("huyen", ""), ("xa", ""), ("sau", "")]),
    ]
