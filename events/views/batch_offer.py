"""What the page "Print" offers besides one document: the same for each area of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from core.vietnamese import format_date
from events.views.area_choice import area_groups
from venues.models import AreaLevel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from venues.models import Area


class BatchOffer(NamedTuple):
    """Areas of one level and edition; `outside` is a sentence where they do not exist in the period of the document."""

    title: str
    areas: tuple[Area, ...]
    is_open: bool
    outside: str


def batch_offers(first: date | None, last: date | None, *, today: date) -> list[BatchOffer]:
    """Return the areas below the province by level and edition; the first group of the period's first day is open.

    The period is from `first` to `last`, None where it is open; where it begins is `today` then.
    """
    groups = [group for group in area_groups("") if group.areas[0].level != AreaLevel.PROVINCE]
    ends = [group.areas[0].valid_to for group in groups]
    day = first or today
    chosen = next((number for number, end in enumerate(ends) if end is None or end >= day), 0)
    return [
        BatchOffer(group.title, group.areas, number == chosen, _outside(group.areas, first, last))
        for number, group in enumerate(groups)
    ]


def _outside(areas: Sequence[Area], first: date | None, last: date | None) -> str:
    begins, end = min(area.valid_from for area in areas), areas[0].valid_to
    if last is not None and begins > last:
        told = _("These areas exist from %(day)s, after the period chosen: the papers will hold nothing.")
        return told % {"day": format_date(begins)}
    if first is not None and end is not None and end < first:
        told = _("These areas existed until %(day)s, before the period chosen: the papers will hold nothing.")
        return told % {"day": format_date(end)}
    return ""
