"""Filling a table from shipped rows, again and again, without touching what people changed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db.models import Model

from venues.planning import insert_records, save_record

M = TypeVar("M", bound=Model)
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Generic[K]):
    """One shipped row: its key, its columns and its many-to-many links."""

    key: K
    values: Mapping[str, Any]
    links: Mapping[str, Sequence[Model]] = field(default_factory=dict)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def fill_table(
    *, found: dict[K, M], rows: Sequence[Row[K]], make: Callable[..., M], refresh: bool
) -> tuple[dict[K, M], int]:
    """Insert the rows that are not there and return all by key, with the number of rows written.

    Rows that exist are left as they are, since people may have corrected them; with `refresh` they are set back to
    what is shipped, with an audit entry for each that differs.
    """
    new = [row for row in rows if row.key not in found]
    made = insert_records(instances=[make(**row.values) for row in new], links=[row.links for row in new])
    written = len(made)
    if refresh:
        written += sum(_set_back(found[row.key], row) for row in rows if row.key in found)
    return found | dict(zip((row.key for row in new), made, strict=True)), written


def _set_back(instance: Model, row: Row[Any]) -> bool:
    changed = any(getattr(instance, name) != value for name, value in row.values.items())
    changed = changed or any(
        set(getattr(instance, name).values_list("pk", flat=True)) != {other.pk for other in others}
        for name, others in row.links.items()
    )
    if changed:
        for name, value in row.values.items():
            setattr(instance, name, value)
        save_record(instance=instance, by=None, m2m=row.links)
    return changed
