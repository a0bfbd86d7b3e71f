"""Which part of the plan is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A narrowing of the plan; an empty field does not narrow.

    `areas` are slugs (each with all that lies below it, unless `is_alone`), `campaigns` and `units` codes,
    `resources` resource codes (a team's code is its resource's), `venues` codes of venues, `kinds` and `statuses`
    glossary values, `themes` and `audiences` codes of campaigns' lists, `uids` activity UIDs, `query` free text that
    is matched without diacritics.
    """

    areas: tuple[str, ...] = ()
    is_alone: bool = False
    kinds: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    uids: tuple[str, ...] = ()
    query: str = ""

    @property
    def narrows_occurrences(self) -> bool:
        """Whether of one activity some occurrences may lie in the scope and others outside."""
        return bool(self.statuses or self.query)
