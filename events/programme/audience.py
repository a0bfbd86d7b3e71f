"""Whom a change concerns: which activities someone's feed holds, as far as they may see them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from events.programme.loading import load_programme

if TYPE_CHECKING:
    from collections.abc import Collection

    from events.programme.scope import Scope
    from units.permissions import Viewer


def activities_seen(*, uids: Collection[str], scope: Scope, viewer: Viewer) -> frozenset[str]:
    """Those of the activities of which the scope holds some occurrence that the viewer may see.

    The status is not asked for: whoever reads only what is confirmed must learn that it is called off.
    """
    asked = replace(scope, uids=tuple(sorted(uids)), statuses=())
    programme = load_programme(window=None, scope=asked, viewer=viewer)
    return frozenset(entry.key.uid for entry in programme.entries)
