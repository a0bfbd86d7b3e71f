"""Rendered without a database."""

from dataclasses import replace
from datetime import date

from core.intervals import Interval, day_interval
from events.outputs.conflict_report import (
    Basis,
    ConflictLine,
    ConflictReport,
    ConflictSheet,
    Override,
    RuleGroup,
    render_conflicts_html,
    render_conflicts_pdf,
    rule_name,
)
from events.outputs.mourning_list import MourningSheet, PostponedShow, render_mourning_html, render_mourning_pdf
from tests.factories import at

WHEN: Interval = at(date(2026, 2, 24))
WARNING = ConflictLine(
    fingerprint="0" * 64,
    is_blocking=False,
    message="Đến nay chưa gửi.",
    interval=WHEN,
    activities=(("Đêm văn nghệ", "/activities/a/"),),
    basis=Basis(source="Nghị định 144/2020/NĐ-CP", checked_on=date(2026, 11, 24), is_row=True),
)
BLOCKING = replace(WARNING, is_blocking=True, message="Trùng đội.", interval=None, basis=Basis(source=""))
OVERRIDDEN = replace(WARNING, override=Override(key=1, reason="Xã đồng ý", by="Phương", at="9h00 01/02/2026"))
REPORT = ConflictReport(
    title="ASEAN 2026",
    groups=(
        RuleGroup(code="double_booking", lines=(BLOCKING,)),
        RuleGroup(code="lead_time", lines=(WARNING, OVERRIDDEN)),
    ),
)
SHEET = ConflictSheet(
    authority=("UBND TỈNH LẠNG SƠN", "SỞ VHTTDL"), choice="", printed_on="24/11/2026", link="http://x/conflicts/"
)
MOURNING = MourningSheet(
    authority=("UBND TỈNH LẠNG SƠN", "SỞ VHTTDL"),
    name="Quốc tang",
    days="08/08/2023 – 09/08/2023",
    source="TB 1",
    shows=(PostponedShow(title="Đêm nhạc", time="19h30", area="Xã A", unit="Trung tâm"),),
    printed_on="08/08/2023",
    link="http://x/mourning/",
)


def test_a_report_counts_what_must_be_mended_what_stands_and_what_may() -> None:
    assert (REPORT.blocking, REPORT.warnings, REPORT.overridden) == (1, 1, 1)
    assert [group.is_blocking for group in REPORT.groups] == [True, False]
    assert REPORT.groups[1].open_lines == REPORT.groups[1].warnings == (WARNING,)
    assert REPORT.groups[1].overridden == (OVERRIDDEN,)
    assert REPORT.lines == (BLOCKING, WARNING, OVERRIDDEN)


def test_a_rule_has_a_name_and_one_that_nobody_named_its_code() -> None:
    assert [rule_name("lead_time"), rule_name("other")] == ["Thủ tục, thông báo", "other"]
    assert REPORT.groups[0].name == "Trùng nguồn lực"


def test_a_source_tells_when_somebody_last_looked() -> None:
    assert [
        Basis(source="").text,
        Basis(source="NĐ").text,
        Basis(source="NĐ", is_row=True).text,
        WARNING.basis.text,
    ] == ["", "NĐ", "NĐ (chưa kiểm chứng)", "Nghị định 144/2020/NĐ-CP (kiểm tra ngày 24/11/2026)"]


def test_a_line_says_when() -> None:
    assert (WARNING.when, BLOCKING.when) == ("19h30–21h30, 24/02/2026", "")


def test_the_paper_has_every_line_with_reason_and_source() -> None:
    html = render_conflicts_html(REPORT, SHEET)
    assert html.count('<td class="number">') == 3
    counts = "1 lỗi chặn · 1 cảnh báo · 1 cảnh báo được chấp nhận"
    for text in (counts, "Xã đồng ý", "Phương, 9h00 01/02/2026", "Trùng đội."):
        assert text in html
    chosen = render_conflicts_html(replace(REPORT, groups=()), replace(SHEET, choice="Báo Đồn Biên phòng"))
    assert "Không có xung đột nào." in chosen
    assert "(Báo Đồn Biên phòng)" in chosen


def test_equal_papers_are_equal_bytes() -> None:
    assert render_conflicts_pdf(REPORT, SHEET) == render_conflicts_pdf(REPORT, SHEET)
    assert render_mourning_pdf(MOURNING)[:5] == b"%PDF-"


def test_the_list_of_mourning_names_every_show() -> None:
    html = render_mourning_html(MOURNING)
    assert all(text in html for text in ("Quốc tang (08/08/2023 – 09/08/2023)", "Căn cứ: TB 1", "Đêm nhạc", "Xã A"))
    assert "Không có hoạt động nào phải hoãn." in render_mourning_html(replace(MOURNING, shows=(), source=""))


def test_the_time_of_a_conflict_is_told_and_whole_days_as_days() -> None:
    days = replace(WARNING, interval=day_interval(date(2026, 2, 24), date(2026, 2, 25)))
    assert [line.when for line in (WARNING, days, BLOCKING)] == ["19h30–21h30, 24/02/2026", "24/02–25/02/2026", ""]
