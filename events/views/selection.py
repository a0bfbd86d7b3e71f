"""Which activities of a page are chosen, and at which versions they were seen."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from events.forms.bulk import VERB_LABELS
from events.models import Activity
from events.programme.entries import Programme
from units.permissions import Viewer

CHOSEN: Final = re.compile(r"(?P<uid>\S{1,64}):(?P<version>\d{1,9})", re.ASCII)


def selectable(request: HttpRequest, viewer: Viewer, programme: Programme) -> dict[str, Any]:
    """What a list needs so that its activities can be chosen; nothing for who may change none. One query."""
    if not viewer.is_planner and not viewer.approved_area_ids:
        return {}
    uids = {entry.key.uid for entry in programme.entries}
    rows = Activity.objects.filter(uid__in=uids, is_deleted=False).values_list("uid", "version")
    query = request.GET.copy()
    is_all = query.pop("select", [""])[-1] == "all"
    return {
        "versions": dict(rows),
        "is_all_chosen": is_all,
        "here": f"{request.path}?{query.urlencode()}",
        "bulk_verbs": VERB_LABELS,
    }


def read_selection(sent: QueryDict) -> dict[str, int]:
    """The chosen UIDs with the versions seen, from fields `chosen` of "uid:version", several parted by spaces.

    BadRequest for anything else.
    """
    found: dict[str, int] = {}
    for written in " ".join(sent.getlist("chosen")).split():
        match = CHOSEN.fullmatch(written)
        if match is None or "\x00" in written:
            raise BadRequest(_("The list of chosen activities cannot be read; go back and choose again."))
        found[match["uid"]] = int(match["version"])
    return found


def write_selection(selection: dict[str, int]) -> str:
    """The selection as one field, as `read_selection` reads it."""
    return " ".join(f"{uid}:{version}" for uid, version in selection.items())


def way_back(request: HttpRequest) -> str:
    """The page of this site that the form came from, the calendar's list where it does not say."""
    address = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return f"{reverse('events:calendar')}?view=list"
