"""From what is asked for to the bytes of a feed, made piece by piece so that a large one never lies in memory whole."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import translation

from events.feeds.deadlines import load_feed_deadlines
from events.feeds.joining import MOST_JOINED, Joining, join_texts, joining_of
from events.feeds.patience import lean_reads
from events.feeds.spec import query_of
from events.feeds.texts import BATCH, Edition, read_texts, renew_texts
from events.models import Campaign
from events.outputs.ical import FEED_END, FeedFrame, render_feed, render_head, with_alarms
from events.outputs.ical_deadlines import render_deadlines
from events.outputs.tombstones import still_told
from events.programme import load_programme
from events.programme.entries import Programme
from events.programme.feed_entries import FEED_LANGUAGE
from events.programme.selection import activities_in
from units.permissions import viewer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from events.feeds.spec import FeedSpec
    from events.models import Activity
    from events.programme.scope import Scope
    from units.permissions import Viewer

GZIP: Final = 16 + zlib.MAX_WBITS  # zlib's way of saying: with gzip's head and check sum
GZIP_LEVEL: Final = 1  # a feed of text shrinks tenfold at once; more effort halves the speed for a few per cent
MOST_QUESTIONS: Final = 256  # questions of public feeds kept written out
PIECE: Final = 1 << 18  # bytes handed on at a time


@dataclass(slots=True, kw_only=True)
class FeedBody:
    """The bytes of a feed: as they are where they are few enough to be kept so, and gzipped; one of both at least.

    `digest` is that of the plain bytes, SHA-256 in hexadecimal; `size` is their number. They lie in pieces, so that
    nobody has to copy megabytes into one.
    """

    digest: str
    size: int
    plain: tuple[bytes, ...] | None
    compressed: bytes | None

    @classmethod
    def of(cls, *plain: bytes) -> FeedBody:
        """Return the body of these bytes, not yet gzipped: not every reader asks for that."""
        digest = hashlib.sha256()
        for piece in plain:
            digest.update(piece)
        return cls(digest=digest.hexdigest(), size=sum(map(len, plain)), plain=plain, compressed=None)

    @property
    def packed(self) -> bytes:
        """The gzipped bytes, packed when first asked for."""
        if self.compressed is None:
            packer = zlib.compressobj(GZIP_LEVEL, wbits=GZIP)
            self.compressed = b"".join([*map(packer.compress, self.plain or ()), packer.flush()])
        return self.compressed

    def pieces(self) -> Iterator[bytes]:
        """Yield the plain bytes, unpacked as they go."""
        unpacker = zlib.decompressobj(GZIP)
        waiting = self.packed
        while waiting:
            yield unpacker.decompress(waiting, PIECE)
            waiting = unpacker.unconsumed_tail
        yield unpacker.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedQuestion:
    """One feed for one kind of reader.

    `name` is what calendars call it. `source` is its public address, "" for a private one, which is a secret.
    """

    spec: FeedSpec
    viewer: Viewer
    name: str
    source: str = ""


def join_body(question: FeedQuestion, *, today: date) -> FeedBody | None:
    """Return the feed as it is now, if all its texts are kept and up to date: nothing is written, by no one waited for.

    None where it has to be built, or is no feed of whole activities.
    """
    spec = question.spec
    if spec.deadlines or spec.scope.narrows_occurrences:
        return None
    with translation.override(FEED_LANGUAGE):
        joined = join_texts(_joining(question, today))
        if joined is None:
            return None
        content = joined.content
        if spec.alarm_minutes is not None:
            content = with_alarms(content.decode(), minutes=spec.alarm_minutes).encode()
        head = render_head(_frame(question), last_modified=joined.changed)
    return FeedBody.of(head.encode(), content, FEED_END.encode())


def build_body(question: FeedQuestion, *, today: date, most_plain: int) -> FeedBody:
    """Return the feed as it is now, on the local day `today`; more than `most_plain` bytes are kept packed only."""
    renewed = _renewed(question, today=today)
    if renewed is not None and renewed.size <= most_plain:
        return renewed
    with translation.override(FEED_LANGUAGE), lean_reads():
        return _pack(_pieces(question, today), most_plain=most_plain)


def _renewed(question: FeedQuestion, *, today: date) -> FeedBody | None:
    """Bring the texts of the feed up to date and join them; None where it is no such feed, or too large for that."""
    if question.spec.deadlines or question.spec.scope.narrows_occurrences:
        return None
    edition = Edition.of(for_staff=question.viewer.is_staff_member, today=today)
    activities = _activities(question.spec.scope, question.viewer, edition)
    if activities.count() > MOST_JOINED:
        return None
    renew_texts(activities, edition)
    return join_body(question, today=today)


def _pack(pieces: Iterable[str], *, most_plain: int) -> FeedBody:
    digest, packer = hashlib.sha256(), zlib.compressobj(GZIP_LEVEL, wbits=GZIP)
    plain: list[bytes] = []
    packed: list[bytes] = []
    size = 0
    for piece in pieces:
        content = piece.encode()
        size += len(content)
        digest.update(content)
        packed.append(packer.compress(content))
        if size <= most_plain:
            plain.append(content)
        else:
            plain.clear()
    packed.append(packer.flush())
    whole = tuple(plain) if size <= most_plain else None
    return FeedBody(digest=digest.hexdigest(), size=size, plain=whole, compressed=b"".join(packed))


def _pieces(question: FeedQuestion, today: date) -> Iterator[str]:
    spec = question.spec
    if spec.deadlines:
        yield _deadlines(question, today)
        return
    if spec.scope.narrows_occurrences:
        yield _narrowed(question, today)
        return
    edition = Edition.of(for_staff=question.viewer.is_staff_member, today=today)
    activities = _activities(spec.scope, question.viewer, edition)
    newest = activities.aggregate(at=Max("updated_at"))["at"]
    yield render_head(_frame(question), last_modified=newest)
    texts = read_texts(activities, edition)
    while batch := list(islice(texts, BATCH)):
        joined = "".join(batch)
        yield joined if spec.alarm_minutes is None else with_alarms(joined, minutes=spec.alarm_minutes)
    yield FEED_END


def _joining(question: FeedQuestion, today: date) -> Joining:
    edition = Edition.of(for_staff=question.viewer.is_staff_member, today=today)
    if question.viewer == viewer_of(None):
        return visitors_joining(question.spec.scope, edition)
    return joining_of(_activities(question.spec.scope, question.viewer, edition), edition)


@lru_cache(maxsize=MOST_QUESTIONS)
def visitors_joining(scope: Scope, edition: Edition) -> Joining:
    """The question for the texts of a public feed. What it reads of areas and venues holds as long as the edition."""
    return joining_of(_activities(scope, viewer_of(None), edition), edition)


def _activities(scope: Scope, viewer: Viewer, edition: Edition) -> QuerySet[Activity]:
    return activities_in(scope, viewer=viewer).filter(in_feeds_q(edition.today))


def _deadlines(question: FeedQuestion, today: date) -> str:
    spec = question.spec
    found = load_feed_deadlines(spec.deadlines, scope=spec.scope, viewer=question.viewer, today=today)
    frame, base_url = _frame(question), settings.PANO_BASE_URL
    return render_deadlines(found, frame, base_url=base_url, alarm_minutes=spec.alarm_minutes)


def _narrowed(question: FeedQuestion, today: date) -> str:
    """The feed of a scope that takes some occurrences of an activity and leaves others: made from the Programme."""
    spec = question.spec
    found = load_programme(window=None, scope=spec.scope, viewer=question.viewer, with_series=True)
    gone = set(Campaign.objects.exclude(in_feeds_q(today, "")).values_list("code", flat=True))
    entries = still_told(
        [entry for entry in found.entries if entry.campaign.code not in gone],
        today=today,
        days=settings.PANO_TOMBSTONE_DAYS,
    )
    told = Programme.of(entries, series=found.series, is_sorted=True)
    feed = render_feed(told, _frame(question), base_url=settings.PANO_BASE_URL, alarm_minutes=spec.alarm_minutes)
    return feed.decode()


def in_feeds_q(today: date, prefix: str = "campaign__") -> Q:
    """Which activities are still in feeds: a campaign leaves them PANO_ARCHIVE_DAYS after it was archived."""
    last = today - timedelta(days=settings.PANO_ARCHIVE_DAYS)
    return Q(**{f"{prefix}archived_on__isnull": True}) | Q(**{f"{prefix}archived_on__gte": last})


def _frame(question: FeedQuestion) -> FeedFrame:
    query = query_of(question.spec)
    page = settings.PANO_BASE_URL + reverse("events:feeds")
    return FeedFrame(
        name=question.name, url=f"{page}?{query}" if query and question.source else page, source=question.source
    )
