from datetime import date

import pytest

from tests.factories import make_area
from venues.models import Area

pytestmark = pytest.mark.django_db


def test_areas_exist_from_their_first_to_their_last_day() -> None:
    make_area("Huyện", valid_to=date(2025, 6, 30))
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
    assert [Area.objects.valid_on(day).count() for day in days] == [0, 1, 1, 0]


def test_within_follows_children_and_members_even_in_circles() -> None:
    district = make_area("Huyện")
    commune = make_area("Xã", level="commune", parent=district)
    zone = make_area("Khu vực", level="zone")
    zone.members.add(district)
    district.members.add(zone)
    make_area("Huyện khác")
    assert Area.objects.within([zone.pk]) == {zone.pk, district.pk, commune.pk}
    assert Area.objects.within([commune.pk]) == {commune.pk}
