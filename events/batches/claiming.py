"""The verbs of those who make papers: claim one under a lease, keep the lease, hand in what became of it.

Each is one compare-and-swap: it changes the row only while the claim is still the one that was seen. A worker that was
too late, whose paper was claimed by another or left out meanwhile, changes nothing.
"""

from __future__ import annotations

import logging
import secrets
import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.models import DocumentPart, PartState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

OPEN: Final = (PartState.WAITING, PartState.CLAIMED)
MOST_ATTEMPTS: Final = 3
BEATS: Final = 4  # in the time of a lease
logger = logging.getLogger(__name__)


def lease() -> timedelta:
    """Return how long a claim holds without a sign of life."""
    return timedelta(seconds=settings.PANO_BATCH_LEASE)


def claimable(*, now: datetime) -> QuerySet[DocumentPart]:
    """Return the papers that anybody may take, the next one first.

    First papers go before second ones, so that a short batch passes a long one. Binding waits for all others.
    """
    siblings = DocumentPart.objects.filter(batch=OuterRef("batch"), is_bound=False, state__in=OPEN)
    free = Q(state=PartState.WAITING) | Q(state=PartState.CLAIMED, leased_until__lt=now)
    rows = DocumentPart.objects.filter(free).exclude(Q(is_bound=True) & Exists(siblings))
    return rows.order_by("position", "batch_id")


def claim_part(*, now: datetime) -> DocumentPart | None:
    """Take the next paper and return it without its content; None where there is nothing to do."""
    give_up_parts(now=now)
    while (found := claimable(now=now).values_list("pk", "claim").first()) is not None:
        word = secrets.token_hex(16)
        taken = claimable(now=now).order_by().filter(pk=found[0], claim=found[1])
        values = {"state": PartState.CLAIMED, "claim": word, "leased_until": now + lease()}
        if taken.update(attempts=F("attempts") + 1, pages=0, **values):
            rows = DocumentPart.objects.select_related("batch__asked_by").defer("content")
            return rows.filter(pk=found[0], claim=word).first()
    return None


def give_up_parts(*, now: datetime) -> None:
    """End papers whose worker was killed each time: whoever takes one as the last may be killed by it as well."""
    late = DocumentPart.objects.filter(state=PartState.CLAIMED, leased_until__lt=now, attempts__gte=MOST_ATTEMPTS)
    for part in late.select_related("batch").defer("content"):
        with translation.override(part.batch.language):
            sentence = _("The work on it was broken off %(count)s times; choose a shorter period or a smaller area.")
            fail_part(part, sentence % {"count": part.attempts})


def keep_part(part: DocumentPart, *, content: bytes, pages: int, file_name: str) -> bool:
    """Hand in the finished paper; False, and nothing is written, where the claim was lost."""
    values = {"content": content, "pages": pages, "size": len(content), "file_name": file_name, "message": ""}
    return _end(part, state=PartState.DONE, **values)


def fail_part(part: DocumentPart, message: str) -> bool:
    """Say in a sentence why the paper cannot be made; False where the claim was lost."""
    return _end(part, state=PartState.FAILED, message=message)


class ClaimLostError(Exception):
    """Somebody else has the paper by now, or nobody wants it any more."""


def tell_pages(part: DocumentPart, pages: int) -> None:
    """Say how many pages a paper under way has by now; ClaimLostError where there is no need to go on."""
    if not _held(part).update(pages=pages):
        raise ClaimLostError


def release_part(part: DocumentPart) -> bool:
    """Give the paper back for another attempt; False where the claim was lost."""
    return bool(_held(part).update(state=PartState.WAITING, claim="", leased_until=None))


def renew_lease(part: DocumentPart) -> bool:
    """Show life; False where the claim was lost."""
    return bool(_held(part).update(leased_until=timezone.now() + lease()))


@contextmanager
def held(part: DocumentPart) -> Iterator[None]:
    """Renew the lease from a thread of its own while the block works on the paper, as long as the claim holds."""
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(lease().total_seconds() / BEATS):
                if not _is_renewed(part):
                    return
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _is_renewed(part: DocumentPart) -> bool:
    """Renew the lease; a database that is away for a moment is asked again at the next beat."""
    try:
        return renew_lease(part)
    except DatabaseError:
        logger.warning("The lease on a paper could not be renewed", exc_info=True)
        connection.close()
        return True


def _held(part: DocumentPart) -> QuerySet[DocumentPart]:
    return DocumentPart.objects.filter(pk=part.pk, state=PartState.CLAIMED, claim=part.claim)


def _end(part: DocumentPart, **values: Any) -> bool:  # noqa: ANN401 -- columns of the row
    return bool(_held(part).update(claim="", leased_until=None, ended_at=timezone.now(), **values))
