"""Private links: whose one is, what it holds, and that it was fetched."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError
from django.http import QueryDict

from events.feeds.patience import brief_waits
from events.feeds.spec import DEADLINES, FIELDS, PARAMETER, FeedSpec
from events.feeds.tokens import hash_token, is_token
from events.models import Subscription
from events.programme.scope import Scope
from units.permissions import Viewer, viewer_of

if TYPE_CHECKING:
    from units.marks import Marks

NOTED_EVERY: Final = timedelta(minutes=10)
MOST_KNOWN: Final = 20_000
LONGEST_CLIENT: Final = 80
# Parts of User-Agent by which people know the program they use; the first that fits counts.
CLIENTS: Final = (
    ("Google-Calendar-Importer", "Google Calendar"),
    ("Microsoft.Exchange", "Outlook.com / Microsoft 365"),
    ("Microsoft Office", "Outlook"),
    ("Outlook", "Outlook"),
    ("iOS", "iPhone / iPad"),
    ("macOS", "Mac"),
    ("CalendarAgent", "Mac"),
    ("dataaccessd", "iPhone / iPad"),
    ("ICSx5", "ICSx⁵"),
    ("DAVx5", "DAVx⁵"),
    ("Thunderbird", "Thunderbird"),
    ("Nextcloud", "Nextcloud"),
    ("vdirsyncer", "vdirsyncer"),
    ("curl", "curl"),
    ("Mozilla", "trình duyệt"),
)


@dataclass(slots=True)
class Subscriber:
    """A living private link as it was under some marks; `name` is the hash of its token.

    `noted_at` and `noted_marks` are of the last fetch kept.
    """

    name: str
    link: Subscription
    viewer: Viewer
    marks: Marks
    noted_at: datetime | None
    noted_marks: Marks | None = None


_known: Final[OrderedDict[str, Subscriber]] = OrderedDict()
_lock: Final = threading.Lock()


def find_subscriber(token: str, *, marks: Marks) -> Subscriber | None:
    """Return whose link it is, None where there is none, or it was revoked, or its owner is no longer active.

    Revoking and every change of a person's rights leave a mark, so what is known of a link holds while marks do.
    """
    if not is_token(token):
        return None
    name = hash_token(token)
    with _lock:
        known = _known.get(name)
    if known is not None and known.marks == marks:
        return known
    links = Subscription.objects.select_related("owner", "saved_filter")
    link = links.filter(token_hash=name, revoked_at__isnull=True, owner__is_active=True).first()
    if link is None:
        return None
    noted = known.noted_marks if known is not None else None
    found = Subscriber(name, link, viewer_of(link.owner), marks, link.last_fetched_at, noted)
    with _lock:
        _known[name] = found
        while len(_known) > MOST_KNOWN:
            _known.popitem(last=False)
    return found


def forget_subscribers() -> None:
    """Forget what is known of links."""
    with _lock:
        _known.clear()


def feed_spec_of(link: Subscription) -> FeedSpec:
    """Return what the link holds: its saved filter as it is now, else its own; codes that are gone find nothing."""
    asked = QueryDict(link.query if link.saved_filter is None else link.saved_filter.query)
    lists = {field: tuple(sorted(asked.getlist(name))) for name, field in FIELDS.items()}
    scope = Scope(**lists, is_alone="alone" in asked, query=asked.get("q", ""))
    wanted = asked.getlist(PARAMETER) + QueryDict(link.query).getlist(PARAMETER)
    deadlines = tuple(each for each in DEADLINES if each in wanted)
    return FeedSpec(scope=scope, deadlines=deadlines, alarm_minutes=link.alarm_minutes)


def note_fetch(subscriber: Subscriber, *, agent: str, now: datetime) -> None:
    """Keep that the link was fetched, every ten minutes and the first time after a change; by which kind of program.

    The address of the computer is not kept. Where the database is busy, the next fetch is kept instead.
    """
    is_recent = subscriber.noted_at is not None and now - subscriber.noted_at < NOTED_EVERY
    if is_recent and subscriber.noted_marks == subscriber.marks:
        return
    try:
        with brief_waits():
            Subscription.objects.filter(pk=subscriber.link.pk).update(last_fetched_at=now, last_client=client_of(agent))
    except DatabaseError:
        return
    subscriber.noted_at, subscriber.noted_marks = now, subscriber.marks


def client_of(agent: str) -> str:
    """Return the name by which people know a program, from its User-Agent; its first word where it is not known."""
    for part, name in CLIENTS:
        if part.lower() in agent.lower():
            return name
    printable = "".join(sign for sign in agent if sign.isprintable())
    return (printable.split() or [""])[0][:LONGEST_CLIENT]
