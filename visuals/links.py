"""From an activity to what it hangs: one row of `settings.PANO_ACTIVITY_LINKS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import ngettext

from events.programme.gate import visible_q
from visuals.models import Posting

if TYPE_CHECKING:
    from events.registries import Link
    from units.permissions import Viewer


def activity_links(uid: str, viewer: Viewer) -> tuple[Link, ...]:
    """Return a link to the activity's postings, none where it has none or the viewer may not see it; one query."""
    count = Posting.objects.filter(visible_q(viewer, "activity__"), activity__uid=uid).count()
    if not count:
        return ()
    label = ngettext("%(count)s visual item", "%(count)s visual items", count) % {"count": count}
    return ((label, f"{reverse('visuals:postings')}?activity={uid}"),)
