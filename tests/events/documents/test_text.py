"""The document as messages: short lines by days, nothing of a table, cut where a message is full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from core.intervals import LOCAL_ZONE, day_interval
from events.outputs.documents.model import Cell, Column, Document, Row, RowGroup, Section
from events.outputs.documents.schedule import build_schedule
from events.outputs.documents.text import message_of, messages_of, write_text
from events.outputs.documents.week import build_week
from events.programme.entries import Programme, ProgrammeEntry
from tests.events.documents.document_makers import FACTS, HOSTILE, key, make_document, make_row
from tests.events.outputs.programmes import at, make_days, make_entry


def schedule_of(*entries: ProgrammeEntry) -> Document:
    return build_schedule(Programme.of(list(entries)), FACTS)


def lines_of(document: Document) -> list[str]:
    return message_of(document).split("\n")


def test_a_schedule_goes_by_days() -> None:
    show, panel = make_entry(at(8), title="Đêm hội"), make_days(date(2023, 8, 8), 1, title="Treo pa nô", quantity="")
    assert message_of(schedule_of(show, panel)).replace(Programme.of([show, panel]).revision, "R") == (
        "LỊCH HOẠT ĐỘNG TUYÊN TRUYỀN\n"
        "Địa bàn: Huyện Cao Lộc\n"
        "(Từ ngày 08/08/2023 đến ngày 08/08/2023)\n"
        "Tuyên truyền ASEAN 2023\n"
        "\n"
        "Tháng 8 năm 2023\n"
        "\n"
        "Thứ Ba 08/8/2023 (22/6 ÂL)\n"
        "• Cả ngày: Treo pa nô (Triển lãm)\n"
        "   Nhà văn hoá Cao Lộc; Trung tâm Văn hóa huyện Cao Lộc; Đã duyệt\n"
        "• 19h30–21h30: Đêm hội (Triển lãm)\n"
        "   Nhà văn hoá Cao Lộc; Trung tâm Văn hóa huyện Cao Lộc; Đã duyệt, 60 ảnh\n"
        "\n"
        "Tổng số: 2 buổi.\n"
        "Theo loại hình: Triển lãm (2).\n"
        "Phiên bản R, xem lịch: https://pano.example/calendar/?area=huyen-cao-loc&date=2023-08-01\n"
    )


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (make_entry(at(8), hours=4.5), "• 19h30–24h00: Triển lãm ảnh ASEAN (Triển lãm)"),
        (make_entry(at(8), hours=6), "• 19h30 đến 1h30 ngày 09/8: Triển lãm ảnh ASEAN (Triển lãm)"),
        (make_days(date(2023, 8, 8), 5), "• đến hết ngày 12/8: Triển lãm ảnh ASEAN (Triển lãm)"),
        (make_days(date(2023, 12, 31), 30), "• đến hết ngày 29/01/2024: Triển lãm ảnh ASEAN (Triển lãm)"),
        (make_days(date(2023, 1, 30), 4), "• đến hết ngày 02/02: Triển lãm ảnh ASEAN (Triển lãm)"),
        (
            make_entry(at(8), status="cancelled", status_label="Đã huỷ"),
            "• 19h30–21h30: HOÃN/HUỶ – Triển lãm ảnh ASEAN (Triển lãm)",
        ),
    ],
)
def test_the_time_as_people_say_it(entry: ProgrammeEntry, line: str) -> None:
    assert line in lines_of(schedule_of(entry))


def test_a_week_has_its_days_already() -> None:
    facts = replace(FACTS, period=day_interval(date(2023, 8, 7), date(2023, 8, 8)))
    lines = lines_of(build_week(Programme.of([make_entry(at(8))]), facts))
    assert [line for line in lines if line.startswith(("Tuần", "THỨ", "Thứ", "•"))] == [
        "Tuần thứ 32 từ ngày 07/08/2023 đến ngày 13/08/2023",
        "THỨ HAI (07/08/2023) – 21/6 ÂL",
        "• Không có hoạt động.",
        "THỨ BA (08/08/2023) – 22/6 ÂL",
        "• 19h30–21h30: Triển lãm ảnh ASEAN (Triển lãm)",
    ]


def test_a_table_of_terms_names_them_and_numbers_its_rows() -> None:
    columns = (
        Column(key="number", heading="STT", width=10, value_type="integer"),
        Column(key="send_by", heading="Gửi muộn nhất", width=20, value_type="date"),
        Column(key="paper", heading="Văn bản", width=50),
        Column(key="when", heading="Thời gian tổ chức", width=40, value_type="datetime"),
    )
    begin = datetime(2023, 9, 4, 19, tzinfo=LOCAL_ZONE)
    cells = (
        Cell(text="1", value=1),
        Cell(text="01/09/2023", value=date(2023, 9, 1)),
        Cell(text="Thông báo", small="Nghị định 144"),
        Cell(text="19h00, 04/09/2023", value=begin),
    )
    unknown = replace(cells[1], text="chưa rõ", value=None)
    rows = (Row(cells=cells, keys=(key(1),)), Row(cells=(cells[0], unknown, *cells[2:]), keys=(key(2),)))
    section = Section(columns=columns, groups=(RowGroup(title="Phải gửi", rows=rows),))
    assert lines_of(make_document(sections=(section,), summary=()))[4:-2] == [
        "Phải gửi",
        "",
        "Gửi muộn nhất: Thứ Sáu 01/9/2023",
        "1. Thông báo (Nghị định 144)",
        "   Thời gian tổ chức: 19h00, 04/09/2023",
        "1. Thông báo (Nghị định 144)",
        "   Thời gian tổ chức: 19h00, 04/09/2023",
        "",
    ]


def test_a_table_without_days_and_with_sums_is_one_block() -> None:
    columns = (Column(key="slogan", heading="Khẩu hiệu", width=60), Column(key="n", heading="Số lượng", width=20))
    row = Row(cells=(Cell(text="Chào mừng"), Cell()), keys=(key(1),))
    totals = (
        Row(cells=(Cell(text="Cộng"), Cell(text="3", value=Decimal(3)))),
        Row(cells=(Cell(text="Hết", span=2),)),
    )
    section = Section(columns=columns, groups=(RowGroup(title="", rows=(row,)),), totals=totals)
    assert lines_of(make_document(sections=(section,)))[4:-3] == ["• Chào mừng", "", "Cộng: Số lượng 3", "Hết"]


def test_a_start_alone_and_days_beyond_the_lunar_tables_are_told() -> None:
    row = make_row(1, "Lễ")
    start = Cell(text="x", value=datetime(2150, 9, 4, 19, tzinfo=LOCAL_ZONE))
    bare = replace(row, cells=(*row.cells[:2], start, *row.cells[3:]))
    assert lines_of(make_document(bare))[8:10] == ["Thứ Sáu 04/9/2150", "• 19h00: Lễ (Triển lãm)"]


def test_an_empty_document_says_so() -> None:
    assert "Không có hoạt động nào." in lines_of(make_document())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    clean = " ".join(text.replace("\x00", "").replace("\x0b", " ").replace("\ufffe", "").split())
    assert f"• 19h00–21h30: {clean} (Triển lãm)" in write_text(make_document(make_row(1, text))).decode().split("\n")


def test_a_long_text_is_cut_between_days_and_nothing_is_lost() -> None:
    document = schedule_of(*(make_entry(at(8) + timedelta(days=day), title=f"Buổi {day}") for day in range(60)))
    for longest in (60, 400, 2000):
        parts = messages_of(document, longest=longest)
        assert max(map(len, parts)) <= longest
        assert "".join("".join(parts).split()) == "".join(message_of(document).split())
    first_lines = [part.split("\n")[0] for part in messages_of(document)[1:]]
    assert [line for line in first_lines if not line.startswith(("Thứ", "Chủ nhật", "Tháng", "Tổng"))] == []
    assert len(messages_of(schedule_of(make_entry()))) == 1
