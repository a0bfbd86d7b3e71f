"""Our own Word document: the form of the decree, the rows of the document, text that stays text."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from events.outputs.documents.docx import write_docx
from events.outputs.documents.docx_default import default_template
from events.outputs.documents.docx_tags import column_tag, tags_of
from events.outputs.documents.docx_template import fill_in
from events.outputs.documents.example import example_document
from events.outputs.documents.model import Appendix, Column, Section, Signature
from tests.events.documents.document_makers import FRAME, HOSTILE, make_document, make_row
from tests.events.documents.docx_reading import grids_of, opened, words_of


def test_the_page_has_the_form_of_the_decree() -> None:
    file = opened(write_docx(make_document(make_row(1, "Một"))))
    section = file.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side is not None] == [20, 20, 30, 15]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.different_first_page_header_footer
    assert [field.get(qn("w:instr")) for field in section.header._element.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert list(section.first_page_header._element.iter(qn("w:fldSimple"))) == []
    assert file.styles["Normal"].font.name == "Times New Roman"
    foot = "Phiên bản abc123 · In ngày 01/08/2023 · https://pano.example/calendar/?area=huyen-cao-loc&date=2023-08-01"
    assert [part.paragraphs[0].text for part in (section.footer, section.first_page_footer)] == [foot, foot]


def test_a_portrait_document_stands_upright() -> None:
    section = opened(write_docx(make_document(orientation="portrait"))).sections[0]
    assert section.page_width is not None
    assert (section.orientation, round(section.page_width.mm)) == (WD_ORIENT.PORTRAIT, 210)


def test_the_table_has_every_row_its_groups_and_its_sums() -> None:
    document = make_document(make_row(1, "Một"), make_row(2, "Hai", kind="off"))
    content = write_docx(document)
    (table,) = grids_of(content)
    assert [row[:2] for row in table] == [
        ["STT", "Nội dung"],
        ["Tháng 9 năm 2023"],
        ["1", "Một\nTriển lãm"],
        ["2", "Hai\nTriển lãm"],
        ["Cộng", "3"],
    ]
    assert table[2][2:] == ["Thứ Hai\n19h00–21h30, 04/09/2023\n(20/7 ÂL)", "01/09/2023", "3 cái", "12,5", "1.500.000"]
    drawn = next(each for each in opened(content).tables if len(each.rows) == 5)
    heading, last = drawn.rows[0]._tr, drawn.rows[3]._tr
    assert [len(list(heading.iter(qn(name)))) for name in ("w:tblHeader", "w:cantSplit")] == [1, 1]
    assert len(list(last.iter(qn("w:strike")))) == 12  # two runs in each cell but the last
    words = list(words_of(content))
    assert [
        text for text in ("LỊCH HOẠT ĐỘNG", "(Tháng 9)", "\nTuần thứ 36", "Tổng số: 2 buổi.") if text not in words
    ] == []


def test_the_frame_stands_where_it_is_asked_for() -> None:
    whole = replace(
        FRAME,
        has_national_title=True,
        draft_mark="",
        appendix=Appendix(number="Phụ lục II", attached_to="Kèm theo Kế hoạch số 5/KH"),
    )
    lines = "\n".join(words_of(write_docx(make_document(frame=whole)))).split("\n")
    told = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Phụ lục II",
        "(Kèm theo Kế hoạch số 5/KH)", "UBND HUYỆN CAO LỘC", "PHÒNG VĂN HÓA VÀ THÔNG TIN", "Số: …/KH-VHTT",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)", "Không có hoạt động nào.",
        "Cao Lộc, ngày …… tháng …… năm ………",
    )  # fmt: skip
    assert [text for text in told if text not in lines] == []
    bare = replace(FRAME, authority=(), number_line="", recipients=(), signatures=(), draft_mark="")
    rest = "\n".join(words_of(write_docx(make_document(frame=bare))))
    assert [text for text in ("CỘNG HÒA", "Phụ lục", "Nơi nhận", "DỰ THẢO", "ngày …… tháng") if text in rest] == []


@pytest.mark.parametrize("names", [(), ("A",), ("A", "B"), ("A", "B", "C")])
def test_our_template_fits_however_many_sign(names: tuple[str, ...]) -> None:
    template = default_template(example_document("schedule", make_document().sections[0].columns))
    signed = replace(FRAME, signatures=tuple(Signature(who=name, how="Ký") for name in names))
    last = opened(fill_in(template, make_document(frame=signed))).tables[-1]
    blocks = [cell.text.split("\n")[2] for cell in last.rows[0].cells[1:]]
    assert blocks == ["", "", "", *names][-3:]


def test_tables_of_another_form_have_their_own_columns() -> None:
    other = Section(
        columns=(Column(key="x", heading="Ghi chú khác", width=30),),
        groups=make_document(replace(make_row(1, "a"), cells=make_row(1, "Mười").cells[1:2])).sections[0].groups,
    )
    document = make_document(make_row(1, "Một"))
    first, second = grids_of(write_docx(replace(document, sections=(*document.sections, other))))
    assert (first[0][:2], second) == (
        ["STT", "Nội dung"],
        [["Ghi chú khác"], ["Tháng 9 năm 2023"], ["Mười\nTriển lãm"]],
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    content = write_docx(make_document(make_row(1, text), title=text, subtitle=(text,)))
    clean = text.replace("\x00", "").replace("\x0b", "").replace("\ufffe", "")
    assert grids_of(content)[0][2][1] == f"{clean}\nTriển lãm"
    assert opened(content).core_properties.title == clean[:255]
    with ZipFile(BytesIO(content)) as archive:
        assert b"TargetMode" not in b"".join(archive.read(name) for name in archive.namelist())


def test_equal_documents_are_equal_bytes_without_a_clock() -> None:
    document = make_document(make_row(1, "Một"))
    assert (write_docx(document), default_template(document)) == (write_docx(document), default_template(document))
    with ZipFile(BytesIO(write_docx(document))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_tags_are_plain_and_named_by_their_headings() -> None:
    assert column_tag("Thời gian (dương, âm)") == "thoi_gian"
    row = make_row(1, "Một")
    tags = tags_of(make_document(replace(row, cells=(*row.cells[:1], replace(row.cells[1], text=""), *row.cells[2:]))))
    assert isinstance(tags["dong"], list)
    first = tags["dong"][0]
    assert isinstance(first, dict)
    assert (first["noi_dung"], first["so_luong"], first["mo_nhom"], first["hinh"]) == (
        "Triển lãm", "3 cái", True, "1-1-1-1-1-1-1"
    )  # fmt: skip
    assert first["o"][1] == {"chu": "", "nho": "Triển lãm"}  # type: ignore[index]
