"""The one reader: what an entry holds, which are chosen, and at what cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from core.intervals import Interval, day_interval
from core.keys import OccurrenceKey
from core.recurrence import Frequency, Recurrence, Weekday
from events import planning
from events.models import Occurrence, Status
from events.planning import OccurrenceChange
from events.programme import Scope, load_programme, nearest_day
from events.programme.entries import EntryPlace, EntryResource, Label, Programme
from tests.factories import (
    at,
    make_activity,
    make_area,
    make_campaign,
    make_planner,
    make_resource,
    make_site,
    make_unit,
    make_venue,
    whole_days,
)
from units.permissions import viewer_of
from venues.models import AreaLevel

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from events.models import Activity
    from units.models import Unit

pytestmark = pytest.mark.django_db
VISITOR = viewer_of(None)
TUESDAYS = Recurrence(freq=Frequency.WEEKLY, by_weekday=(Weekday(1),), until=date(2023, 8, 29))


def load(window: Interval | None = None, **scope: Any) -> Programme:
    return load_programme(window=window, scope=Scope(**scope), viewer=VISITOR, with_series=True)


def codes(programme: Programme) -> list[str]:
    return [entry.code for entry in programme.entries]


def test_an_entry_holds_all_that_outputs_show() -> None:
    area, unit = make_area("Huyện Cao Lộc", slug="huyen-cao-loc"), make_unit("PVHTT", name="Phòng VHTT")
    helper, campaign = make_unit("TT", name="Trung tâm"), make_campaign()
    venue, site, team = make_venue(area=area), make_site(lon=None, lat=None), make_resource(code="DOI-1")
    activity = make_activity(
        campaign_id=campaign.pk, area_id=area.pk, lead_unit_id=unit.pk, coordinating_unit_ids=(helper.pk,),
        venue_ids=(venue.pk,), site_ids=(site.pk,), resource_ids=(team.pk,), quantity=Decimal(1200), quantity_unit="tờ",
        theme_ids=(campaign.themes.get(code="ND2").pk,), notes="nội bộ", description="Mô tả",
    )  # fmt: skip
    (entry,) = load().entries
    start = at(date(2023, 8, 8)).start
    assert entry.key == OccurrenceKey(activity.uid, start)
    assert entry.interval == at(date(2023, 8, 8))
    assert (entry.status, entry.kind, entry.area.slug) == ("confirmed", "mobile_team", "huyen-cao-loc")
    assert (entry.unit, entry.coordinating) == (Label(code="PVHTT", name="Phòng VHTT"), (label_of(helper),))
    assert entry.resources == (EntryResource(code="DOI-1", kind="team", name="Đội 1"),)
    assert [theme.code for theme in entry.themes] == ["ND2"]
    assert (entry.quantity, entry.description, entry.notes) == ("1.200 tờ", "Mô tả", "")
    assert [place.has_point for place in entry.places] == [True, False]
    assert entry.places[0] == EntryPlace(
        code=venue.code, name="Hội trường A", lon=106.76, lat=21.85, quality="published", area_name="Huyện Cao Lộc"
    )
    assert (entry.url, entry.is_off, entry.is_recurring) == (f"/activities/{activity.uid}/", False, False)


def label_of(unit: Unit) -> Label:
    return Label(code=unit.code, name=unit.name)


def test_places_are_named_on_one_line() -> None:
    make_activity(venue_ids=(make_venue("Nhà văn hóa").pk,), site_ids=(make_site("Ngã tư").pk,))
    assert load().entries[0].place_names == "Nhà văn hóa; Ngã tư"


def test_entries_come_in_time_order_and_windows_are_half_open() -> None:
    first, second = at(date(2023, 8, 8), "08:00"), at(date(2023, 8, 8), "10:00")
    make_activity(code="B", interval=second)
    make_activity(code="A", interval=first)
    assert codes(load()) == ["A", "B"]
    assert codes(load(Interval(first.end, second.start + timedelta(minutes=1)))) == ["B"]
    assert codes(load(Interval(first.end - timedelta(minutes=1), second.start))) == ["A"]


def test_what_began_before_the_window_and_reaches_into_it_is_there() -> None:
    make_activity(code="A", **whole_days(date(2023, 7, 25), date(2023, 8, 3)))
    assert codes(load(day_interval(date(2023, 8, 1), date(2023, 8, 31)))) == ["A"]


def test_an_area_stands_for_all_below_it_and_a_zone_for_its_members() -> None:
    province = make_area("Tỉnh", level=AreaLevel.PROVINCE, slug="tinh")
    district = make_area("Huyện", parent=province, slug="huyen")
    commune = make_area("Xã", level=AreaLevel.COMMUNE, parent=district, slug="xa")
    zone = make_area("Khu vực", level=AreaLevel.ZONE, parent=province, slug="khu-vuc")
    zone.members.add(commune)
    make_activity(code="T", area_id=province.pk)
    make_activity(code="H", area_id=district.pk)
    make_activity(code="X", area_id=commune.pk)
    counts = {slug: sorted(codes(load(areas=(slug,)))) for slug in ("tinh", "huyen", "xa", "khu-vuc")}
    assert counts == {"tinh": ["H", "T", "X"], "huyen": ["H", "X"], "xa": ["X"], "khu-vuc": ["X"]}


def scoped_pair() -> tuple[Activity, Activity]:
    campaign, unit, team = make_campaign("kh-a"), make_unit("U1"), make_resource(code="DOI-1")
    wanted = make_activity(
        code="A", campaign_id=campaign.pk, lead_unit_id=unit.pk, resource_ids=(team.pk,), kind="exhibition",
        theme_ids=(campaign.themes.get(code="ND1").pk,), title="Triển lãm ảnh", uid="u-a",
    )  # fmt: skip
    return wanted, make_activity(code="B", status=Status.DONE, interval=at(date(2023, 8, 9)))


@pytest.mark.parametrize(
    "scope",
    [
        {"kinds": ("exhibition",)},
        {"campaigns": ("kh-a",)},
        {"units": ("U1",)},
        {"resources": ("DOI-1",)},
        {"statuses": ("confirmed",)},
        {"themes": ("ND1",)},
        {"themes": ("ND1",), "resources": ("DOI-1",)},
        {"uids": ("u-a",)},
        {"query": "trien lam"},
    ],
)
def test_each_field_of_the_scope_narrows(scope: dict[str, Any]) -> None:
    scoped_pair()
    assert codes(load()) == ["A", "B"]
    assert codes(load(**scope)) == ["A"]


def test_a_coordinating_unit_counts_as_its_unit() -> None:
    helper = make_unit("TT")
    make_activity(code="A", coordinating_unit_ids=(helper.pk,))
    assert codes(load(units=("TT",))) == ["A"]


def test_a_theme_stands_for_those_below_it() -> None:
    below = planning.ListItem(code="ND2.1", name="Chính trị")
    campaign = make_campaign(themes=(planning.ListItem(code="ND2", name="Ba trụ cột"), below))
    make_activity(code="A", campaign_id=campaign.pk, theme_ids=(campaign.themes.get(code="ND2.1").pk,))
    assert codes(load(themes=("ND2",))) == ["A"]


def test_a_recurring_activity_gives_its_rule_and_names_each_occurrence() -> None:
    activity = make_activity(recurrence=TUESDAYS, extra_dates=(at(date(2023, 8, 9)).start,))
    programme = load()
    (series,) = programme.series
    assert (series.uid, series.rrule) == (activity.uid, "FREQ=WEEKLY;UNTIL=20230829T165959Z;BYDAY=TU")
    assert len(series.rule_dates) == 4
    assert series.extra_dates == (at(date(2023, 8, 9)).start,)
    assert len(programme.entries) == 5
    assert programme.entries[0].url == f"/activities/{activity.uid}/?occurrence=20230808T123000Z"


def test_extra_dates_alone_make_a_series_without_a_rule() -> None:
    make_activity(extra_dates=(at(date(2023, 8, 9)).start,))
    (series,) = load().series
    assert (series.rrule, series.rule_dates) == (None, (at(date(2023, 8, 8)).start,))


def test_an_occurrence_of_its_own_title_and_a_cancelled_one_are_told() -> None:
    activity = make_activity(recurrence=TUESDAYS)
    key = load().entries[1].key
    planning.change_occurrence(change=OccurrenceChange(key=key, version=1, interval=None), by=None)
    activity.occurrences.filter(recurrence_id=key.recurrence_id).update(title="Riêng")
    entry = load().entries[1]
    assert (entry.title, entry.status, entry.is_off) == ("Riêng", "cancelled", True)


def test_staff_read_the_notes() -> None:
    make_activity(notes="nội bộ")
    programme = load_programme(window=None, scope=Scope(), viewer=viewer_of(make_planner()))
    assert programme.entries[0].notes == "nội bộ"


def test_an_empty_programme_has_a_revision_too() -> None:
    assert load().entries == ()
    assert len(load().revision) == 12


def test_the_revision_changes_with_what_readers_see_and_only_then() -> None:
    activity = make_activity()
    before = load().revision
    assert load().revision == before
    planning.set_status(uid=activity.uid, version=1, status=Status.DONE, reason="", by=None)
    assert load().revision != before


@pytest.mark.parametrize(
    ("first", "last", "is_found"),
    [
        (date(2022, 1, 1), date(2023, 8, 1), True),
        (date(2022, 1, 1), date(2023, 12, 31), True),
        (date(2023, 7, 29), date(2023, 8, 1), True),
        (date(2023, 7, 30), date(2023, 8, 1), True),
        (date(2023, 7, 31), date(2023, 8, 1), True),
        (date(2023, 8, 1), date(2023, 8, 1), True),
        (date(2022, 1, 1), date(2023, 7, 31), False),
        (date(2023, 7, 31), date(2023, 7, 31), False),
        (date(2023, 8, 2), date(2023, 9, 1), False),
    ],
)
def test_whatever_reaches_into_a_day_is_found_once(first: date, last: date, is_found: bool) -> None:  # noqa: FBT001 -- a table
    make_activity(code="A", **whole_days(first, last))
    assert codes(load(day_interval(date(2023, 8, 1), date(2023, 8, 1)))) == ["A"] * is_found


def test_the_database_marks_what_lasts_for_days() -> None:
    for last in (8, 9, 30):
        make_activity(**whole_days(date(2023, 8, 8), date(2023, 8, last)))
    assert list(Occurrence.objects.order_by("end").values_list("is_long", flat=True)) == [False, True, True]


def test_an_unknown_area_holds_nothing() -> None:
    make_activity()
    assert load(areas=("khong-co",)).entries == ()


@pytest.mark.parametrize("size", [1, 3])
def test_the_number_of_queries_is_constant(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(size):
        make_activity(recurrence=TUESDAYS, venue_ids=(make_venue().pk,), resource_ids=(make_resource().pk,))
    with django_assert_num_queries(7):
        programme = load()
    assert len(programme.entries) == 4 * size


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 23), date(2023, 8, 20)),
        (date(2023, 8, 14), date(2023, 8, 20)),
        (date(2023, 8, 12), date(2023, 8, 8)),
        (date(2023, 8, 8), date(2023, 8, 8)),
    ],
)
def test_the_nearest_day_prefers_what_comes(today: date, expected: date) -> None:
    make_activity(interval=at(date(2023, 8, 8)))
    make_activity(interval=at(date(2023, 8, 20)), title="Hội chợ")
    assert nearest_day(scope=Scope(), viewer=VISITOR, today=today) == expected


def test_the_nearest_day_of_a_search_and_of_nothing() -> None:
    assert nearest_day(scope=Scope(), viewer=VISITOR, today=date(2023, 8, 8)) is None
    make_activity(interval=at(date(2023, 8, 20)), title="Hội chợ")
    found = nearest_day(scope=Scope(query="hoi cho"), viewer=VISITOR, today=date(2023, 8, 8))
    assert found == date(2023, 8, 20)


def test_the_package_gives_its_reader_only_by_name() -> None:
    import events.programme

    with pytest.raises(AttributeError):
        _ = events.programme.nothing
