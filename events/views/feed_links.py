"""An address of a feed in the forms in which people take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings

from events.feeds.addresses import private_path, public_path
from events.outputs.qr import render_qr

if TYPE_CHECKING:
    from events.feeds.spec import FeedSpec

LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed as people take it: its name, address, one-tap address and QR picture.

    `is_local` when no phone can reach it, `is_private` when the address itself is the key.
    """

    title: str
    address: str
    webcal: str
    qr: str
    is_local: bool
    is_private: bool


def public_link(spec: FeedSpec, *, title: str) -> FeedLink:
    """The public feed of a question."""
    return _link(public_path(spec), title=title, is_private=False)


def private_link(token: str, *, title: str) -> FeedLink:
    """The feed behind a private link whose token is known: only just after it was made."""
    return _link(private_path(token), title=title, is_private=True)


def is_local_only() -> bool:
    """Whether addresses of this installation work on this computer alone."""
    return urlsplit(settings.PANO_BASE_URL).hostname in LOOPBACK


def _link(path: str, *, title: str, is_private: bool) -> FeedLink:
    address = settings.PANO_BASE_URL + path
    return FeedLink(
        title=title,
        address=address,
        webcal=urlsplit(address)._replace(scheme="webcal").geturl(),
        qr=render_qr(address),
        is_local=is_local_only(),
        is_private=is_private,
    )
