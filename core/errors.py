"""The one exception tree of planning. Each error carries what a page needs to explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.conflicts import Conflict, Problem


class PlanningError(Exception):
    """A plan was not carried out; nothing was written."""


class PlanRejected(PlanningError):  # noqa: N818 -- named for what happened to the plan
    """Rules forbid the plan. `conflicts` holds every finding, warnings included, in the order found."""

    def __init__(self, conflicts: Iterable[Conflict]) -> None:
        self.conflicts: tuple[Conflict, ...] = tuple(conflicts)
        super().__init__(" ".join(conflict.message for conflict in self.conflicts))


class StalePlan(PlanningError):  # noqa: N818 -- named for what happened to the plan
    """Someone saved first. `sequence` is the current one; `changes` says, a line each, what they changed."""

    def __init__(self, sequence: int, changes: Iterable[str] = ()) -> None:
        self.sequence = sequence
        self.changes: tuple[str, ...] = tuple(changes)
        super().__init__(" ".join((f"Kế hoạch đã được người khác sửa (bản {sequence}).", *self.changes)))


class ImportRejected(PlanningError):  # noqa: N818 -- named for what happened to the plan
    """A workbook has bad rows. `problems` holds all of them at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


class NotAllowed(PlanningError):  # noqa: N818 -- named for what happened to the plan
    """The user may not do this; the message says who may."""
