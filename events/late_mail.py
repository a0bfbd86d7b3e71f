"""Who is told of late changes by e-mail, and the telling: each once, in one letter, with nobody else's address."""

from __future__ import annotations

import hashlib
import smtplib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse

from core.intervals import LOCAL_ZONE
from events.feeds.subscriptions import feed_spec_of
from events.late_changes import late_changes_of, late_rows
from events.models import Subscription, UrgentChange, UrgentNotice
from events.outputs.late_letter import LinkState, render_letter, render_subject
from events.outputs.late_message import LateChange, merge_changes
from events.planning.late_notices import RETRY_AFTER, Told, claim_notices, mark_refused, mark_sent
from events.programme.audience import activities_seen
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from units.models import User

WAIT: Final = timedelta(minutes=5)  # a slip of the hand is undone meanwhile, and several changes make one letter
TOLD_WITHIN: Final = timedelta(hours=24)
UNREACHABLE: Final = "unreachable"
LOGIN: Final = "login"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one person is to be told: the changes, and through which of their links each concerns them."""

    owner: User
    rows: tuple[UrgentChange, ...]
    links: tuple[Subscription, ...]
    pairs: tuple[Told, ...]

    def changes(self, claimed: Collection[Told]) -> list[LateChange]:
        """What remains to tell of those claimed, each occurrence once."""
        keys = {change for change, _link in claimed}
        return merge_changes(late_changes_of(row for row in self.rows if row.pk in keys))


def tell_people(*, now: datetime) -> int:
    """Send the letters that are due; return how many left.

    Each is claimed before and marked after it is handed over, so what a crash leaves is taken up again; the same letter
    has the same Message-ID, by which a mail server knows a second one. A refusal is recorded, and tried again; after a
    server that does not answer the rest waits as well.
    """
    sent = 0
    for letter in letters_due(now=now):
        claimed = claim_notices(letter.pairs, now=now)
        changes = letter.changes(claimed)
        fault = _hand_over(_message(letter, changes)) if changes else ""
        if fault:
            mark_refused(claimed, fault=fault)
            if fault == UNREACHABLE:
                break
        else:
            mark_sent(claimed, now=now)
            sent += bool(changes)
    return sent


def _hand_over(message: EmailMessage) -> str:
    """Give the letter to the mail server; return the kind of fault, empty for none. Never names the receiver."""
    try:
        message.send()
    except smtplib.SMTPAuthenticationError:
        return LOGIN
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        return UNREACHABLE
    except (smtplib.SMTPException, ValueError):  # also an address that no mail can be sent to
        return REFUSED
    except OSError:
        return UNREACHABLE
    return ""


def _message(letter: Letter, changes: Sequence[LateChange]) -> EmailMessage:
    owner, manage_url = letter.owner, settings.PANO_BASE_URL + reverse("events:subscriptions")
    return EmailMessage(
        subject=render_subject(changes),
        body=render_letter(
            changes, reader=str(owner), links=[_link_state(link) for link in letter.links], manage_url=manage_url
        ),
        to=[owner.email],
        headers={
            "Message-ID": _message_id(letter),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{manage_url}>",
        },
    )


def _message_id(letter: Letter) -> str:
    told = hashlib.sha256(repr((letter.owner.pk, sorted(letter.pairs))).encode()).hexdigest()
    return f"<late-{told[:32]}@{urlsplit(settings.PANO_BASE_URL).hostname}>"


def _link_state(link: Subscription) -> LinkState:
    fetched = link.last_fetched_at
    return LinkState(
        name=link.name,
        fetched_at=None if fetched is None else fetched.astimezone(LOCAL_ZONE),
        client=link.last_client,
    )


def letters_due(*, now: datetime) -> list[Letter]:
    """The letters to be sent: to owners of private links whose feed holds what changed, who may see it and wish mail,
    whose client has not fetched since, and who have not been told.
    """
    rows = [row for row in late_rows(since=now - TOLD_WITHIN) if row.at <= now - WAIT and not _is_over(row, now)]
    if not rows:
        return []
    told = _Told.of(rows, now=now)
    by_owner: defaultdict[int, list[tuple[UrgentChange, Subscription]]] = defaultdict(list)
    for link in _links():
        waiting = [row for row in rows if told.is_open(row, link)]
        seen = _seen_through(link, waiting)
        by_owner[link.owner_id] += [(row, link) for row in waiting if row.activity.uid in seen]
    letters = [_letter(found) for found in by_owner.values() if found]
    return [letter for letter in letters if letter.changes(letter.pairs)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What was told to whom already, and what is being told just now."""

    owners: frozenset[tuple[int, int]]  # change, owner
    links: frozenset[Told]

    @classmethod
    def of(cls, rows: Iterable[UrgentChange], *, now: datetime) -> _Told:
        """Read it of these changes; one query."""
        taken = Q(sent_at__isnull=False) | Q(claimed_at__gt=now - RETRY_AFTER)
        notices = UrgentNotice.objects.filter(taken, change__in=[row.pk for row in rows])
        found = list(notices.values_list("change_id", "subscription_id", "subscription__owner_id"))
        return cls(
            owners=frozenset((change, owner) for change, _link, owner in found),
            links=frozenset((change, link) for change, link, _owner in found),
        )

    def is_open(self, row: UrgentChange, link: Subscription) -> bool:
        """Whether this link's client knows nothing of the change, and its owner was not told."""
        is_known = link.created_at >= row.at or (link.last_fetched_at is not None and link.last_fetched_at >= row.at)
        return not is_known and (row.pk, link.owner_id) not in self.owners


def _links() -> Iterable[Subscription]:
    rows = Subscription.objects.filter(revoked_at=None, wants_mail=True, owner__is_active=True)
    return rows.exclude(owner__email="").select_related("owner", "saved_filter").order_by("owner", "id")


def _seen_through(link: Subscription, rows: Sequence[UrgentChange]) -> frozenset[str]:
    """The UIDs of the activities that the feed behind the link holds and its owner may see."""
    if not rows:
        return frozenset()
    spec = feed_spec_of(link)
    if spec.deadlines:
        return frozenset()
    uids = {row.activity.uid for row in rows}
    return activities_seen(uids=uids, scope=spec.scope, viewer=viewer_of(link.owner))


def _letter(found: Sequence[tuple[UrgentChange, Subscription]]) -> Letter:
    rows = {row.pk: row for row, _link in found}
    links = {link.pk: link for _row, link in found}
    return Letter(
        owner=found[0][1].owner,
        rows=tuple(rows.values()),
        links=tuple(links.values()),
        pairs=tuple((row.pk, link.pk) for row, link in found),
    )


def _is_over(row: UrgentChange, now: datetime) -> bool:
    ends = [datetime.fromisoformat(state["end"]) for state in (row.before, row.after) if state is not None]
    return all(end <= now for end in ends)
