"""The wall calendar: what fits in a day is shown, what does not is counted; it reads in black and white."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, cast

import pikepdf
import pytest

from events.almanac.entries import Almanac
from events.outputs.documents.facts import DocumentFacts
from events.outputs.documents.map_svg import map_svg
from events.outputs.documents.model import Document, DocumentFrame
from events.outputs.documents.point_map import MapOutline, MapPoint, PointMap
from events.outputs.documents.wall import Wall, WallDay, build_wall
from events.outputs.documents.wall_pdf import write_wall_pdf
from events.programme.entries import Programme, ProgrammeEntry
from tests.events.documents.measuring import papers_of
from tests.events.outputs.documents.greys import colours_of_pdf, colours_of_svg, contrast
from tests.events.outputs.programmes import at, make_days, make_entry

GREY_GROUND = round(0xEE / 255, 6)  # of days of other months, headings of groups


def wall_of(entries: list[ProgrammeEntry], first: date = date(2023, 8, 1), last: date = date(2023, 8, 31)) -> Document:
    facts = DocumentFacts(
        kind="calendar",
        subjects=("Địa bàn: Huyện Cao Lộc",),
        where="trên địa bàn Huyện Cao Lộc",
        period=None,
        today=first,
        frame=DocumentFrame(authority=("Sở",)),
        link="https://lich.example.vn/calendar/",
        file_name="lich-treo",
    )
    return build_wall(Programme.of(entries), facts, almanac=Almanac(first=first, last=last, observances=()))


def day_of(document: Document, number: int) -> WallDay:
    weeks = cast("Wall", document.drawing).months[0].weeks
    return next(day for week in weeks for day in week if day is not None and day.number == number)


def test_a_day_shows_two_lines_a_title_and_counts_the_others() -> None:
    long = "Chương trình giao lưu văn hóa, nghệ thuật các dân tộc Lạng Sơn và bạn bè ASEAN"
    entries = [make_entry(at(8, hour=hour), uid=f"a{hour}@pano", title=long) for hour in range(8, 13)]
    day = day_of(wall_of(entries), 8)
    assert day.titles == ("T 8h30 Chương trình giao lưu văn…", "T 9h30 Chương trình giao lưu văn…")
    assert (day.more, day.lasting, day.letters) == ("và 3 việc khác", "", ("T",))


def test_what_began_before_is_counted_apart_from_what_begins() -> None:
    lasting = make_days(date(2023, 8, 1), 20, uid="b@pano", kind="visual_display", title="Treo cờ")
    document = wall_of([lasting, make_entry(at(8), title="Đêm nhạc")])
    day = day_of(document, 8)
    assert (day.titles, day.more, day.lasting) == (("T 19h30 Đêm nhạc",), "", "1")
    assert (day.letters, day.going) == (("T",), ("C",))
    assert day_of(document, 1).titles == ("C Treo cờ",)


def test_the_sheet_is_one_page_of_a3_with_its_legend_however_busy() -> None:
    title = "Chuyên mục «Hội nhập và đời sống vùng cửa khẩu» trên đài"
    entries = [
        make_entry(at(day, hour=hour), uid=f"a{day}-{hour}@pano", title=title)
        for day in range(1, 32)
        for hour in (8, 9, 10)
    ]
    for first, last in (
        (date(2023, 8, 1), date(2023, 8, 31)),
        (date(2023, 7, 1), date(2023, 7, 31)),
        (date(2023, 7, 1), date(2023, 9, 30)),
        (date(2023, 1, 1), date(2023, 12, 31)),
    ):
        page, after, *_more = papers_of(write_wall_pdf(wall_of(entries, first, last)))
        assert (round(page.width), round(page.height)) == (420, 297)
        assert "hình:" in {word.text for word in page.words}
        assert "STT" in {word.text for word in after.words}


def test_titles_of_the_month_are_sixteen_points_high() -> None:
    (page, *_more) = papers_of(write_wall_pdf(wall_of([make_entry(at(8), title="Đêm nhạc")])))
    (word,) = [word for word in page.words if word.text == "nhạc"]
    assert round((word.bottom - word.top) / 1.107 / 25.4 * 72) == 16


@pytest.mark.parametrize("last", [date(2023, 8, 31), date(2023, 10, 31), date(2024, 7, 31)])
def test_all_of_it_reads_in_grey(last: date) -> None:
    lasting = make_days(date(2023, 8, 1), 20, uid="b@pano", title="Treo cờ")
    off = make_entry(at(9), uid="c@pano", status="cancelled", status_label="Đã huỷ")
    with pikepdf.open(BytesIO(write_wall_pdf(wall_of([lasting, off], last=last)))) as pdf:
        texts, shapes = colours_of_pdf(pdf)
    assert min(contrast(grey, GREY_GROUND) for grey in texts) >= 4.5
    assert min(contrast(grey, 1.0) for grey in shapes - {GREY_GROUND, 1.0}) >= 3
    assert 0.0 in texts


def test_the_small_map_reads_in_grey() -> None:
    square = (((106.0, 21.0), (107.0, 21.0), (107.0, 22.0), (106.0, 22.0)),)
    outlines = tuple(MapOutline(name=str(is_own), rings=square, is_own=is_own) for is_own in (True, False))
    points = tuple(MapPoint(number=n, name="Nơi", rows=(n,), lon=106.5, lat=21.5) for n in (1, 2))
    strokes, fills = colours_of_svg(map_svg(PointMap(outlines=outlines, points=points)))
    assert min(contrast(grey, GREY_GROUND) for grey in strokes) >= 4.5
    assert fills == {1.0, GREY_GROUND}


def test_contrast_is_that_of_wcag() -> None:
    found: list[Any] = [round(contrast(*pair), 2) for pair in ((0.0, 1.0), (1.0, 0.0), (0x77 / 255, 1.0))]
    assert found == [21.0, 21.0, 4.48]
