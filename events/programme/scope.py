"""Which part of the plan is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A narrowing of the plan; an empty field does not narrow.

    `areas` are slugs (each with all that lies below it), `campaigns` and `units` codes,
    `resources` resource codes (a team's code is its resource's), `kinds` and `statuses`
    glossary values, `themes` theme codes, `uids` activity UIDs, `query` free text that
    is matched without diacritics.
    """

    areas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    uids: tuple[str, ...] = ()
    query: str = ""
