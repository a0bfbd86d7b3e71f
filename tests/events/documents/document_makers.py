"""Documents made by hand, without a database."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from core.intervals import LOCAL_ZONE
from core.keys import OccurrenceKey
from events.outputs.documents.facts import DocumentFacts
from events.outputs.documents.model import (
    Cell,
    Column,
    Document,
    DocumentFrame,
    Row,
    RowGroup,
    Section,
    Signature,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% for x in y %}",
    '=HYPERLINK("http://a.example","b")',
    "+1",
    "-2",
    "@SUM(A1)",
    "file:///etc/passwd",
    "Đêm hội 🎉 café ế",  # emoji, combining marks
    "NUL\x00 và \x0b điều khiển \ufffe",
    "]]> & \" ' &amp; <!--",
    "Nghiêng" * 40,
)
FRAME = DocumentFrame(
    authority=("UBND Huyện Cao Lộc", "Phòng Văn hóa và Thông tin"),
    number_line="Số: …/KH-VHTT",
    date_line="Cao Lộc, ngày …… tháng …… năm ………",
    recipients=("Như trên", "Lưu: VT"),
    signatures=(Signature(who="NGƯỜI LẬP BIỂU", how="Ký, ghi rõ họ tên"),),
)
FACTS = DocumentFacts(
    kind="schedule",
    subjects=("Địa bàn: Huyện Cao Lộc",),
    where="trên địa bàn Huyện Cao Lộc",
    period=None,
    today=date(2023, 8, 1),
    frame=FRAME,
    link="https://pano.example/calendar/?area=huyen-cao-loc&date=2023-08-01",
    file_name="lich-cao-loc",
)
COLUMNS = (
    Column(key="number", heading="STT", width=11, align="center", value_type="integer"),
    Column(key="what", heading="Nội dung", width=60),
    Column(key="when", heading="Thời gian", width=46, value_type="datetime"),
    Column(key="by", heading="Hạn", width=24, value_type="date"),
    Column(key="quantity", heading="Số lượng", width=20, align="right", value_type="integer"),
    Column(key="area", heading="Diện tích (m²)", width=20, align="right", value_type="number"),
    Column(key="cost", heading="Kinh phí", width=27, align="right", value_type="money"),
)


def key(number: int) -> OccurrenceKey:
    return OccurrenceKey(f"a{number}@pano", datetime(2023, 9, 4, 19, tzinfo=LOCAL_ZONE))


def make_row(number: int, what: str, *, kind: str = "entry") -> Row:
    """A row with a value of every type, 4 September 2023, 19h00 to 21h30."""
    begin, end = (datetime(2023, 9, 4, hour, minute, tzinfo=LOCAL_ZONE) for hour, minute in ((19, 0), (21, 30)))
    return Row(
        cells=(
            Cell(text=str(number), value=number),
            Cell(text=what, small="Triển lãm"),
            Cell(text="Thứ Hai\n19h00–21h30, 04/09/2023", value=begin, until=end, small="(20/7 ÂL)"),
            Cell(text="01/09/2023", value=date(2023, 9, 1)),
            Cell(text="3 cái", value=3),
            Cell(text="12,5", value=Decimal("12.5")),
            Cell(text="1.500.000", value=Decimal(1_500_000)),
        ),
        keys=(key(number),),
        kind=kind,  # type: ignore[arg-type]
    )


def make_document(*rows: Row, **changes: object) -> Document:
    """A document with one section in one group, a total row when there are rows."""
    total = Row(cells=(Cell(text="Cộng", span=4), Cell(text="3", value=3), Cell(span=2)), kind="total")
    section = Section(
        title="Tuần thứ 36",
        columns=COLUMNS,
        groups=(RowGroup(title="Tháng 9 năm 2023", rows=rows),) if rows else (),
        totals=(total,) if rows else (),
        nothing="Không có hoạt động nào.",
    )
    fields: dict[str, object] = {
        "kind": "schedule",
        "title": "LỊCH HOẠT ĐỘNG",
        "subtitle": ("Địa bàn: Huyện Cao Lộc", "(Tháng 9)"),
        "frame": FRAME,
        "sections": (section,),
        "summary": ("Tổng số: 2 buổi.",) if rows else (),
        "revision": "abc123",
        "printed_on": "01/08/2023",
        "link": FACTS.link,
        "file_name": "lich-cao-loc",
    }
    return Document(**(fields | changes))  # type: ignore[arg-type]
