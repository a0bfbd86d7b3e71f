"""What a PDF/A-3 carries: the entries of the paper as an iCalendar file, for whoever opens it years later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.conf import settings

from events.outputs.documents.model import CalendarFile
from events.outputs.ical import FeedFrame, render_feed
from events.programme import Scope, load_programme
from events.programme.entries import Programme

if TYPE_CHECKING:
    from events.outputs.documents.model import Document
    from units.permissions import Viewer

RETRY_HOURS: Final = 24  # of no meaning for a file that nobody asks for again


def with_calendar(document: Document, *, viewer: Viewer) -> Document:
    """Return the document with the iCalendar file of exactly its entries; a constant number of queries."""
    keys = set(document.keys)
    uids = tuple(sorted({key.uid for key in keys}))
    found = load_programme(window=None, scope=Scope(uids=uids), viewer=viewer) if uids else Programme.of(())
    shown = tuple(entry for entry in found.entries if entry.key in keys)
    frame = FeedFrame(
        name=". ".join((document.title, *document.subtitle[:1])),
        url=document.link,
        description=f"Phiên bản {document.revision}, in ngày {document.printed_on}",
        refresh_hours=RETRY_HOURS,
    )
    content = render_feed(replace(found, entries=shown), frame, base_url=settings.PANO_BASE_URL)
    changed = max((entry.last_modified for entry in shown), default=None)
    return replace(document, calendar=CalendarFile(content=content, changed=changed))
