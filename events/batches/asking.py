"""The verbs of the person who wants papers: ask for a batch, cancel it; and throwing old ones away."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from events.batches.claiming import OPEN
from events.documents import DocumentSpec, spec_query
from events.models import DocumentBatch, DocumentPart, PartState
from units.models import User

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from venues.models import Area

MOST_PARTS: Final = 250  # more than the communes of any edition
MOST_BATCHES: Final = 3  # of one person at a time
LONGEST_LABEL: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan:
    """One paper to be made: what it is called in lists and bookmarks, and its document."""

    label: str
    spec: DocumentSpec


def area_parts(spec: DocumentSpec, areas: Sequence[Area]) -> tuple[PartPlan, ...]:
    """Return the same document once for each area, in their order."""
    return tuple(
        PartPlan(label=area.name, spec=replace(spec, scope=replace(spec.scope, areas=(area.slug,)))) for area in areas
    )


@transaction.atomic
def ask_for_batch(
    *, title: str, spec: DocumentSpec, parts: Sequence[PartPlan], by: User, now: datetime
) -> DocumentBatch:
    """Write down what is to be made; more than one paper is also bound into one file.

    NotAllowed with a sentence for no paper, too many papers, and a person who has three batches under way.
    """
    if not parts:
        raise NotAllowed(_("Nothing was chosen; choose at least one area."))
    if len(parts) > MOST_PARTS:
        words = _("%(count)s papers at once are too many; choose at most %(most)s areas.")
        raise NotAllowed(words % {"count": len(parts), "most": MOST_PARTS})
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once must not both be the third
    if DocumentBatch.objects.filter(asked_by=by, parts__state__in=OPEN).distinct().count() >= MOST_BATCHES:
        words = _("%(count)s batches of yours are still being made; wait for one of them, or cancel it.")
        raise NotAllowed(words % {"count": MOST_BATCHES})
    batch = DocumentBatch.objects.create(
        token=secrets.token_hex(16),
        title=title[:LONGEST_LABEL],
        query=spec_query(spec),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        asked_by=by,
        asked_at=now,
    )
    DocumentPart.objects.bulk_create(_rows(batch, parts))
    return batch


@transaction.atomic
def cancel_batch(batch: DocumentBatch, *, now: datetime) -> bool:
    """Leave out whatever is not made yet; False where all had ended. Papers that are ready stay."""
    if not DocumentPart.objects.filter(batch=batch, state__in=OPEN).update(
        state=PartState.DROPPED, claim="", leased_until=None, ended_at=now
    ):
        return False
    DocumentBatch.objects.filter(pk=batch.pk).update(cancelled_at=now)
    return True


def purge_batches(*, now: datetime) -> int:
    """Throw away batches older than PANO_BATCH_DAYS, whatever their state; return how many."""
    old = DocumentBatch.objects.filter(asked_at__lt=now - timedelta(days=settings.PANO_BATCH_DAYS))
    return sum(DocumentBatch.objects.filter(pk=pk).delete()[0] > 0 for pk in old.values_list("pk", flat=True))


def _rows(batch: DocumentBatch, parts: Sequence[PartPlan]) -> list[DocumentPart]:
    rows = [
        DocumentPart(batch=batch, position=number, label=part.label[:LONGEST_LABEL], query=spec_query(part.spec))
        for number, part in enumerate(parts, start=1)
    ]
    if len(rows) > 1:
        rows.append(DocumentPart(batch=batch, position=len(rows) + 1, is_bound=True, label=batch.title))
    return rows
