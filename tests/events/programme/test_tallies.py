"""Numbers of a plan: by kind, theme and district, over areas of both editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.recurrence import Frequency, Recurrence
from events.models import ActivityKind
from events.programme import Scope, load_programme
from events.programme.tallies import by_district, by_kind, by_theme, load_area_tree
from tests.factories import make_activity, make_area, make_campaign
from units.permissions import viewer_of
from venues.models import Area, AreaLevel

if TYPE_CHECKING:
    from events.programme.entries import ProgrammeEntry

pytestmark = pytest.mark.django_db


def entries(**scope: tuple[str, ...]) -> tuple[ProgrammeEntry, ...]:
    return load_programme(window=None, scope=Scope(**scope), viewer=viewer_of(None)).entries  # type: ignore[arg-type]


def districts() -> list[tuple[str, str, int, int]]:
    found = by_district(entries(), load_area_tree())
    return [(tally.label, tally.filters, tally.activities, tally.occurrences) for tally in found]


def plan_in(area: Area) -> None:
    make_activity(area_id=area.pk)


def test_kinds_stand_in_the_letters_order_without_empty_ones() -> None:
    make_activity(kind=ActivityKind.EXHIBITION, recurrence=Recurrence(freq=Frequency.WEEKLY, count=3))
    make_activity(kind=ActivityKind.MOBILE_TEAM)
    found = [(tally.kind, tally.filters, tally.activities, tally.occurrences) for tally in by_kind(entries())]
    assert found == [("mobile_team", "kind=mobile_team", 1, 1), ("exhibition", "kind=exhibition", 1, 3)]


def test_a_theme_counts_those_below_it_and_shows_where_nothing_is_planned() -> None:
    campaign = make_campaign()
    themes = {theme.code: theme for theme in campaign.themes.all()}
    themes["ND2.1"] = campaign.themes.create(code="ND2.1", name="Chính trị", position=9)
    for code in ("ND2", "ND2.1"):
        make_activity(campaign_id=campaign.pk, theme_ids=(themes[code].pk,))
    found = [(tally.filters, tally.occurrences) for tally in by_theme(entries(), campaign.themes.all())]
    assert found == [("theme=ND1", 0), ("theme=ND2", 2), ("theme=ND2.1", 1)]


def test_communes_count_in_their_district_and_the_province_by_itself() -> None:
    province = make_area("Tỉnh Lạng Sơn", level=AreaLevel.PROVINCE)
    district = make_area("Huyện Cao Lộc", parent=province, slug="huyen-cao-loc")
    make_area("Huyện Chi Lăng", parent=province)
    commune = make_area("Thị trấn Đồng Đăng", level=AreaLevel.COMMUNE, parent=district)
    for area in (commune, commune, district, province):
        plan_in(area)
    assert districts() == [("Huyện Cao Lộc", "area=huyen-cao-loc", 3, 3), ("Toàn tỉnh", "", 1, 1)]


def test_todays_communes_count_in_their_zones_or_else_by_themselves() -> None:
    province = make_area("Tỉnh Lạng Sơn", level=AreaLevel.PROVINCE)
    inside = make_area("Xã Đồng Đăng", level=AreaLevel.COMMUNE, parent=province)
    alone = make_area("Xã Tri Lễ", level=AreaLevel.COMMUNE, parent=province, slug="xa-tri-le")
    zone = make_area("Khu vực Cao Lộc", level=AreaLevel.ZONE, slug="khu-vuc-cao-loc")
    zone.members.set([inside])
    for area in (inside, zone, alone):
        plan_in(area)
    assert districts() == [("Xã Tri Lễ", "area=xa-tri-le", 1, 1), ("Khu vực Cao Lộc", "area=khu-vuc-cao-loc", 2, 2)]


def test_each_number_is_what_its_filter_lists() -> None:
    province = make_area(level=AreaLevel.PROVINCE)
    district = make_area("Huyện Cao Lộc", parent=province)
    commune = make_area(level=AreaLevel.COMMUNE, parent=district)
    zone = make_area("Biên giới", level=AreaLevel.ZONE)
    zone.members.set([district])
    for area in (district, commune, zone):
        plan_in(area)
    tallies = by_district(entries(), load_area_tree())
    listed = [len(entries(areas=(tally.filters.removeprefix("area="),))) for tally in tallies]
    assert [tally.occurrences for tally in tallies] == listed == [2, 3]


def test_nothing_planned_gives_no_row() -> None:
    assert (by_kind(()), by_district((), load_area_tree())) == ((), ())
