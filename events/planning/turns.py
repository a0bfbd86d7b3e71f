"""One transaction a verb, and on SQLite one writer of this process after the other."""

from __future__ import annotations

import threading
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
_turn = threading.Lock()


def in_one_transaction(verb: Callable[P, R]) -> Callable[P, R]:
    """Run the verb in one transaction, or within the caller's.

    SQLite lets writers wait by asking again and again, and whoever has waited long asks least often: in a storm one is
    told after a minute that the database is locked. So the threads of a process queue here, and only processes compete.
    """

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            with transaction.atomic():
                return verb(*args, **kwargs)
        with _turn, transaction.atomic():
            return verb(*args, **kwargs)

    return run
