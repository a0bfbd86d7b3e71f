"""Templates of an office, filled in: what is right, what is explained, and what is refused."""

from __future__ import annotations

import pytest

from events.outputs.documents import docx_sandbox
from events.outputs.documents.docx_faults import BadTemplateError, explain
from events.outputs.documents.docx_template import fill_in
from tests.events.documents.document_makers import make_document, make_row
from tests.events.documents.docx_reading import make_template, opened, rows_of, words_of

DOCUMENT = make_document(make_row(1, "Một"), make_row(2, "Hai", kind="off"))


def fault_of(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = (), header: str = "") -> str:
    with pytest.raises(BadTemplateError) as refused:
        fill_in(make_template(*paragraphs, rows=rows, header=header), DOCUMENT)
    return str(refused.value)


def test_a_template_prints_repeats_and_chooses() -> None:
    template = make_template(
        "{{ tieu_de|lower }} – {{ chu_ky[0].nguoi_ky }}",
        "{% for x in phu_de %}{{ loop.index }}. {{ x }}{% if not loop.last %}; {% endif %}{% endfor %}",
        "{{ 'có' if quoc_hieu else 'không' }}",
        rows=(("{%tr for d in dong %}", ""), ("{{ d.stt }}", "{{ d.noi_dung }}"), ("{%tr endfor %}", "")),
        header="{{ co_quan }}",
    )
    content = fill_in(template, DOCUMENT)
    assert content == fill_in(template, DOCUMENT)
    assert list(words_of(content))[:3] == [
        "lịch hoạt động – NGƯỜI LẬP BIỂU", "1. Địa bàn: Huyện Cao Lộc; 2. (Tháng 9)", "không"
    ]  # fmt: skip
    assert rows_of(opened(content).tables[0]) == [["1", "Một\nTriển lãm"], ["2", "Hai\nTriển lãm"]]
    assert opened(content).sections[0].header.paragraphs[0].text == "Phòng Văn hóa và Thông tin"


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        (
            "Tên: {{ tieu_dee }}",
            "Không có thẻ «tieu_dee»; có phải ý bạn là «tieu_de»? Lỗi nằm trong phần nội dung, đoạn 2,",
        ),
        ("{{ xyz }}", "Không có thẻ «xyz»; danh sách thẻ có ở trang mẫu văn bản. Lỗi nằm"),
        ("{% for d in dong %}{{ d.noi_dug }}{% endfor %}", "Không có thẻ «noi_dug»; có phải ý bạn là «noi_dung»?"),
        ("{{ chu_ky[7].nguoi_ky }}", "Danh sách không có mục [7];"),
        ("{{ tieu_de.upper }}", "Không có thẻ «upper»;"),
        ("{{ dong.append }}", "Không có thẻ «append»;"),
        ("{% for x in phu_de %}{{ loop.cycle }}{% endfor %}", "Không có thẻ «cycle»;"),
        ("{% for x in phu_de %}{{ x }}", "Lệnh «for» mở ở đây mà không đóng; hãy thêm «endfor»."),
        ("{% endfor %}", "«endfor» không đóng lệnh nào đang mở;"),
        ("{% lap x %}", "Không có lệnh «lap»;"),
        ("{{ tieu_de|hoa }}", "Không có bộ lọc «hoa»."),
        ("{{ tieu_de is dep }}", "Không có bộ lọc «dep»."),
        ("{{ tieu_de tieu_de }}", "Thẻ viết sai;"),
        ("{{ }}", "Thẻ viết sai;"),
        ("{{ range(9) }}", "Mẫu chỉ được in thẻ,"),
        ("{{ 2 ** 99999999 }}", "Mẫu chỉ được in thẻ,"),
        ("{% set a = tieu_de ~ tieu_de %}", "Mẫu chỉ được in thẻ,"),
        ("{% include '/etc/passwd' %}", "Mẫu chỉ được in thẻ,"),
        ("{{ ''.__class__.__mro__ }}", "Không có thẻ «__class__»;"),
        ("{% for x in bang recursive %}{% endfor %}", "Mẫu chỉ được in thẻ,"),
    ],
)
def test_a_wrong_tag_is_named_with_its_place(paragraph: str, sentence: str) -> None:
    told = fault_of("Mở đầu", paragraph)
    assert told.startswith(sentence)
    assert "đoạn 2, tại «{" in told
    assert f"(cả đoạn là: «{paragraph}»)." in told


def test_a_fault_in_the_header_or_a_table_is_found() -> None:
    assert "Lỗi nằm ở đầu trang, đoạn 1, tại «{{ co_quam }}»" in fault_of("Chữ", header="{{ co_quam }}")
    assert "tại «{{ d.sttt }}»" in fault_of(rows=(("{%tr for d in dong %}",), ("{{ d.sttt }}",), ("{%tr endfor %}",)))


def test_an_inner_command_left_open_is_the_one_named() -> None:
    told = fault_of("{% if tieu_de %}{% endif %}", "{% for x in phu_de %}", "{% if x %}", "{% endfor %}")
    assert told.startswith("Lệnh «if» mở ở đây mà không đóng;")
    assert "đoạn 3, tại «{% if x %}»" in told
    assert "đoạn 3" in fault_of("Chữ", "{% for x in phu_de %}{% endfor %}", "{% if tieu_de %}")


def test_commands_that_cross_paragraphs_are_refused_and_not_mended_in_silence() -> None:
    told = fault_of("{% for x in phu_de %}{{ x }}", rows=(("{% endfor %}",),))
    assert told.startswith("Một lệnh mở ở dòng hoặc đoạn này mà đóng ở chỗ khác loại;")


def test_loops_within_loops_and_large_results_end(monkeypatch: pytest.MonkeyPatch) -> None:
    nested = "".join(f"{{% for a{n} in dong %}}" for n in range(18)) + "x" + "{% endfor %}" * 18
    assert fault_of(nested).startswith("Các lệnh lặp trong mẫu lặp quá nhiều lần;")
    assert fault_of("{% if tieu_de %}" * 99 + "{% endif %}" * 99).startswith("Thẻ viết sai;")
    monkeypatch.setattr(docx_sandbox, "MOST_LETTERS", 1000)
    assert fault_of("Chữ").startswith("Văn bản điền theo mẫu sẽ quá lớn;")


def test_a_template_with_broken_tables_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_args: object) -> None:
        raise AttributeError

    monkeypatch.setattr("docxtpl.DocxTemplate.fix_docpr_ids", break_down)
    assert fault_of("Chữ").startswith("Không điền được các bảng trong mẫu;")


def test_a_fault_without_a_place_is_still_a_sentence() -> None:
    assert str(explain(BadTemplateError("Câu."), "", ())) == "Câu."
