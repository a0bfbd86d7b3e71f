"""Short waits: what a feed writes (kept texts, kept bytes, who fetched when) may be left out, so nobody waits for it.

SQLite has one writer, and a large import holds its turn for minutes; a reader of feeds must not notice.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

BRIEFLY_MS: Final = 200
FEW_KIB: Final = 2_048  # of SQLite's pages; what is read once and in order gains nothing from more


@contextmanager
def brief_waits() -> Iterator[None]:
    """Let writes of the block give up after a moment where another holds the turn: DatabaseError instead of waiting."""
    with _pragma("busy_timeout", BRIEFLY_MS):  # elsewhere readers of feeds wait for single rows only
        yield


@contextmanager
def lean_reads() -> Iterator[None]:
    """Let SQLite keep few pages in memory during the block, which reads megabytes once."""
    with _pragma("cache_size", -FEW_KIB):
        yield


@contextmanager
def _pragma(name: str, value: int) -> Iterator[None]:
    """Give a setting of SQLite another value during the block; nothing happens on other databases."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name} = {int(before)}")
