"""The templates an office keeps: who may, what is refused with nothing kept, and what documents look like then."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.errors import NotAllowed
from events.documents.docx_examining import examine_template
from events.documents.registry import document_kinds
from events.documents.template_trials import examples_of, try_template
from events.models import OfficeTemplate
from events.outputs.documents.docx_default import default_template
from events.outputs.documents.docx_faults import MOST_BYTES, BadTemplateError
from events.outputs.documents.docx_tags import column_tag
from events.planning.office_templates import TemplateUpload, remove_office_template, save_office_template
from tests.events.documents.docx_reading import make_template, words_of
from tests.factories import make_activity, make_area, make_planner, make_unit, make_user
from units.models import AuditEntry, Role, Unit, UnitKind

GOOD = make_template("MẪU CỦA SỞ: {{ tieu_de }}", "{%p for d in dong %}", "{{ d.noi_dung }}", "{%p endfor %}")
RELATION = '<Relationship Id="x9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" {}/>'


def changed(*, drop: str = "", **parts: bytes | str) -> bytes:
    """The good template with parts added or replaced; `name__rels` and the like are spelled in `NAMES`."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as given, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        wanted = {NAMES[key]: part for key, part in parts.items()}
        for name in given.namelist():
            if name != drop and name not in wanted:
                made.writestr(name, given.read(name))
        for name, part in wanted.items():
            made.writestr(name, part)
    return buffer.getvalue()


def part_of(name: str) -> str:
    with zipfile.ZipFile(BytesIO(GOOD)) as archive:
        return archive.read(name).decode()


NAMES = {
    "types": "[Content_Types].xml",
    "rels": "word/_rels/document.xml.rels",
    "body": "word/document.xml",
    "macros": "word/vbaProject.bin",
    "object": "word/embeddings/oleObject1.bin",
    "extra": "word/media/image9.bin",
    "styles": "word/styles.xml",
}
TYPES, RELS, BODY = (part_of(NAMES[name]) for name in ("types", "rels", "body"))


def with_relation(kind: str, target: str) -> bytes:
    added = RELATION.format(kind, f'Target="{target}" TargetMode="External"')
    return changed(rels=RELS.replace("</Relationships>", f"{added}</Relationships>"))


def with_field(field: str) -> bytes:
    return changed(body=BODY.replace("<w:sectPr", f"<w:p><w:r>{field}</w:r></w:p><w:sectPr", 1))


def locked_zip() -> bytes:
    content = bytearray(changed(extra=b"x"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp không phải văn bản Word"),
        (b"%PDF-1.7", "Tệp không phải văn bản Word"),
        (GOOD[: len(GOOD) // 2], "Tệp không phải văn bản Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "Tệp là văn bản .doc kiểu cũ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Tệp được bảo vệ bằng mật khẩu"),
        (locked_zip(), "Tệp được bảo vệ bằng mật khẩu"),
        (b"\0" * (MOST_BYTES + 1), "Tệp lớn hơn 2 MB"),
        (changed(extra=b"\0" * (21 * 1024 * 1024)), "Tệp giải nén ra lớn hơn nhiều"),
        (changed(styles=b" " * (4 * 1024 * 1024)), "Tệp giải nén ra lớn hơn nhiều"),
        (changed(drop="word/document.xml"), "Tệp không phải văn bản Word"),
        (changed(macros=b"x"), "Tệp có macro"),
        (changed(types=TYPES.replace("document.main", "document.macroEnabled.main")), "Tệp có macro"),
        (changed(types=TYPES.replace("document.main", "template.main")), "Tệp là mẫu Word (.dotx)"),
        (changed(object=b"x"), "Tệp có đối tượng nhúng"),
        (changed(styles='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "Tệp không phải văn bản Word"),
        (changed(styles="<a>"), "Tệp không phải văn bản Word"),
        (with_relation("attachedTemplate", "file:///C:/Mau/cu.dotm"), "Tệp gắn với một mẫu khác ở «file:///C:/Mau/cu.dotm»"),
        (with_relation("image", "http://a.example/x.png"), "Tệp dẫn tới nội dung ở ngoài: «http://a.example/x.png»"),
        (with_relation("hyperlink", "file:///etc/passwd"), "Tệp dẫn tới nội dung ở ngoài: «file:///etc/passwd»"),
        (
            changed(rels=RELS.replace("</Rel", RELATION.format("aFChunk", 'Target="a.htm"') + "</Rel")),
            "Tệp có đối tượng nhúng",
        ),
        (
            with_field("<w:instrText>INCLUDE</w:instrText><w:instrText>TEXT x</w:instrText>"),
            "Tệp có trường «INCLUDETEXT»",
        ),
    ],
)  # fmt: skip
def test_what_is_no_harmless_template_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadTemplateError) as refused:
        examine_template(content)
    assert str(refused.value).startswith(sentence)


def test_a_link_to_the_web_and_a_page_number_are_harmless() -> None:
    examine_template(with_relation("hyperlink", "https://langson.example/"))
    examine_template(with_field("<w:instrText>PAGE</w:instrText>"))


def test_our_own_template_fits_each_kind_and_a_general_one_fits_all() -> None:
    for code in document_kinds():
        try_template(default_template(examples_of(code)[0]), code)
    try_template(
        make_template("{{ tieu_de }}", "{% for d in dong %}{% for o in d.o %}{{ o.chu }}{% endfor %}{% endfor %}"), ""
    )
    with pytest.raises(BadTemplateError) as refused:
        try_template(GOOD, "")
    assert str(refused.value).startswith("«Phụ lục cổ động trực quan»: Không có thẻ «noi_dung»;")


def test_the_tags_of_the_columns_are_those_that_offices_have_written_down() -> None:
    tags = {code: [column_tag(column.heading) for column in kind.columns] for code, kind in document_kinds().items()}
    schedule = ["stt", "noi_dung", "thoi_gian", "dia_diem", "don_vi_thuc_hien", "don_vi_phoi_hop", "ghi_chu"]
    assert tags == {
        "schedule": schedule,
        "week": ["buoi", "gio", "noi_dung", "thanh_phan", "dia_diem", "chu_tri", "ghi_chu"],
        "postings": [
            "stt", "hinh_thuc", "noi_dung_khau_hieu", "kich_thuoc", "dvt", "so_luong", "dien_tich", "vi_tri", "treo",
            "thao", "don_vi", "kinh_phi",
        ],
        "calendar": schedule,
        "notices": ["stt", "gui_muon_nhat", "van_ban", "noi_nhan", "hoat_dong", "thoi_gian_to_chuc", "da_gui"],
        "removals": [
            "stt", "thao_cham_nhat", "hinh_thuc", "noi_dung_khau_hieu", "so_luong", "vi_tri", "don_vi_thao", "da_thao",
        ],
        "route-sheet": [
            "stt", "ngay", "gio_xuat_phat", "gio_den", "chang", "xa_thon", "dia_diem", "gio_lap_dat",
            "gio_dien_tu_den", "noi_dung_chuong_trinh", "nguoi_don", "dien_san_khau", "an_nghi", "phuong_an_mua",
            "xac_nhan", "so_nguoi_xem",
        ],
    }  # fmt: skip


@pytest.fixture
def office() -> Unit:
    return make_unit("VH-CL", areas=(make_area("Huyện Cao Lộc", slug="huyen-cao-loc"),))


def sent(kind: str, content: bytes, name: str = "mau cua so.docx") -> dict[str, object]:
    return {"kind": kind, "file": SimpleUploadedFile(name, content)}


@pytest.mark.django_db
def test_documents_of_a_unit_are_filled_into_its_template(client: Client, office: Unit) -> None:
    make_activity(title="Đêm hội", area_id=office.areas.get().pk)
    address = "/print/document.docx?area=huyen-cao-loc"
    ours = client.get(address)
    client.force_login(make_planner())
    assert client.post("/print/templates/VH-CL/", sent("schedule", GOOD)).status_code == 302
    client.logout()
    theirs = client.get(address)
    assert list(words_of(theirs.content)) == [
        "MẪU CỦA SỞ: LỊCH HOẠT ĐỘNG TUYÊN TRUYỀN",
        "Đêm hội\nTuyên truyền lưu động",
    ]
    assert theirs["ETag"] != ours["ETag"]
    assert client.get(address, headers={"If-None-Match": theirs["ETag"]}).status_code == 304
    assert client.get("/print/document.docx?document=week&area=huyen-cao-loc").content.startswith(b"PK")
    client.force_login(make_planner("Quang"))
    assert client.get("/print/templates/VH-CL/schedule.docx").content == GOOD
    assert client.post("/print/templates/VH-CL/schedule/remove/").status_code == 302
    assert client.get(address).content == ours.content
    verbs = (
        AuditEntry.objects.filter(subject_type="events.officetemplate").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["save office template", "remove office template"]


@pytest.mark.django_db
def test_a_template_for_one_kind_goes_before_the_one_for_all(client: Client, office: Unit) -> None:
    general = make_template("CHUNG")
    for kind, content in (("", general), ("week", make_template("TUẦN"))):
        upload = TemplateUpload(unit=office, kind=kind, name="m.docx", content=content)
        save_office_template(upload=upload, by=make_planner(f"P{kind}"), now=timezone.now())
    documents = {
        kind: client.get(f"/print/document.docx?document={kind}&area=huyen-cao-loc") for kind in ("week", "schedule")
    }
    assert {kind: list(words_of(answer.content)) for kind, answer in documents.items()} == {
        "week": ["TUẦN"], "schedule": ["CHUNG"]
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (make_template("{{ d.noi_dung }}"), "«Lịch hoạt động»: Không có thẻ «d»;"),
        (b"PK", "Tệp không phải văn bản Word"),
        (b"", "Hãy chọn một tệp"),
    ],
)
@pytest.mark.usefixtures("office")
def test_a_fault_is_told_on_the_page_and_nothing_is_kept(client: Client, content: bytes, told: str) -> None:
    client.force_login(make_planner())
    page = client.post("/print/templates/VH-CL/", sent("schedule", content))
    assert (page.status_code, page.context["fault"].startswith(told)) == (200, True)
    assert not OfficeTemplate.objects.exists()


@pytest.mark.django_db
def test_a_template_that_fits_no_longer_is_explained_to_who_asks(client: Client, office: Unit) -> None:
    make_activity(title="Đêm hội", area_id=office.areas.get().pk)
    bad = make_template("{{ xyz }}")
    OfficeTemplate.objects.create(unit=office, kind="", name="cũ.docx", content=bad, uploaded_at=timezone.now())
    page = client.get("/print/document.docx?area=huyen-cao-loc")
    assert (page.status_code, "Không có thẻ «xyz»" in page.content.decode()) == (400, True)


@pytest.mark.django_db
def test_only_planners_of_the_unit_change_its_templates(client: Client, office: Unit) -> None:
    own, other = (make_user(name, role=Role.UNIT_PLANNER, unit=unit) for name, unit in (("An", office), ("Ba", None)))
    approver = make_user("Chi", role=Role.APPROVER, unit=office)
    for user, status in ((own, 200), (other, 403), (approver, 403)):
        client.force_login(user)
        assert client.get(f"/print/templates/{office.code}/").status_code == status
    with pytest.raises(NotAllowed):
        remove_office_template(unit=office, kind="", by=other)
    assert not remove_office_template(unit=office, kind="", by=own)
    with pytest.raises(ValidationError):
        remove_office_template(unit=office, kind="poem", by=own)
    client.force_login(own)
    assert client.get("/print/templates/").headers["Location"] == f"/print/templates/{office.code}/"
    client.force_login(approver)
    assert client.get("/print/templates/").status_code == 403
    client.force_login(make_planner())
    assert [unit for unit, _ in client.get("/print/templates/").context["units"]].count(office) == 1


@pytest.mark.django_db
def test_what_is_not_there_is_not_found(client: Client, office: Unit) -> None:
    make_unit("SO", kind=UnitKind.DEPARTMENT)
    client.force_login(make_planner())
    for address in (
        "KHONG/",
        f"{office.code}/week.docx",
        f"{office.code}/poem.docx",
        "ours/poem.docx",
        "ours/all.docx",
    ):
        assert client.get(f"/print/templates/{address}").status_code == 404
    assert client.post(f"/print/templates/{office.code}/", sent("poem", GOOD)).status_code == 400
    assert client.post(f"/print/templates/{office.code}/", {"kind": ""}).status_code == 200
    starter = client.get("/print/own-templates/week.docx")
    assert starter["Content-Disposition"] == 'attachment; filename="mau-week.docx"'
    try_template(starter.content, "week")
