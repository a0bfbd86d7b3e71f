from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from units.models import AuditEntry, Unit
from venues.loading.editions import EDITION_2025
from venues.models import Area, DisplaySite, Face, Resource, RoadEdge, RoadNode, Space, Venue
from venues.reference_loader import load_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def _places(db: None) -> None:  # noqa: ARG001 -- opens the database
    load_places()


def names(areas: object) -> list[str]:
    return sorted(str(area) for area in areas)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_places")
def test_both_editions_are_there() -> None:
    day_2023, day_2025 = date(2023, 8, 8), date(2025, 7, 1)
    counts = {
        (level, day.year): Area.objects.valid_on(day).filter(level=level).count()
        for level in ("province", "district", "commune", "zone")
        for day in (day_2023, day_2025)
    }
    assert counts == {
        ("province", 2023): 1, ("province", 2025): 1,
        ("district", 2023): 11, ("district", 2025): 0,
        ("commune", 2023): 200, ("commune", 2025): 65,
        ("zone", 2023): 0, ("zone", 2025): 11,
    }  # fmt: skip


@pytest.mark.usefixtures("_places")
def test_every_place_and_road_is_there() -> None:
    counted = {model: model._default_manager.count() for model in (Venue, Space, DisplaySite, Face, Resource)}
    assert counted == {Venue: 153, Space: 33, DisplaySite: 47, Face: 101, Resource: 134}
    assert (RoadNode.objects.count(), RoadEdge.objects.count()) == (17, 20)


@pytest.mark.usefixtures("_places")
def test_old_communes_that_were_split_have_two_successors() -> None:
    binh_xa = Area.objects.get(name="Xã Bính Xá")
    kien_moc = Area.objects.get(name="Xã Kiên Mộc", valid_to=date(2025, 6, 30))
    assert names(binh_xa.successors.all()) == ["Xã Kiên Mộc", "Xã Đình Lập"]
    assert names(kien_moc.successors.all()) == ["Xã Châu Sơn", "Xã Kiên Mộc"]


@pytest.mark.usefixtures("_places")
def test_a_commune_that_ended_early_leads_to_the_one_its_note_names() -> None:
    heirs = Area.objects.filter(predecessors__code="05995").values_list("code", "valid_from")
    assert list(heirs) == [("06040", date(2025, 1, 1))]


@pytest.mark.usefixtures("_places")
def test_the_wrong_upstream_points_are_corrected() -> None:
    points = Area.objects.filter(code__in=("06172", "06187"), valid_from=EDITION_2025)
    assert list(points.order_by("code").values_list("lat", "lon")) == [(21.9654, 106.6499), (21.8407, 106.8338)]


@pytest.mark.usefixtures("_places")
def test_zones_continue_the_districts() -> None:
    zone = Area.objects.get(slug="khu-vuc-cao-loc")
    assert names(zone.predecessors.all()) == ["Huyện Cao Lộc"]
    assert zone.members.count() == 6
    assert (zone.parent and zone.parent.slug, zone.valid_to) == ("tinh-lang-son", None)
    assert Area.objects.filter(zones__isnull=False).distinct().count() == 65


@pytest.mark.usefixtures("_places")
def test_eleven_border_communes_and_the_order_of_the_resolution() -> None:
    communes = Area.objects.filter(level="commune", valid_from=EDITION_2025).order_by("position")
    assert communes.filter(is_border=True).count() == 11
    listed = list(communes.values_list("code", flat=True))
    assert (listed[0], listed[8:10], listed[-4:]) == (
        "06001", ["06076", "06079"], ["05977", "05983", "05986", "06187"],
    )  # fmt: skip


@pytest.mark.usefixtures("_places")
def test_boundaries_are_those_of_the_shipped_layers() -> None:
    with_boundary = Area.objects.filter(boundary__isnull=False)
    assert with_boundary.filter(level="district").count() == 11
    assert with_boundary.filter(level="commune", valid_from=EDITION_2025).count() == 65
    assert with_boundary.count() == 76


@pytest.mark.usefixtures("_places")
def test_kinds_of_the_tables_are_those_of_the_models() -> None:
    assert Venue.objects.get(code="V-LS-02").kind == "heritage"
    assert sorted(set(Face.objects.values_list("format", flat=True))) == [
        "banner", "flag", "gate", "led", "panel", "poster", "streamer",
    ]  # fmt: skip


@pytest.mark.usefixtures("_places")
def test_a_second_run_changes_nothing() -> None:
    written = AuditEntry.objects.count()
    assert load_places() == {"địa bàn": 0, "địa điểm": 0, "vị trí cổ động": 0, "đường": 0}
    assert AuditEntry.objects.count() == written


@pytest.mark.usefixtures("_places")
def test_what_people_corrected_stays_until_a_refresh() -> None:
    Venue.objects.filter(code="V-LS-01").update(lat=21.9)
    load_places()
    assert Venue.objects.get(code="V-LS-01").lat == 21.9
    assert load_places(refresh=True)["địa điểm"] == 1
    assert Venue.objects.get(code="V-LS-01").lat == 21.84404


@pytest.mark.usefixtures("_places")
def test_a_refresh_restores_links() -> None:
    zone = Area.objects.get(slug="khu-vuc-cao-loc")
    zone.members.clear()
    assert load_places(refresh=True)["địa bàn"] == 1
    assert zone.members.count() == 6


def test_the_command_says_what_it_wrote() -> None:
    first, second = StringIO(), StringIO()
    call_command("load_reference", stdout=first)
    call_command("load_reference", stdout=second)
    assert first.getvalue().startswith("Dữ liệu nền: đã ghi 289 địa bàn, 219 địa điểm, ")
    assert second.getvalue() == "Dữ liệu nền: đã có đủ, không thay đổi.\n"
    assert Unit.objects.count() == 93


def test_units_work_in_the_areas_of_their_edition() -> None:
    call_command("load_reference", verbosity=0)
    areas = {code: list(Unit.objects.get(code=code).areas.values_list("slug", flat=True)) for code in (
        "SVHTTDL", "PVHTT-CAOLOC", "PVHXH-06184",
    )}  # fmt: skip
    assert areas == {
        "SVHTTDL": ["tinh-lang-son"], "PVHTT-CAOLOC": ["huyen-cao-loc"], "PVHXH-06184": ["xa-dong-dang"],
    }  # fmt: skip
