"""Who is looking, asked once a request."""

from __future__ import annotations

from django.http import HttpRequest

from units.permissions import Viewer, viewer_of


def viewer_for(request: HttpRequest) -> Viewer:
    """Return the viewer of this request, kept on it so that roles are read once."""
    kept = getattr(request, "pano_viewer", None)
    if isinstance(kept, Viewer):
        return kept
    found = viewer_of(request.user)
    request.pano_viewer = found  # type: ignore[attr-defined]
    return found
