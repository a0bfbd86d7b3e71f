from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from units.marks import mark_change, purge_marks, read_marks, read_wide_mark
from units.models import ChangeMark

pytestmark = pytest.mark.django_db


def age_all() -> None:
    ChangeMark.objects.update(at=timezone.now() - timedelta(days=2))


def test_every_change_gives_other_marks_and_only_wide_ones_another_wide_mark() -> None:
    seen = [(read_marks(), read_wide_mark())]
    for is_wide in (True, False):
        mark_change(is_wide=is_wide)
        seen.append((read_marks(), read_wide_mark()))
    (none, no_wide), (first, wide), (second, still_wide) = seen
    assert (none, no_wide) == ((0, 0), "0.0")
    assert len({none, first, second}) == 3
    assert wide == still_wide != no_wide


def test_a_change_that_commits_late_is_noticed_though_its_key_is_not_the_last() -> None:
    mark_change()
    mark_change()
    late = ChangeMark.objects.order_by("id")[0]
    key = late.pk
    late.delete()
    before = read_marks()
    ChangeMark.objects.create(pk=key, at=timezone.now())
    assert read_marks() != before


def test_folding_old_marks_is_noticed_by_nobody() -> None:
    for is_wide in (True, False, True, False, True):
        mark_change(is_wide=is_wide)
    age_all()
    mark_change(is_wide=False)
    before = read_marks(), read_wide_mark()
    day_ago = timezone.now() - timedelta(days=1)
    assert purge_marks(before=day_ago) == 3
    assert (ChangeMark.objects.count(), read_marks(), read_wide_mark()) == (3, *before)
    age_all()
    assert purge_marks(before=day_ago) == 1
    assert (ChangeMark.objects.count(), read_marks(), read_wide_mark()) == (2, *before)
    mark_change()
    assert read_marks() != before[0]
