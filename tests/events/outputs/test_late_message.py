"""Messages ready to be pasted: by hand, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.intervals import LOCAL_ZONE, Interval, day_interval
from events.outputs.late_letter import LinkState, render_letter, render_subject
from events.outputs.late_message import (
    LateChange,
    LateState,
    format_day,
    format_state_time,
    merge_changes,
    render_all,
    render_change,
)

EVENING = Interval(datetime(2023, 8, 12, 19, 30, tzinfo=LOCAL_ZONE), datetime(2023, 8, 12, 21, 30, tzinfo=LOCAL_ZONE))
SHOW = LateState(
    name="Đêm văn nghệ", interval=EVENING, all_day=False, status="confirmed", places=("Nhà văn hoá Cao Lộc",)
)
LATER = replace(SHOW, interval=EVENING.shifted(timedelta(minutes=30)))
NOW = datetime(2023, 8, 12, 14, 5, tzinfo=LOCAL_ZONE)


def change(before: LateState | None, after: LateState | None, *, minute: int = 0, key: str = "1~a") -> LateChange:
    return LateChange(
        key=key,
        old_key="1~a",
        at=NOW.replace(minute=minute),
        before=before,
        after=after,
        area="Huyện Cao Lộc",
        office="Phòng VHTT huyện Cao Lộc, điện thoại 0205 386 1234",
        url="https://pano.vn/activities/1/",
    )


def with_status(status: str) -> LateState:
    return replace(SHOW, status=status)


def test_another_time_is_told_as_old_and_new_with_the_lunar_day() -> None:
    assert render_change(change(SHOW, LATER)) == (
        "ĐỔI GIỜ: Đêm văn nghệ\n"
        "Cũ: 19h30, thứ Bảy 12/8/2023 (26/6 âm lịch), tại Nhà văn hoá Cao Lộc\n"
        "Mới: 20h00, thứ Bảy 12/8/2023 (26/6 âm lịch), tại Nhà văn hoá Cao Lộc\n"
        "Địa bàn: Huyện Cao Lộc\n"
        "Liên hệ: Phòng VHTT huyện Cao Lộc, điện thoại 0205 386 1234\n"
        "Chi tiết: https://pano.vn/activities/1/"
    )


def test_what_is_called_off_is_told_with_the_time_it_had() -> None:
    told = render_change(replace(change(SHOW, with_status("cancelled")), office="")).splitlines()
    assert told == [
        "HUỶ: Đêm văn nghệ",
        "Không diễn ra: 19h30, thứ Bảy 12/8/2023 (26/6 âm lịch), tại Nhà văn hoá Cao Lộc",
        "Địa bàn: Huyện Cao Lộc",
        "Chi tiết: https://pano.vn/activities/1/",
    ]


@pytest.mark.parametrize(
    ("before", "after", "heading", "line"),
    [
        (SHOW, None, "HUỶ", "Không diễn ra"),
        (SHOW, with_status("postponed"), "HOÃN", "Không diễn ra"),
        (SHOW, with_status("suspended"), "TẠM DỪNG", "Không diễn ra"),
        (SHOW, with_status("draft"), "RÚT KHỎI LỊCH", "Không diễn ra"),
        (None, SHOW, "BỔ SUNG", "Diễn ra"),
        (with_status("tentative"), SHOW, "BỔ SUNG", "Diễn ra"),
        (with_status("cancelled"), SHOW, "DIỄN RA TRỞ LẠI", "Diễn ra"),
        (SHOW, replace(SHOW, interval=EVENING.shifted(timedelta(days=1))), "ĐỔI NGÀY", "Cũ"),
        (SHOW, replace(SHOW, places=("Sân vận động",)), "ĐỔI ĐỊA ĐIỂM", "Cũ"),
        (SHOW, replace(LATER, places=()), "ĐỔI GIỜ VÀ ĐỊA ĐIỂM", "Cũ"),
        (
            SHOW,
            replace(SHOW, interval=day_interval(date(2023, 8, 12), date(2023, 8, 12)), all_day=True),
            "ĐỔI GIỜ",
            "Cũ",
        ),
    ],
)
def test_the_heading_says_what_happened(
    *, before: LateState | None, after: LateState | None, heading: str, line: str
) -> None:
    told = render_change(change(before, after)).splitlines()
    assert (told[0], told[1].partition(":")[0]) == (f"{heading}: Đêm văn nghệ", line)


def test_nothing_before_and_nothing_after_has_no_name_and_no_time() -> None:
    told = change(None, None)
    assert (told.title, told.is_void, len(render_change(told).splitlines())) == ("", True, 4)


def test_whole_days_and_ends_are_told_where_they_matter() -> None:
    days = replace(SHOW, interval=day_interval(date(2023, 8, 12), date(2023, 8, 13)), all_day=True)
    longer = replace(SHOW, interval=Interval(EVENING.start, EVENING.end + timedelta(minutes=30)))
    overnight = replace(SHOW, interval=Interval(EVENING.start, EVENING.end + timedelta(hours=4)))
    assert format_state_time(days) == "từ thứ Bảy 12/8/2023 (26/6 âm lịch) đến hết chủ nhật 13/8/2023 (27/6 âm lịch)"
    one_day = replace(days, interval=day_interval(date(2023, 8, 12), date(2023, 8, 12)))
    assert format_state_time(one_day) == "cả ngày thứ Bảy 12/8/2023 (26/6 âm lịch)"
    assert render_change(change(SHOW, longer)).splitlines()[1:3] == [
        "Cũ: 19h30–21h30, thứ Bảy 12/8/2023 (26/6 âm lịch), tại Nhà văn hoá Cao Lộc",
        "Mới: 19h30–22h00, thứ Bảy 12/8/2023 (26/6 âm lịch), tại Nhà văn hoá Cao Lộc",
    ]
    assert format_state_time(overnight, with_end=True) == (
        "19h30, thứ Bảy 12/8/2023 (26/6 âm lịch) đến 1h30, chủ nhật 13/8/2023 (27/6 âm lịch)"
    )


def test_a_leap_month_is_named_and_an_unknown_year_left_out() -> None:
    assert format_day(date(2023, 4, 5)) == "thứ Tư 5/4/2023 (15/2 nhuận âm lịch)"
    assert format_day(date(2101, 1, 31)) == "thứ Hai 31/1/2101"


def test_several_changes_of_one_occurrence_become_one_and_a_slip_none() -> None:
    moved = replace(change(LATER, with_status("cancelled"), minute=2), old_key="1~b", key="1~b")
    other = replace(change(None, SHOW), key="2~a", old_key="2~a")
    slip = [
        replace(change(SHOW, LATER), key="3~b", old_key="3~a"),
        replace(change(LATER, SHOW, minute=3), key="3~a", old_key="3~b"),
    ]
    merged = merge_changes([*slip, moved, change(SHOW, LATER, key="1~b"), other])
    assert [(each.old_key, each.key, each.before, each.after) for each in merged] == [
        ("2~a", "2~a", None, SHOW),
        ("1~a", "1~b", SHOW, with_status("cancelled")),
    ]


def test_one_message_about_all_is_numbered_and_says_when_it_was_written() -> None:
    text = render_all([change(SHOW, LATER), change(SHOW, None)], now=NOW)
    assert [line for line in text.splitlines() if line[:1].isdigit() or line.startswith("THAY")] == [
        "THAY ĐỔI LỊCH TUYÊN TRUYỀN (tính đến 14h05, thứ Bảy 12/8/2023 (26/6 âm lịch))",
        "1. ĐỔI GIỜ: Đêm văn nghệ",
        "2. HUỶ: Đêm văn nghệ",
    ]


def test_the_letter_says_why_it_comes_and_how_to_stop_it() -> None:
    links = (
        LinkState(
            name="Điện thoại", fetched_at=datetime(2023, 8, 11, 7, 5, tzinfo=LOCAL_ZONE), client="Google Calendar"
        ),
        LinkState(name="Máy tính", fetched_at=datetime(2023, 8, 11, 7, 5, tzinfo=LOCAL_ZONE), client=""),
        LinkState(name="Đội 1", fetched_at=None, client=""),
    )
    letter = render_letter([change(SHOW, LATER)], reader="Nga", links=links, manage_url="https://pano.vn/feeds/mine/")
    lines = letter.splitlines()
    assert (lines[0], lines[4]) == ("Kính gửi: Nga", "ĐỔI GIỜ: Đêm văn nghệ")
    assert lines[-6:] == [
        "Liên kết lịch của quý vị:",
        "- «Điện thoại»: lần tải gần nhất: 11/08/2023 7h05, Google Calendar",
        "- «Máy tính»: lần tải gần nhất: 11/08/2023 7h05",
        "- «Đội 1»: chưa tải lần nào",
        "",
        "Không muốn nhận thư này nữa: mở https://pano.vn/feeds/mine/ và tắt mục «Báo qua thư điện tử» của liên kết.",
    ]


def test_the_subject_is_one_short_line() -> None:
    long = replace(SHOW, name="Đêm  văn\nnghệ " + "chào mừng " * 20)
    assert render_subject([change(SHOW, LATER)]) == "ĐỔI GIỜ: Đêm văn nghệ"
    assert render_subject([change(SHOW, LATER)] * 3) == "3 thay đổi sát giờ trong lịch tuyên truyền"
    subject = render_subject([change(None, long)])
    assert (len(subject), subject[:31], subject[-1]) == (89, "BỔ SUNG: Đêm văn nghệ chào mừng", "…")
