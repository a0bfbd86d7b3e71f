"""What filters and reminders are called."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.feeds.wording import describe_queries, describe_query
from events.templatetags.subscriptions import alarm
from tests.factories import make_area, make_campaign, make_unit, make_venue

pytestmark = pytest.mark.django_db


def test_a_filter_is_told_by_the_names_of_what_it_holds() -> None:
    make_area("Huyện Cao Lộc", slug="huyen-cao-loc")
    make_unit("so", name="Sở VHTTDL")
    make_venue("Nhà văn hoá", code="nvh")
    make_campaign("kh-1")
    assert describe_queries(
        (
            "",
            "area=huyen-cao-loc&alone=1&unit=so&venue=nvh",
            "campaign=kh-1&theme=ND1&audience=DT1&status=confirmed",
            "team=khong-con&q=chieu+phim",
            "deadlines=notice&deadlines=report&unit=so",
        )
    ) == [
        "Toàn bộ lịch",
        "Địa bàn: Huyện Cao Lộc (không gồm địa bàn trực thuộc); Đơn vị: Sở VHTTDL; Địa điểm: Nhà văn hoá",
        (
            "Kế hoạch tuyên truyền: Tuyên truyền, quảng bá ASEAN năm 2023; Nội dung tuyên truyền: Lợi ích; "
            "Đối tượng: Cán bộ; Trạng thái: Đã duyệt"
        ),
        "Đội tuyên truyền lưu động: «khong-con» (không còn); có chữ «chieu phim»",
        "Hạn: gửi thông báo, nộp báo cáo; Đơn vị: Sở VHTTDL",
    ]


def test_many_filters_cost_as_much_as_one() -> None:
    areas = [make_area() for _each in range(3)]
    counts = []
    for many in (areas[:1], areas):
        with CaptureQueriesContext(connection) as queries:
            describe_queries([f"area={area.slug}" for area in many])
        counts.append(len(queries))
    assert counts == [1, 1]


def test_a_filter_without_names_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert describe_query("kind=exhibition") == "Loại hoạt động: Triển lãm"
    assert len(queries) == 0


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (None, "không"),
        (0, "đúng lúc bắt đầu"),
        (45, "trước 45 phút"),
        (120, "trước 2 giờ"),
        (2880, "trước 2 ngày"),
        (10080, "trước 1 tuần"),
    ],
)
def test_a_reminder_is_told_in_its_largest_unit(minutes: int | None, told: str) -> None:
    assert alarm(minutes) == told
