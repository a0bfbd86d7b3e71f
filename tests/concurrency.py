"""Doing the same thing many times at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Callable

THREADS = 40


def run_at_once(attempt: Callable[[int], str], attempts: int) -> list[str]:
    """Run the attempts on many threads, each with a connection of its own; their outcomes."""

    def closing(number: int) -> str:
        try:
            return attempt(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        return list(pool.map(closing, range(attempts)))
