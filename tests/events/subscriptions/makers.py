"""Reading and sending the pages of private links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from events.feeds.tokens import hash_token
from events.models import Subscription

if TYPE_CHECKING:
    from django.test import Client

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
TOKEN = re.compile(r"/([A-Za-z0-9_-]{43})\.ics")


def ticket_on(client: Client, path: str) -> str:
    """The ticket that a form carries."""
    (found,) = TICKET.findall(client.get(path).content.decode())
    return str(found)


def make(client: Client, path: str = "/feeds/mine/new/", **fields: Any) -> Any:
    """Send the form of a new link as a person does; the answer."""
    sent = {"name": "Điện thoại", "holds": "all", "wants_mail": "on", "ticket": ticket_on(client, path)} | fields
    return client.post(path, sent)


def token_in(answer: Any) -> str:
    """The token that a page shows."""
    (found,) = set(TOKEN.findall(answer.content.decode()))
    assert Subscription.objects.filter(token_hash=hash_token(found)).exists()
    return str(found)
