from datetime import date, time, timedelta

import pytest

from events.almanac import load_almanac
from events.almanac.loader import load_almanac_tables
from events.models import Festival, FestivalDate
from events.planning.calendar import load_days, load_working_days
from events.planning.drafting import draft
from events.planning.facts import tasks_of_drafts
from events.planning.world import load_world
from events.rules.facts import World
from tests.events.legal_makers import make_closure, make_figure, make_lead_time, make_trait
from tests.factories import at, make_area, make_campaign, make_plan, make_resource, make_space, make_venue
from venues.models import Area, Closure, OpeningHours, PointQuality
from venues.reference_loader import load_areas

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 15)


def world_of(**fields: object) -> World:
    plan = make_plan(**({"campaign_id": make_campaign("kh-w").pk, "interval": at(DAY)} | fields))
    return load_world(tasks_of_drafts([draft(plan)]), today=DAY)


def test_nothing_to_look_at_needs_no_world() -> None:
    assert load_world([], today=DAY) == World(today=DAY)


def test_places_lie_in_the_area_of_today_and_say_whether_somebody_measured_them() -> None:
    old, new = make_area("Xã cũ"), make_area("Xã mới", is_border=True)
    sure = make_venue(area=old, successor_area=new)
    rough = make_venue(area=old, point_quality=PointQuality.DISTRICT_SEAT)
    world = world_of(venue_ids=(sure.pk, rough.pk))
    assert [(world.places[key].area_id, world.places[key].is_estimate) for key in (sure.pk, rough.pk)] == [
        (new.pk, False), (old.pk, True),
    ]  # fmt: skip
    assert world.areas[new.pk].is_border


def test_a_district_stands_for_its_communes_and_a_zone_for_its_members() -> None:
    province = make_area("Tỉnh", level="province")
    district = make_area("Huyện", parent=province)
    commune = make_area("Xã", level="commune", parent=district)
    zone = make_area("Khu vực", level="zone")
    zone.members.set([commune, district])
    assert world_of(area_id=province.pk).areas[province.pk].member_ids == {district.pk, commune.pk}
    assert world_of(area_id=zone.pk, campaign_id=make_campaign("z").pk).areas[zone.pk].member_ids == {
        commune.pk, district.pk,
    }  # fmt: skip
    alone = world_of(area_id=commune.pk, campaign_id=make_campaign("x").pk).areas
    assert (set(alone), alone[commune.pk].member_ids) == ({commune.pk}, frozenset())


def test_closures_and_opening_hours_come_by_venue_and_by_resource() -> None:
    space, team = make_space(), make_resource()
    make_closure(space.venue, first=DAY, last=DAY, reason="sửa mái")
    make_closure(space.venue, first=DAY + timedelta(days=9), last=DAY + timedelta(days=9))
    Closure.objects.create(resource=team, start=at(DAY).start, end=at(DAY).end, reason="nghỉ")
    OpeningHours.objects.create(venue=space.venue, weekday=6, opens=time(8), closes=time(11))
    OpeningHours.objects.create(venue=space.venue, weekday=6, opens=time(13), closes=time(23, 59))
    OpeningHours.objects.create(resource=team, weekday=0, opens=time(7), closes=time(22))
    world = world_of(resource_ids=(space.resource_id, team.pk))
    assert [reason for _start, _end, reason in world.place_closures[space.venue_id]] == ["sửa mái"]
    assert [reason for _start, _end, reason in world.resource_closures[team.pk]] == ["nghỉ"]
    assert world.place_opening == {space.venue_id: {6: ((480, 660), (780, 1440))}}
    assert world.resource_opening == {team.pk: {0: ((420, 1320),)}}


def test_only_papers_that_can_matter_are_given() -> None:
    make_trait()
    make_lead_time()
    make_lead_time("R2", kind="", days=7)
    make_lead_time("R4", kind="exhibition", days=7)
    make_lead_time("R9", is_active=False)
    make_figure("team.max_evenings", 6)
    make_figure("team.setup_minutes", 60, is_active=False)
    world = world_of(procedures=("R2",))
    assert [each.code for each in world.lead_times] == ["R1", "R2"]
    assert set(world.figures) == {"team.max_evenings"}
    assert world_of(kind="media_item", campaign_id=make_campaign("m").pk).lead_times == ()


@pytest.fixture
def almanac() -> None:
    """All areas, festivals, observances and days off as shipped."""
    load_areas(refresh=False)
    load_almanac_tables()


@pytest.mark.usefixtures("almanac")
def test_the_days_are_those_of_the_almanac() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    shown, found = load_almanac(first, last), load_days(first, last)
    in_year = [each for each in found["festivals"] if first <= each.main_day <= last]
    assert sorted((each.name, each.main_day, each.first_day, each.last_day, each.is_big) for each in in_year) == sorted(
        (each.name, each.main, each.first, each.last, each.is_big) for each in shown.festivals if each.main.year == 2026
    )
    observed = [each for each in found["observances"] if first <= each.main_day <= last]
    assert sorted((each.name, each.main_day, each.is_big) for each in observed) == sorted(
        (each.name, each.day, each.is_big) for each in shown.observances
    )
    working = load_working_days(first, last)
    assert {day for day in working["days_off"] if day.year == 2026} == set(shown.working_days.days_off)
    assert {day for day in working["working_weekends"] if day.year == 2026} == set(shown.working_days.working_weekends)


@pytest.mark.usefixtures("almanac")
def test_a_year_nobody_has_entered_has_the_days_of_the_labour_code() -> None:
    shown = load_almanac(date(2023, 1, 1), date(2023, 12, 31)).working_days
    found = load_working_days(date(2023, 1, 1), date(2023, 12, 31))
    assert {day for day in found["days_off"] if day.year == 2023} == set(shown.days_off) != set()


def test_days_that_somebody_set_win_and_a_wrong_rule_says_nothing() -> None:
    festival = Festival.objects.create(code="a", name="Hội A", rule="15/1", state="confirm_by_hand")
    Festival.objects.create(code="b", name="Hội B", rule="không phải quy tắc")
    Festival.objects.create(code="c", name="Hội C", rule="")
    festival.areas.set([make_area()])
    FestivalDate.objects.create(
        festival=festival, year=2026, main_day=date(2026, 3, 4), first_day=date(2026, 3, 3), last_day=date(2026, 3, 5)
    )
    found = {each.main_day.year: each for each in load_days(DAY, DAY)["festivals"]}
    assert (found[2026].main_day, found[2026].state) == (date(2026, 3, 4), "computed")
    assert (found[2025].main_day, found[2025].state) == (date(2025, 2, 12), "confirm_by_hand")
    assert found[2026].area_ids == {Area.objects.get().pk}
