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


@contextmanager
def brief_waits() -> Iterator[None]:
    """Let writes of the block give up after a moment where another holds the turn: DatabaseError instead of waiting."""
    if connection.vendor != "sqlite":  # elsewhere readers of feeds wait for single rows only
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {BRIEFLY_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
