"""What a unit keeps for the head and foot of its papers: saved, refused, told, printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from core.errors import NotAllowed, StalePlan
from events.documents import document_kinds
from events.documents.frames import draw_frame, frame_of
from events.documents.kept_forms import kept_form, kept_forms, usual_plan
from events.models import DocumentForm
from events.planning.document_forms import FormSeen, restore_document_form, save_document_form
from events.planning.form_plans import FormPlan, SignaturePlan, check_form, differences
from tests.factories import make_activity, make_planner, make_unit, make_user
from tests.forms import values_of
from tests.mobile_teams.makers import make_road, make_tour
from units.models import AuditEntry, Role, Unit, UnitKind, User

pytestmark = pytest.mark.django_db
OWN = FormPlan(
    authority=("UBND tỉnh Lạng Sơn", "Sở Văn hóa, Thể thao và Du lịch"),
    number_symbol="KH-SVHTTDL",
    date_place="Lạng Sơn",
    recipients=("Như trên", "Lưu: VT, QLVH&GĐ"),
    signatures=(SignaturePlan(who="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", name="Phan Văn Hòa"),),
    has_national_title=True,
)
APPENDIX = FormPlan(appendix_number="II", attached_to="Kèm theo Kế hoạch số …/KH-SVHTTDL ngày … tháng … năm … của Sở")


@pytest.fixture
def office() -> Unit:
    return make_unit("SO", name="Sở Văn hóa", kind=UnitKind.DEPARTMENT)


@pytest.fixture
def alice(office: Unit) -> User:
    return make_user("Alice", role=Role.UNIT_PLANNER, unit=office)


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.fixture
def browser(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def seen(unit: Unit, kind: str = "", version: int = 0) -> FormSeen:
    return FormSeen(unit_id=unit.pk, kind=kind, version=version, shown=kept_form(unit, kind).below)


def save(unit: Unit, by: User, plan: FormPlan = OWN, *, kind: str = "", version: int = 0) -> DocumentForm:
    return save_document_form(seen=seen(unit, kind, version), plan=plan, by=by)


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_a_form_for_one_kind_counts_before_the_general_one_and_that_before_the_usual(office: Unit, alice: User) -> None:
    assert kept_form(office, "week").plan == usual_plan(office, "week")
    assert kept_form(None, "week").source == "usual"
    save(office, alice)
    save(office, alice, replace(OWN, date_place="Đồng Đăng"), kind="week")
    assert (kept_form(office, "schedule").plan, kept_form(office, "schedule").source) == (OWN, "general")
    assert (kept_form(office, "week").plan.date_place, kept_form(office, "week").source) == ("Đồng Đăng", "own")
    assert [each.name for each in kept_form(office, "week").changes] == ["date_place"]
    assert kept_form(make_unit(), "week").source == "usual"


def test_all_kinds_of_a_unit_take_as_many_queries_as_one(
    office: Unit, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    save(office, alice)
    save(office, alice, APPENDIX, kind="postings")
    unit = Unit.objects.prefetch_related("areas").select_related("parent").get(pk=office.pk)
    with django_assert_num_queries(1):
        found = kept_forms(unit)
    assert [each.kind for each in found] == ["", *document_kinds()]
    assert {each.kind: each.source for each in found if each.kind in {"", "postings", "week"}} == {
        "": "own",
        "postings": "own",
        "week": "general",
    }


def test_what_is_saved_is_on_the_trail_and_the_same_again_writes_nothing(office: Unit, alice: User) -> None:
    row = save(office, alice)
    again = save(office, alice)
    assert (row.version, again.version, AuditEntry.objects.filter(subject_type="events.documentform").count()) == (
        1,
        1,
        1,
    )
    entry = AuditEntry.objects.get(subject_type="events.documentform")
    assert entry.after is not None
    assert (entry.actor, entry.before, entry.after["recipients"]) == (alice, None, "Như trên\nLưu: VT, QLVH&GĐ")


def test_of_two_planners_one_wins_and_the_other_is_told_what_changed(office: Unit, alice: User) -> None:
    bob = make_planner("Bình")
    save(office, alice)
    save(office, bob, replace(OWN, date_place="Đồng Đăng", recipients=()), version=1)
    with pytest.raises(StalePlan) as stale:
        save(office, alice, replace(OWN, number_symbol="BC"), version=1)
    assert stale.value.sequence == 2
    assert stale.value.changes == (
        "Địa danh trước ngày tháng: «Lạng Sơn» đã thành «Đồng Đăng».",
        "Nơi nhận: «Như trên; Lưu: VT, QLVH&GĐ» đã thành «…».",
    )
    assert kept_form(office, "").plan.number_symbol == "KH-SVHTTDL"


def test_who_makes_the_first_form_is_told_of_one_made_meanwhile(office: Unit, alice: User) -> None:
    looked = seen(office)
    save(office, make_planner(), replace(usual_plan(office, ""), date_place="Lạng Sơn"))
    with pytest.raises(StalePlan) as stale:
        save_document_form(seen=looked, plan=OWN, by=alice)
    assert stale.value.changes == ("Địa danh trước ngày tháng: «…» đã thành «Lạng Sơn».",)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentForm.objects.create(unit=office, kind="")


def test_what_was_taken_back_counts_no_more_and_its_version_goes_on(office: Unit, alice: User) -> None:
    restore_document_form(seen=seen(office), by=alice)
    save(office, alice)
    restore_document_form(seen=seen(office, version=1), by=alice)
    restore_document_form(seen=seen(office, version=1), by=alice)
    kept = kept_form(office, "")
    assert (kept.plan, kept.source, kept.version) == (usual_plan(office, ""), "usual", 2)
    with pytest.raises(StalePlan) as stale:
        save(office, alice, APPENDIX, version=1)
    assert "Địa danh trước ngày tháng: «Lạng Sơn» đã thành «…»." in stale.value.changes
    assert save(office, alice, version=2).version == 3
    with pytest.raises(StalePlan) as stale:
        restore_document_form(seen=seen(office, version=2), by=alice)
    save(office, alice, APPENDIX, version=3)
    save(office, alice, OWN, version=4)
    with pytest.raises(StalePlan) as stale:
        restore_document_form(seen=seen(office, version=3), by=alice)
    assert stale.value.changes == ("Có người đã lưu lại thể thức này, nội dung như cũ.",)


def test_only_planners_of_the_unit_write_and_only_kinds_there_are(office: Unit, alice: User) -> None:
    for role, unit in ((Role.APPROVER, office), (Role.UNIT_PLANNER, make_unit())):
        with pytest.raises(NotAllowed):
            save(office, make_user(f"Carol {role}", role=role, unit=unit))
    with pytest.raises(ValidationError, match="loại văn bản"):
        save_document_form(seen=FormSeen(unit_id=office.pk, kind="poem", version=0, shown=OWN), plan=OWN, by=alice)
    with pytest.raises(ValidationError, match="không còn"):
        save_document_form(seen=FormSeen(unit_id=0, kind="", version=0, shown=OWN), plan=OWN, by=alice)
    assert DocumentForm.objects.count() == 0


def test_text_is_made_clean() -> None:
    clean = check_form(
        FormPlan(
            authority=("  UBND   tỉnh\u200b ", "", "So\u031b\u0309 \u202eVH"),
            recipients=("- Như trên;", "• Lưu: VT.", "   "),
            appendix_number="Phụ lục 2",
            attached_to="(Kèm theo Kế hoạch)",
            signatures=(SignaturePlan(who=""), SignaturePlan(who="TM. UBND\n\nCHỦ TỊCH", how="(ký)")),
        )
    )
    assert clean.authority == ("UBND tỉnh", "Sở VH")
    assert (clean.recipients, clean.appendix_number) == (("Như trên", "Lưu: VT"), "II")
    assert clean.attached_to == "Kèm theo Kế hoạch"
    assert clean.signatures == (SignaturePlan(who="TM. UBND\nCHỦ TỊCH", how="ký"),)


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"authority": ("x",) * 5}, {"authority"}),
        ({"authority": ("x" * 161,)}, {"authority"}),
        ({"recipients": ("x",) * 21}, {"recipients"}),
        ({"recipients": ("x" * 161,)}, {"recipients"}),
        ({"number_symbol": "Số: 12"}, {"number_symbol"}),
        ({"number_symbol": "12/KH"}, {"number_symbol"}),
        ({"number_symbol": "K" * 41}, {"number_symbol"}),
        ({"date_place": "x" * 61}, {"date_place"}),
        ({"appendix_number": "IIX"}, {"appendix_number"}),
        ({"attached_to": "x" * 241}, {"attached_to"}),
        ({"attached_to": "Kèm theo", "has_national_title": True}, {"has_national_title"}),
        ({"signatures": (SignaturePlan(who="a\nb\nc\nd"),)}, {"who_1"}),
        ({"signatures": (SignaturePlan(who="x" * 81, how="y" * 81, name="z" * 81),)}, {"who_1", "how_1", "name_1"}),
        ({"signatures": (SignaturePlan(who="", name="Hòa"),)}, {"who_1"}),
        ({"signatures": (SignaturePlan(who="x"),) * 4}, {"who_1"}),
    ],
)
def test_what_has_no_room_or_makes_no_sense_is_told_at_its_field(fields: dict[str, object], at_fault: set[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        check_form(replace(FormPlan(), **fields))  # type: ignore[arg-type]
    assert set(refused.value.error_dict) == at_fault
    assert all(sentence.endswith(".") for sentence in refused.value.messages)


def test_number_date_and_signature_stay_blank(office: Unit) -> None:
    frame = draw_frame(OWN, "schedule")
    assert frame.number_line == "Số: ……/KH-SVHTTDL"
    assert frame.date_line == "Lạng Sơn, ngày …… tháng …… năm ………"
    assert frame.is_dated_above
    usual = frame_of(office, "schedule")
    assert (usual.date_line[:4], usual.number_line, usual.is_dated_above) == ("……………"[:4], "", False)
    assert draw_frame(replace(OWN, has_date_line=False), "week").is_dated_above is False


def test_a_route_sheet_prints_no_number_and_no_date() -> None:
    frame = draw_frame(OWN, "route-sheet")
    assert (frame.number_line, frame.date_line, frame.has_national_title) == ("", "", False)
    assert (frame.authority, frame.recipients) == (OWN.authority, OWN.recipients)


def test_two_plans_are_told_apart_in_words() -> None:
    told = {each.name: (each.before, each.after) for each in differences(FormPlan(), OWN)}
    assert told["has_national_title"] == ("không", "có")
    assert told["signatures"] == ("", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC Phan Văn Hòa")


@pytest.mark.parametrize("kind", ["schedule", "week", "postings", "calendar", "notices", "removals"])
def test_the_settings_stand_in_every_kind_of_document(browser: Client, alice: User, kind: str) -> None:
    office = Unit.objects.get(code="SO")
    make_activity(title="Đêm văn nghệ")
    address = f"/print/document.pdf?document={kind}&from=2023-08-01&to=2023-08-31"
    before = browser.get(address)
    save(office, alice, kind=kind)
    after = browser.get(address, headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after["ETag"] == before["ETag"]) == (200, False)
    text = text_of(after.content)
    for line in (
        "UBND TỈNH LẠNG SƠN",
        "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: ……/KH-SVHTTDL",
        "Lạng Sơn, ngày …… tháng …… năm ………",
        "DỰ THẢO",
        "Nơi nhận: - Như trên; - Lưu: VT, QLVH&GĐ.",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Phan Văn Hòa",
    ):
        assert text.count(line) == 1, line
    assert "CỘNG HÒA" not in text_of(before.content)


def test_the_settings_of_the_team_s_unit_stand_on_the_route_sheet(client: Client) -> None:
    make_road()
    tour = make_tour()
    planner = make_planner()
    client.force_login(planner)
    address = f"/tours/{tour.pk}/route-sheet.pdf"
    before = client.get(address)
    assert "TRƯỞNG ĐOÀN (ký, ghi rõ họ tên)" in text_of(before.content)
    save(tour.team.unit, planner, replace(OWN, has_national_title=False, appendix_number="IV"), kind="route-sheet")
    after = client.get(address)
    assert before["ETag"] != after["ETag"]
    for content in (after.content, client.get(f"/print/document.pdf?document=route-sheet&tour={tour.pk}").content):
        text = text_of(content)
        assert "UBND TỈNH LẠNG SƠN SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH DỰ THẢO" in text
        assert "Phụ lục IV PHIẾU LỘ TRÌNH" in text
        assert "Nơi nhận: - Như trên; - Lưu: VT, QLVH&GĐ. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Phan Văn Hòa" in text
        assert "TRƯỞNG ĐOÀN (ký" not in text


@pytest.mark.parametrize("kind", ["schedule", "week", "postings", "notices", "removals"])
def test_an_appendix_is_landscape_with_its_number_above_the_title(browser: Client, alice: User, kind: str) -> None:
    save(Unit.objects.get(code="SO"), alice, APPENDIX, kind=kind)
    reader = PdfReader(BytesIO(browser.get(f"/print/document.pdf?document={kind}").content))
    page = reader.pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (842, 595)
    text = " ".join(page.extract_text().split())
    title = {
        "schedule": "LỊCH HOẠT ĐỘNG TUYÊN TRUYỀN",
        "week": "LỊCH CÔNG TÁC TUẦN",
        "postings": "DANH MỤC CỔ ĐỘNG TRỰC QUAN",
        "notices": "DANH MỤC VĂN BẢN THÔNG BÁO, ĐĂNG KÝ",
        "removals": "DANH MỤC THÁO DỠ CỔ ĐỘNG TRỰC QUAN",
    }[kind]
    assert f"Phụ lục II {title} ({APPENDIX.attached_to})" in text
    assert "CỘNG HÒA" not in text


def test_hostile_text_is_printed_as_text(browser: Client, office: Unit, alice: User) -> None:
    hostile = "<script>alert(1)</script><img src=file:///etc/passwd> {{ x }} ★ a\u0323\u0302n"
    save(office, alice, replace(OWN, authority=(hostile,), recipients=("x" * 160,), has_national_title=False))
    text = text_of(browser.get("/print/document.pdf?document=schedule").content).replace(" ", "").casefold()
    assert "<script>alert(1)</script><imgsrc=file:///etc/passwd>{{x}}" in text
    assert "x" * 160 in text
    page = browser.get("/print/forms/SO/all/").content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_a_planner_is_led_to_the_only_unit_and_a_provincial_one_chooses(
    browser: Client, office: Unit, alice: User
) -> None:
    make_unit("KHAC", name="Phòng khác")
    assert browser.get("/print/forms/").headers["Location"] == "/print/forms/SO/"
    save(office, alice)
    browser.force_login(make_planner())
    page = browser.get("/print/forms/")
    assert {unit.code: count for unit, count in page.context["units"] if count} == {"SO": 1}
    browser.force_login(make_user("Duyệt", role=Role.APPROVER, unit=office))
    assert browser.get("/print/forms/").status_code == 403


def test_the_page_lists_what_differs(browser: Client, office: Unit, alice: User) -> None:
    save(office, alice, replace(usual_plan(office, "week"), date_place="Lạng Sơn"), kind="week")
    page = browser.get("/print/forms/SO/")
    kept = {address: [change.after for change in form.changes] for address, _label, form in page.context["forms"]}
    assert kept == {"all": [], **{kind: [] for kind in document_kinds()}, "week": ["Lạng Sơn"]}
    assert "<ins>Lạng Sơn</ins>" in page.content.decode()


def test_a_form_is_seen_before_it_is_saved(browser: Client, office: Unit) -> None:
    address = "/print/forms/SO/postings/"
    values = values_of(browser.get(address).content.decode())
    assert (values["version"], values["authority"]) == ("0", office.name)
    values |= {"appendix_number": "3", "attached_to": "Kèm theo Kế hoạch", "who_2": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"}
    seen_page = browser.post(address, values | {"action": "preview"})
    assert ("Phụ lục III" in seen_page.content.decode(), DocumentForm.objects.count()) == (True, 0)
    assert browser.post(address, values | {"action": "save"}).status_code == 302
    row = DocumentForm.objects.get()
    assert (row.kind, row.appendix_number, row.signatures[1]["who"]) == ("postings", "III", values["who_2"])
    general = values_of(browser.get("/print/forms/SO/all/").content.decode())
    assert general["appendix_number"] == ""


def test_a_fault_is_told_at_its_field_and_nothing_is_lost(browser: Client, office: Unit) -> None:
    address = f"/print/forms/{office.code}/week/"
    values = values_of(browser.get(address).content.decode()) | {"appendix_number": "hai", "recipients": "Như trên"}
    page = browser.post(address, values | {"action": "save"})
    text = page.content.decode()
    assert page.context["form"].errors["appendix_number"] == [
        "«HAI» không phải số La Mã; hãy ghi I, II, III … đến XCIX, hoặc để trống."
    ]
    assert (page.context["frame"], "Như trên" in text, DocumentForm.objects.count()) == (None, True, 0)
    long = browser.post(address, values | {"recipients": "x" * 4001})
    assert "recipients" in long.context["form"].errors


def test_whoever_comes_second_sees_the_changes_and_may_save_again(browser: Client, office: Unit) -> None:
    address = f"/print/forms/{office.code}/week/"
    values = values_of(browser.get(address).content.decode()) | {"number_symbol": "KH"}
    save(office, make_planner(), replace(usual_plan(office, "week"), date_place="Đồng Đăng"), kind="week")
    page = browser.post(address, values | {"action": "save"})
    assert "Địa danh trước ngày tháng: «…» đã thành «Đồng Đăng»." in page.content.decode()
    again = values_of(page.content.decode())
    assert (again["version"], again["number_symbol"], again["date_place"]) == ("1", "KH", "")
    assert browser.post(address, again | {"action": "save"}).status_code == 302
    assert kept_form(office, "week").plan.date_place == ""


def test_the_usual_form_comes_back_after_asking(browser: Client, office: Unit, alice: User) -> None:
    save(office, alice, kind="week")
    address = f"/print/forms/{office.code}/week/restore/"
    assert browser.get(address).status_code == 200
    assert "Họ đã sửa" in browser.post(address, {"version": "0"}).content.decode()
    assert kept_form(office, "week").source == "own"
    assert browser.post(address, {"version": "1"}).status_code == 302
    assert kept_form(office, "week").source == "usual"


def test_pages_of_what_is_not_there_or_not_theirs(browser: Client) -> None:
    other = make_unit("KHAC")
    statuses = [
        browser.get(f"/print/forms/{path}").status_code
        for path in ("KHONG/", "SO/poem/", f"{other.code}/", f"{other.code}/week/", "SO/route-sheet/")
    ]
    assert statuses == [404, 404, 403, 403, 200]
    sheet = values_of(browser.get("/print/forms/SO/route-sheet/").content.decode())
    assert ("number_symbol" in sheet, "authority" in sheet) == (False, True)
    assert browser.post("/print/forms/SO/route-sheet/", sheet | {"recipients": "Đội"}).status_code == 302
