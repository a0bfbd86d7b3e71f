"""How far a batch is, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from events.batches.claiming import OPEN
from events.models import DocumentPart, PartState

if TYPE_CHECKING:
    from datetime import datetime

    from events.models import DocumentBatch

SILENT_FOR: Final = timedelta(seconds=30)  # without anybody at work, while papers wait


@dataclass(frozen=True)
class Progress:
    """The parts of one batch, read once without their content, and what follows from them."""

    batch: DocumentBatch
    parts: tuple[DocumentPart, ...]
    now: datetime

    @cached_property
    def papers(self) -> tuple[DocumentPart, ...]:
        """The papers themselves, in their order."""
        return tuple(part for part in self.parts if not part.is_bound)

    @cached_property
    def bound(self) -> DocumentPart | None:
        """All papers in one file; None in a batch of one."""
        return next((part for part in self.parts if part.is_bound), None)

    def _count(self, *states: str) -> int:
        return sum(part.state in states for part in self.papers)

    @property
    def total(self) -> int:
        """How many papers were asked for."""
        return len(self.papers)

    @property
    def done(self) -> int:
        """How many are ready."""
        return self._count(PartState.DONE)

    @property
    def failed(self) -> int:
        """How many could not be made."""
        return self._count(PartState.FAILED)

    @property
    def ended(self) -> int:
        """How many are ready, failed or left out."""
        return self.total - self._count(*OPEN)

    @property
    def pages(self) -> int:
        """The pages of what is ready."""
        return sum(part.pages for part in self.papers if part.state == PartState.DONE)

    @property
    def is_over(self) -> bool:
        """Whether nothing is open any more, the binding included."""
        return not any(part.state in OPEN for part in self.parts)

    @property
    def has_zip(self) -> bool:
        """Whether all papers ended and the ZIP would hold one at least of several."""
        return self.bound is not None and self.ended == self.total and self.done > 0

    @property
    def is_silent(self) -> bool:
        """Whether papers wait and nobody has worked on them for half a minute."""
        if self.is_over or any(part.leased_until and part.leased_until >= self.now for part in self.parts):
            return False
        ends = [part.ended_at for part in self.parts if part.ended_at]
        return self.now - max([self.batch.asked_at, *ends]) > SILENT_FOR


def progress_of(batch: DocumentBatch, *, now: datetime) -> Progress:
    """Read how far the batch is; one query."""
    return Progress(batch, tuple(DocumentPart.objects.filter(batch=batch).defer("content", "query")), now)
