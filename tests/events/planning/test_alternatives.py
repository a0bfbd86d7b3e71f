"""What could be taken instead."""

import pytest

from events.planning.alternatives import Alternative, alternatives_to, venues_instead_of
from events.rules.ranking import Remedy
from tests.factories import make_area, make_face, make_resource, make_site, make_space, make_venue

pytestmark = pytest.mark.django_db


def test_a_face_gives_way_to_one_of_its_site_then_to_one_nearby() -> None:
    area = make_area()
    site = make_site(area=area, lon=106.70, lat=21.94)
    own, beside = make_face(site, name="Mặt A"), make_face(site, name="Mặt B")
    near = make_site("Cụm gần", area=area, lon=106.71, lat=21.94)
    make_site("Không có điểm", lon=None, lat=None)
    other = make_face(near, name="Mặt C")
    make_face(make_site("Xa", lon=107.3, lat=21.5), name="Mặt D")
    first, second = alternatives_to(own.resource_id)
    assert first == Alternative(remedy=Remedy.SPACE_HERE, name="Mặt B", resource_id=beside.resource_id)
    assert (second.remedy, second.resource_id) == (Remedy.SPACE_NEAR, other.resource_id)
    assert (second.old_site_id, second.site_id, second.name) == (site.pk, near.pk, "Mặt C (Cụm gần)")


@pytest.mark.parametrize("kind", ["equipment", "person", "space", "face"])
def test_what_has_no_kin_has_no_alternative(kind: str) -> None:
    assert alternatives_to(make_resource(kind=kind).pk) == ()


def test_what_does_not_exist_has_no_alternative() -> None:
    assert (alternatives_to(987654), venues_instead_of(987654)) == ((), ())


def test_a_place_without_a_point_is_near_nothing_and_another_area_is_further() -> None:
    area = make_area()
    own = make_venue("Sân A", area=area, lon=106.76, lat=21.85)
    make_venue("Không có điểm", area=area, lon=None, lat=None)
    elsewhere = make_venue("Ngoài địa bàn", lon=106.761, lat=21.85)
    here = make_venue("Trong địa bàn", area=area, lon=106.78, lat=21.85)
    assert [each.venue_id for each in venues_instead_of(own.pk)] == [here.pk, elsewhere.pk]


def test_a_space_of_another_kind_is_offered_only_in_its_own_venue() -> None:
    venue = make_venue(lon=106.76, lat=21.85)
    own = make_space(venue)
    yard = make_space(make_venue("Gần", lon=106.761, lat=21.85), name="Sân")
    type(yard).objects.filter(pk=yard.pk).update(kind="yard")
    assert alternatives_to(own.resource_id) == ()
