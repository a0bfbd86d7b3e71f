"""What a file cannot say, answered once by who imports it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChoices:
    """For new activities: area, lead unit, kind, status, whether the public sees them, by database keys.

    `restores_deleted` brings back what was deleted in Pano; `language` is that of the importer's pages.
    """

    area_id: int
    lead_unit_id: int
    kind: str
    status: str
    is_public: bool = True
    restores_deleted: bool = False
    language: str = "vi"

    def to_json(self) -> dict[str, Any]:
        """The choices in JSON's own types."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """What `to_json` gave."""
        return cls(**values)
