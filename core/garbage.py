"""Python's collector of reference cycles, kept out of the way while a great many lasting values are made."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collection_paused() -> Iterator[None]:
    """Hold back the collector for a block, or a function, that makes many values without cycles among them.

    The collector looks at all there is each time some hundreds of values more are alive. Where a hundred thousand
    are made that all stay, that finds nothing and costs as much as making them. Values without cycles are freed as
    ever. It counts for all threads of the process: where two are in such a block, the first to leave it ends the pause.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
