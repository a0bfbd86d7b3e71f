from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from core.intervals import Interval, day_interval
from events.outputs.schedule import ScheduleSheet, period_text, render_schedule_html, render_schedule_pdf
from events.programme.entries import Programme
from tests.events.outputs.programmes import HALL, YARD, at, made_up_programmes, make_days, make_entry

SHEET = ScheduleSheet(
    area_name="Huyện Cao Lộc",
    authority=("UBND tỉnh Lạng Sơn", "Sở Văn hóa, Thể thao và Du lịch"),
    period=None,
    printed_on="01/08/2023",
    link="https://pano.example/calendar/?area=huyen-cao-loc",
)


def cells_of(html: str) -> list[list[str]]:
    """Read the rows of the table back: the text of each cell, spaces made one."""
    rows = re.findall(r"<tr(?: class=\"off\")?>(.*?)</tr>", html, re.DOTALL)
    found = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in found if row]


def months_of(html: str) -> list[str]:
    return re.findall(r'<th scope="rowgroup" colspan="7">(.*?)</th>', html)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_row_says_what_when_where_and_who() -> None:
    assert cells_of(render_schedule_html(Programme.of([make_entry(places=(HALL, YARD))]), SHEET)) == [
        [
            "1",
            "Triển lãm ảnh ASEAN Triển lãm",
            "Thứ Ba 19h30–21h30, 08/08/2023 (22/6 ÂL)",
            "Nhà văn hoá Cao Lộc Sân vận động",
            "Trung tâm Văn hóa huyện Cao Lộc",
            "Phòng Văn hóa và Thông tin",
            "Đã duyệt 60 ảnh",
        ]
    ]


def test_several_days_show_their_first_and_last() -> None:
    ((_, _, when, *_),) = cells_of(render_schedule_html(Programme.of([make_days(date(2023, 7, 25), 7)]), SHEET))
    assert when == "Thứ Ba – Thứ Hai 25/07–31/07/2023 (8/6–14/6 ÂL)"


def test_without_quantity_or_lunar_table_the_row_stays_whole() -> None:
    start = at().replace(year=2200)
    entry = make_entry(
        start, interval=Interval(start, start + timedelta(hours=1)), quantity="", coordinating=(), places=()
    )
    ((_, _, *rest),) = cells_of(render_schedule_html(Programme.of([entry]), SHEET))
    assert rest == ["Thứ Sáu 19h30–20h30, 08/08/2200", "", "Trung tâm Văn hóa huyện Cao Lộc", "", "Đã duyệt"]


@settings(max_examples=30, deadline=None)
@given(programme=made_up_programmes())
def test_every_entry_is_one_numbered_row(programme: Programme) -> None:
    html = render_schedule_html(programme, SHEET)
    assert [row[0] for row in cells_of(html)] == [str(number + 1) for number in range(len(programme.entries))]
    assert html.count('class="off"') == sum(entry.is_off for entry in programme.entries)


def test_rows_stand_under_their_months() -> None:
    programme = Programme.of([make_entry(at(day=30, month=month), uid=f"a{month}") for month in (6, 7, 8)])
    whole = render_schedule_html(programme, SHEET)
    assert months_of(whole) == ["Tháng 6 năm 2023", "Tháng 7 năm 2023", "Tháng 8 năm 2023"]


def test_what_began_before_the_period_stands_in_its_first_month() -> None:
    programme = Programme.of([make_days(date(2023, 7, 25), 20), make_entry(uid="b")])
    sheet = replace(SHEET, period=day_interval(date(2023, 8, 1), date(2023, 8, 31)))
    assert months_of(render_schedule_html(programme, sheet)) == ["Tháng 8 năm 2023"]


def test_what_is_called_off_is_struck_and_named() -> None:
    html = render_schedule_html(Programme.of([make_entry(status="cancelled", status_label="Đã huỷ")]), SHEET)
    assert html.count('<tr class="off">') == 1
    assert '<p class="called-off">Đã huỷ</p>' in html
    assert "trong đó 1 buổi hoãn hoặc huỷ" in html


def test_totals_by_kind_in_the_order_of_the_alphabet() -> None:
    kinds = ["Tuyên truyền lưu động", "Giao lưu", "Đội", "Giao lưu"]
    programme = Programme.of([make_entry(uid=f"a{each}", kind_label=kind) for each, kind in enumerate(kinds)])
    html = render_schedule_html(programme, SHEET)
    assert "Tổng số: 4 buổi." in html
    assert "Theo loại hình: Đội (1); Giao lưu (2); Tuyên truyền lưu động (1)." in html


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (None, "Không có hoạt động nào trên địa bàn Huyện Cao Lộc."),
        (
            day_interval(date(2023, 5, 1), date(2023, 5, 31)),
            "Không có hoạt động nào trên địa bàn Huyện Cao Lộc từ ngày 01/05/2023 đến ngày 31/05/2023.",
        ),
    ],
)
def test_an_empty_schedule_says_so(period: Interval | None, sentence: str) -> None:
    html = render_schedule_html(Programme.of([]), replace(SHEET, period=period))
    assert f'<p class="nothing">{sentence}</p>' in html
    assert "<table" not in html


def test_the_period_is_what_was_asked_for_or_what_there_is() -> None:
    programme = Programme.of([make_days(date(2023, 7, 25), 20), make_entry(uid="b")])
    assert period_text(programme, None) == "từ ngày 25/07/2023 đến ngày 13/08/2023"
    assert period_text(programme, day_interval(date(2023, 8, 1), date(2023, 8, 2))) == (
        "từ ngày 01/08/2023 đến ngày 02/08/2023"
    )


def test_hostile_text_is_printed_as_text() -> None:
    entry = make_entry(title='<img src="file:///etc/passwd"><script>alert(1)</script>')
    html = render_schedule_html(Programme.of([entry]), replace(SHEET, area_name="</title><b>"))
    assert "<script" not in html
    assert html.count("<img") == 1
    assert "&lt;/title&gt;&lt;b&gt;" in html


def test_internal_notes_are_not_printed() -> None:
    assert "Bảy" not in render_schedule_html(Programme.of([make_entry()]), SHEET)


def test_the_paper_repeats_byte_for_byte_and_names_its_revision() -> None:
    programme = Programme.of([make_entry(at() + timedelta(days=each), uid=f"a{each}") for each in range(25)])
    pdf = render_schedule_pdf(programme, SHEET)
    reader = PdfReader(BytesIO(pdf))
    assert pdf == render_schedule_pdf(programme, SHEET)
    assert {page.extract_text().count(f"Phiên bản {programme.revision}") for page in reader.pages} == {1}
    assert {tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in reader.pages} == {
        (297, 210)
    }
    assert text_of(pdf).count("Triển lãm ảnh ASEAN") == 25


def test_the_table_head_is_repeated_and_pages_are_numbered_from_the_second() -> None:
    programme = Programme.of([make_entry(at() + timedelta(days=each), uid=f"a{each}") for each in range(25)])
    pages = [page.extract_text() for page in PdfReader(BytesIO(render_schedule_pdf(programme, SHEET))).pages]
    assert [text.count("Đơn vị thực hiện") for text in pages[:2]] == [1, 1]
    assert [number in text.split("\n") for number, text in zip(("1", "2", "3"), pages, strict=False)][1:] == [
        True,
        True,
    ]
    assert "CỘNG HÒA" not in pages[0]
