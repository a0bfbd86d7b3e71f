"""What the building of feeds asks of SQLite for a while, and gives back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection

from events.feeds.patience import BRIEFLY_MS, FEW_KIB, brief_waits, lean_reads

pytestmark = pytest.mark.django_db


def pragma(name: str) -> int:
    """The setting's value; 0 on other databases, which have no such setting."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("block", "name", "meanwhile"),
    [(brief_waits, "busy_timeout", BRIEFLY_MS), (lean_reads, "cache_size", -FEW_KIB)],
)
def test_a_setting_holds_for_the_block_alone(
    block: Callable[[], AbstractContextManager[None]], name: str, meanwhile: int
) -> None:
    before = pragma(name)
    assert before != meanwhile
    with block():
        assert pragma(name) == (meanwhile if connection.vendor == "sqlite" else before)
    assert pragma(name) == before
