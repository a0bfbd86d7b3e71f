"""What belongs to one person: named by them, and written by one of their requests after the other."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from units.models import User

if TYPE_CHECKING:
    from typing import Any

LONGEST_NAME: Final = 80


def lock_owner(owner: User) -> None:
    """Let no other request of the same person write what is theirs until the transaction ends: limits then hold."""
    locked: Any = User.objects.select_for_update(no_key=True).filter(pk=owner.pk)
    list(locked.values_list("pk", flat=True))


def check_name(name: str) -> str:
    """Return the name with single spaces; ValidationError where it is empty, too long or holds what cannot be read."""
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or len(shown) > LONGEST_NAME or not shown.isprintable():
        raise ValidationError(_("Give a name of 1 to 80 characters."))
    return shown
