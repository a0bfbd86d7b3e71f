"""What a private link may hold, as choices: what was asked for, one's units and teams, saved filters, deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from events.feeds.wording import DEADLINE, deadline_labels, describe_queries
from events.forms.subscriptions import EVERYTHING, filter_choices
from events.models import SavedFilter
from events.registries import feed_suggestions
from units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from units.permissions import Viewer

Choice = tuple[str, str]  # a filter as it stands in an address, and its words
Group = tuple[str, list[Choice]]
ALL_DEADLINES: Final = urlencode([(DEADLINE, code) for code in ("notice", "removal", "report")])


def choices_for(viewer: Viewer, *, asked: Collection[str]) -> list[Group]:
    """The choices in groups; `asked` are filters that must be among them: of the address, of the link as it stands."""
    own = suggestions_for(viewer)
    groups = [
        (_("Chosen"), list(zip(asked, describe_queries(tuple(asked)), strict=True))),
        (_("Everything"), [(EVERYTHING, _("Everything I may see"))]),
        (_("My unit and team"), own),
        (_("Saved filters"), filter_choices(list(SavedFilter.objects.filter(owner=viewer.user).order_by("name")))),
        (_("Deadlines"), deadline_choices() if viewer.is_staff_member else []),
    ]
    return _once(groups)


def suggestions_for(viewer: Viewer, *, taken: Collection[str] = ()) -> list[Choice]:
    """What a member of a unit most likely wants: the plan of each team and unit of theirs; without what is `taken`."""
    units = Unit.objects.filter(id__in=viewer.unit_ids) if viewer.unit_ids else ()
    own = [(urlencode({"unit": unit.code}), _("Unit: %(name)s") % {"name": unit.name}) for unit in units]
    return [choice for choice in (*feed_suggestions(viewer), *own) if choice[0] not in taken]


def deadline_choices() -> list[Choice]:
    """All deadlines, and each kind alone."""
    single = [(urlencode({DEADLINE: code}), label[:1].upper() + label[1:]) for code, label in deadline_labels().items()]
    return [(ALL_DEADLINES, _("All deadlines: notices, removals, reports")), *single]


def _once(groups: list[Group]) -> list[Group]:
    """Without what an earlier group has, and without empty groups."""
    seen: set[str] = set()
    kept = []
    for label, choices in groups:
        new = [choice for choice in choices if choice[0] not in seen]
        seen |= {value for value, _words in new}
        if new:
            kept.append((label, new))
    return kept
