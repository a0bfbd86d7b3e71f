"""The new token of a form: made when the form is shown, carried by it, signed for one person and one hour.

So a double press or a page loaded again sends the same token and makes one link, nothing of it is kept on the server
but its hash, and no address of a page ever holds it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.feeds.tokens import new_token

if TYPE_CHECKING:
    from units.models import User

SALT: Final = "pano.subscription"
GOOD_FOR_S: Final = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A token that may be given out once, and the key of the request that asks for it."""

    key: str
    token: str


def write_ticket(owner: User) -> str:
    """Make a token for the person and write it for a hidden field."""
    return signing.dumps({"owner": owner.pk, "key": secrets.token_hex(16), "token": new_token()}, salt=SALT)


def read_ticket(written: str, *, owner: User) -> Ticket:
    """Read what `write_ticket` wrote; ValidationError with a sentence where it is older than an hour or not theirs."""
    try:
        found = signing.loads(written, salt=SALT, max_age=GOOD_FOR_S)
    except signing.BadSignature as error:
        raise _too_old() from error
    if found["owner"] != owner.pk:
        raise _too_old()
    return Ticket(key=found["key"], token=found["token"])


def _too_old() -> ValidationError:
    return ValidationError(_("This form was open for over an hour; nothing was changed. Send it once more."))
