"""The work itself: one paper at a time is claimed, made as its asker may see it, and handed in."""

from __future__ import annotations

import logging
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pikepdf
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.batches.binding import Paper, bind_papers
from events.batches.claiming import (
    MOST_ATTEMPTS,
    ClaimLostError,
    claim_part,
    fail_part,
    held,
    keep_part,
    release_part,
    tell_pages,
)
from events.batches.packing import finished_papers
from events.documents import build_document, parse_spec, render_document, render_slices
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from events.models import DocumentPart
    from events.outputs.documents.model import Document

MOST_AT_ONCE: Final = 1_200  # rows; of more the memory of a small server may not be enough
logger = logging.getLogger(__name__)


def make_part() -> str:
    """Claim the next paper and make it; return its label, empty where there was nothing to do.

    A refusal ends the paper with its sentence; anything unexpected gives it back until the third attempt.
    """
    part = claim_part(now=timezone.now())
    if part is None:
        return ""
    with translation.override(part.batch.language), held(part):
        try:
            content, file_name = _bound(part) if part.is_bound else _drawn(part)
            keep_part(part, content=content, pages=page_count(content), file_name=file_name)
        except (BadRequest, Http404, PermissionDenied) as refusal:
            fail_part(part, str(refusal))
        except ClaimLostError:
            logger.info("A paper was left unfinished: nobody waits for it any more")
        except Exception:
            logger.exception("A paper of a batch could not be made")
            if part.attempts < MOST_ATTEMPTS:
                release_part(part)
            else:
                fail_part(part, _("Something unexpected went wrong three times; the log of the server says what."))
    return part.label


def page_count(content: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def _drawn(part: DocumentPart) -> tuple[bytes, str]:
    """The paper as the asker may see it now, dated the day it was asked for, so that all of a batch are of one day."""
    asker = part.batch.asked_by
    if not asker.is_active:
        raise PermissionDenied(_("The account that asked for it is closed."))
    day = timezone.localdate(part.batch.asked_at)
    spec = parse_spec(QueryDict(part.query), today=day)
    document = build_document(spec, viewer=viewer_of(asker), printed_on=day)
    return _printed(document, partial(tell_pages, part)), f"{document.file_name}.pdf"


def _printed(document: Document, tell: Callable[[int], None]) -> bytes:
    if len(document.rows) <= MOST_AT_ONCE:
        return render_document(document)
    slices = [Paper(label="", content=each) for each in render_slices(document, tell)]
    return bind_papers(slices, title=document.full_title) if len(slices) > 1 else slices[0].content


def _bound(part: DocumentPart) -> tuple[bytes, str]:
    papers = [Paper(label=each.label, content=bytes(each.content or b"")) for each in finished_papers(part.batch)]
    if not papers:
        raise BadRequest(_("No paper could be made, so there is nothing to bind."))
    return bind_papers(papers, title=part.batch.title), "tat-ca.pdf"
