"""The appendix: which rows a viewer gets, in which order, and what they add up to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.recurrence import Frequency, Recurrence
from events import planning
from events.models import Status
from events.programme import Scope
from tests.factories import make_area, make_planner, make_site, make_unit, make_user, make_venue
from tests.visuals.makers import banner, hang
from units.models import Role
from units.permissions import viewer_of
from visuals.reading import Appendix, load_appendix

pytestmark = pytest.mark.django_db

THE_DAY = date(2023, 8, 8)  # the last one on which everything may still hang
VISITOR = viewer_of(None)


def load(*, viewer: Any = VISITOR, today: date = THE_DAY, **scope: Any) -> Appendix:
    return load_appendix(scope=Scope(**scope), viewer=viewer, today=today)


def codes(appendix: Appendix) -> list[str]:
    return [row.posting.code for row in appendix.rows]


def test_nothing_hangs_in_an_empty_installation() -> None:
    appendix = load()
    assert (len(appendix.rows), len(appendix.totals), appendix.area_m2, appendix.overdue) == (0, 0, Decimal(0), 0)


def test_a_row_says_how_large_where_and_how_long() -> None:
    site = make_site("Ngã tư Đồng Đăng", area=make_area("Thị trấn Đồng Đăng"))
    hang(banner(site_id=site.pk, width_m=Decimal("0.80"), height_m=Decimal("2.40")))
    (row,) = load().rows
    assert (row.size, row.place) == ("0,8 × 2,4 m", "Ngã tư Đồng Đăng, Thị trấn Đồng Đăng")
    assert (row.first_day, row.last_day) == (date(2023, 8, 1), THE_DAY)


def test_what_has_no_site_hangs_where_its_activity_is() -> None:
    hang(banner("A", width_m=None, height_m=None), venue_ids=(make_venue("Nhà văn hóa Na Sầm").pk,))
    hang(banner("B", width_m=None), area_id=make_area("Huyện Đình Lập").pk)
    assert {(row.place, row.size) for row in load().rows} == {("Nhà văn hóa Na Sầm", ""), ("Huyện Đình Lập", "1 m")}


def test_a_display_that_repeats_hangs_until_its_last_day() -> None:
    hang(banner(remove_by=date(2023, 9, 1)), recurrence=Recurrence(freq=Frequency.WEEKLY, interval=2, count=2))
    (row,) = load().rows
    assert (row.first_day, row.last_day) == (date(2023, 8, 1), date(2023, 8, 22))


def test_what_should_be_down_stands_first_the_longest_overdue_on_top() -> None:
    hang(banner("moi", remove_by=date(2023, 8, 20)), banner("khong", remove_by=None))
    hang(banner("tre", remove_by=date(2023, 8, 10)), banner("tre-nhat", remove_by=date(2023, 8, 9)))
    appendix = load(today=date(2023, 8, 20))
    assert codes(appendix)[:2] == ["tre-nhat", "tre"]
    assert ([row.is_overdue for row in appendix.rows], appendix.overdue) == ([True, True, False, False], 2)


@pytest.mark.parametrize("status", [Status.DONE, Status.CANCELLED])
def test_what_is_done_or_cancelled_is_never_overdue(status: str) -> None:
    display = hang()
    planning.set_status(uid=display.uid, version=1, status=status, reason="xong", by=None)
    assert [row.is_overdue for row in load(today=date(2026, 1, 1)).rows] == [False]


def test_totals_by_format_leave_out_what_does_not_take_place() -> None:
    hang(banner("1"), banner("2", area_m2=None), banner("3", format="panel", quantity=1, area_m2=Decimal("0.5")))
    off = hang(banner("4"))
    planning.set_status(uid=off.uid, version=1, status=Status.CANCELLED, reason="mưa", by=None)
    appendix = load()
    found = [(total.label, total.postings, total.quantity, total.area_m2) for total in appendix.totals]
    assert found == [("Pa nô", 1, 1, Decimal("0.50")), ("Băng rôn", 2, 40, Decimal(160))]
    assert (appendix.area_m2, appendix.off, len(appendix.rows)) == (Decimal("160.50"), 1, 4)


def test_a_visitor_gets_the_postings_of_public_confirmed_activities_without_notes() -> None:
    hang(banner("cong-khai", note="Gọi ông Bảy"))
    hang(banner("noi-bo"), is_public=False)
    hang(banner("nhap"), status=Status.DRAFT)
    assert [(row.posting.code, row.note) for row in load().rows] == [("cong-khai", "")]
    reader = viewer_of(make_user("Dung", role=Role.VIEWER))
    assert {(row.posting.code, row.note) for row in load(viewer=reader).rows} == {
        ("cong-khai", "Gọi ông Bảy"),
        ("noi-bo", ""),
    }
    assert len(load(viewer=viewer_of(make_planner())).rows) == 3


def test_an_area_counts_where_the_item_hangs_and_where_its_activity_is() -> None:
    district = make_area("Huyện Cao Lộc")
    commune = make_area("Thị trấn Đồng Đăng", level="commune", parent=district)
    hang(banner("vi-tri", site_id=make_site(area=commune).pk))
    hang(banner("hoat-dong"), area_id=commune.pk)
    hang(banner("noi-khac", site_id=make_site().pk))
    hang(banner("khong-vi-tri"))
    assert set(codes(load(areas=(district.slug,)))) == {"vi-tri", "hoat-dong"}


def test_a_unit_counts_as_the_one_that_hangs_it() -> None:
    unit = make_unit("PVHTT-CL")
    hang(banner("minh", unit_id=unit.pk), banner("khac"))
    assert codes(load(units=("PVHTT-CL",))) == ["minh"]


def test_campaign_text_and_activity_narrow_too() -> None:
    one, two = hang(banner("1", slogan="Tư duy Cộng đồng")), hang(banner("2"))
    assert codes(load(campaigns=(one.campaign.code,))) == ["1"]
    assert codes(load(uids=(two.uid,))) == ["2"]
    assert codes(load(query="tu duy cong dong")) == ["1"]
    assert codes(load(statuses=("done",))) == []
