"""Batches for tests: small ones asked for by a planner, and a kind of document that is slow and counts its makings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from events.batches.asking import PartPlan, area_parts, ask_for_batch
from events.documents import DocumentSpec
from events.models import DocumentBatch, DocumentPart
from tests.factories import make_area, make_planner
from venues.models import Area

if TYPE_CHECKING:
    from units.models import User

DATABASE_TASKS: Final = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
QUARTER: Final = {"first": date(2023, 7, 1), "last": date(2023, 9, 30)}


def make_areas(count: int) -> list[Area]:
    """Districts one after the other."""
    return [make_area(f"Huyện {number:02}", slug=f"huyen-{number:02}", position=number) for number in range(count)]


def make_batch(count: int = 2, *, by: User | None = None, kind: str = "schedule") -> DocumentBatch:
    """A batch of a paper for each of some new areas; of the whole plan alone where there is one."""
    spec = DocumentSpec(kind=kind, has_map=False, **QUARTER)  # type: ignore[arg-type]
    parts = (PartPlan(label="Lịch", spec=spec),) if count == 1 else area_parts(spec, make_areas(count))
    return ask_for_batch(title="Lịch", spec=spec, parts=parts, by=by or make_planner(), now=timezone.now())


def states(batch: DocumentBatch) -> list[str]:
    """The states of all parts, in their order."""
    return list(DocumentPart.objects.filter(batch=batch).values_list("state", flat=True))
