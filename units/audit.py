"""Writing the audit trail; the address of `record_change` is the registry's `PANO_AUDIT_WRITER`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from units.marks import is_wide, mark_change
from units.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

    from units.models import User


def record_change(
    *,
    by: User | None,
    verb: str,
    subject: Model,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> AuditEntry:
    """Write one audit row for `subject`, inside the caller's transaction, and mark that something changed.

    `before` and `after` are JSON-ready snapshots; None means it did not exist.
    `by=None` is the system itself (set-up commands).
    """
    mark_change(is_wide=is_wide(subject))
    return AuditEntry.objects.create(
        at=timezone.now(),
        actor=by,
        actor_label=str(by) if by is not None else "Pano",
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:300],
        before=before,
        after=after,
    )


def record_changes(
    *,
    by: User | None,
    verb: str,
    changes: Sequence[tuple[Model, dict[str, Any] | None, dict[str, Any] | None]],
) -> None:
    """Write one audit row for each (subject, before, after), all in one query; otherwise as `record_change`."""
    mark_change(is_wide=any(is_wide(subject) for subject, _before, _after in changes))
    now = timezone.now()
    label = str(by) if by is not None else "Pano"
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=now,
            actor=by,
            actor_label=label,
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            subject_label=str(subject)[:300],
            before=before,
            after=after,
        )
        for subject, before, after in changes
    )
