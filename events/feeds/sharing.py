"""What all processes share: a cache that may be slow, full or gone, without which feeds are only made more often."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from django.core.cache import caches

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT_FOR: Final = 30 * 86_400  # seconds
logger = logging.getLogger(__name__)


def shared_get(key: str) -> Any:  # noqa: ANN401 -- whatever was put there
    """Return what stands under the key, None for nothing or no answer."""
    return _tried(lambda: caches["feeds"].get(key))


def shared_set(key: str, value: object, seconds: int = KEPT_FOR) -> None:
    """Keep the value, if there is somewhere to and the cache has time for it."""
    _tried(lambda: caches["feeds"].set(key, value, seconds))


def shared_keep(key: str, value: object) -> None:
    """Keep the value unless it stands there: for keys that name their value."""
    _tried(lambda: caches["feeds"].add(key, value, KEPT_FOR))


def shared_add(key: str, value: object, seconds: int) -> bool:
    """Keep the value unless one stands there; return whether nothing does stand there that another put.

    Where the cache does not answer, or is too busy to write (then it says no, but holds nothing), nobody else is told
    to stand there.
    """
    return bool(_tried(lambda: caches["feeds"].add(key, value, seconds))) or shared_get(key) is None


def shared_delete(key: str) -> None:
    """Take away what stands under the key."""
    _tried(lambda: caches["feeds"].delete(key))


def shared_sum(key: str, more: int, seconds: int) -> int:
    """Add to the number under the key and return the sum; `more` alone where the cache does not answer."""

    def add() -> int:
        caches["feeds"].add(key, 0, seconds)
        total: int = caches["feeds"].incr(key, more)
        return total

    return int(_tried(add) or more)


def _tried(job: Callable[[], Any]) -> Any:  # noqa: ANN401 -- whatever the job gives
    try:
        return job()
    except Exception as error:  # noqa: BLE001 -- each backend has exceptions of its own; none is a reason to give no calendar
        logger.warning("the shared cache of feeds does not answer: %s", type(error).__name__)
        return None
