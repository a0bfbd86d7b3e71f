"""Labels by key, and keys as one parameter."""

from __future__ import annotations

import pytest
from django.db import connection

from events.models import Activity
from events.programme.entries import AreaLabel
from events.programme.key_list import KeyList
from events.programme.labels import load_labels
from tests.factories import make_activity, make_area

pytestmark = pytest.mark.django_db


def test_many_keys_are_one_parameter_too() -> None:
    area = make_area("Huyện Cao Lộc")
    labels = load_labels(areas=range(area.pk + 70_000), units=(), campaigns=(), texts=())
    assert labels.areas[area.pk] == AreaLabel(code=area.code, slug=area.slug, name="Huyện Cao Lộc", level="district")


def test_any_number_of_keys_is_one_parameter() -> None:
    activity = make_activity()
    found = Activity.objects.filter(pk__in=KeyList([activity.pk, *range(activity.pk + 1, activity.pk + 70_000)]))
    assert list(found) == [activity]


def test_each_database_unpacks_the_keys_its_own_way() -> None:
    compiler = Activity.objects.all().query.get_compiler(using="default")
    assert KeyList([2, 1]).as_sqlite(compiler, connection)[1] == ["[1, 2]"]
    assert KeyList([2, 1]).as_postgresql(compiler, connection)[1] == ["[1, 2]"]
