"""The one reader: everything shown outside an edit form comes through `load_programme`.

`events.programme.entries` is free of Django, so that renderers may import it alone;
this package therefore loads the reader only when asked for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.programme.scope import Scope

if TYPE_CHECKING:
    from events.programme.loading import load_programme, nearest_day

__all__ = ["Scope", "load_programme", "nearest_day"]


def __getattr__(name: str) -> object:
    """Give the reader's functions on first use."""
    if name in {"load_programme", "nearest_day"}:
        from events.programme import loading  # noqa: PLC0415 -- see the module docstring

        return getattr(loading, name)
    raise AttributeError(name)
