"""Feeds kept ready: in the memory of each process, and in a cache that all processes share.

What is kept is right as long as the marks of changes (`units.marks`) and the local day are those it was made under:
one small query tells. Where they are not, the feed is made anew, by one process at a time; where its bytes come out
the same, so do its ETag and its Last-Modified.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings

from events.feeds.building import FeedBody, FeedQuestion, build_body, join_body
from events.feeds.patience import brief_waits
from events.feeds.sharing import shared_add, shared_delete, shared_get, shared_keep, shared_set
from events.feeds.writer import writer_digest
from units.marks import Marks, read_marks

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PLAIN: Final = 4 << 20  # bytes up to which a feed is kept as it is beside its gzipped form
EXPECTED_PACKING: Final = 6  # times that gzip makes a feed smaller, about
MOST_MEMORY: Final = 24 << 20  # bytes of feeds that one process keeps
LOCK_S: Final = 30  # after which a builder counts as dead
WAIT_S: Final = 5.0  # for another process that builds the same feed
NAP_S: Final = 0.02
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFeed:
    """A feed with what it was made under; `last_modified` is when its bytes were first seen, in whole seconds."""

    marks: Marks
    day: date
    last_modified: datetime
    body: FeedBody

    @property
    def weight(self) -> int:
        """How many bytes it takes in memory."""
        plain = 0 if self.body.plain is None else self.body.size
        return plain + (plain // EXPECTED_PACKING if self.body.compressed is None else len(self.body.compressed))

    def packed(self) -> bytes:
        """Return its gzipped bytes; who packs them first shares them with the other processes."""
        if self.body.compressed is None:
            shared_keep(f"body:{self.body.digest}", self.body.packed)
        return self.body.packed


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the shared cache knows of a feed beside its bytes, which stand there under their digest."""

    marks: Marks
    day: date
    last_modified: datetime
    digest: str
    size: int


class Memory:
    """The feeds a process keeps, the least used given up first; safe among threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.weight = 0
        self.kept: OrderedDict[str, KeptFeed] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: str, *, marks: Marks, day: date) -> KeptFeed | None:
        """Return the feed of that key if it is still right."""
        with self.lock:
            found = self.kept.get(key)
            if found is None or found.marks != marks or found.day != day:
                return None
            self.kept.move_to_end(key)
            return found

    def put(self, key: str, feed: KeptFeed) -> None:
        """Keep the feed, unless it alone is more than may be kept."""
        with self.lock:
            old = self.kept.pop(key, None)
            self.weight += feed.weight - (old.weight if old else 0)
            self.kept[key] = feed
            while self.weight > self.most and self.kept:
                _key, gone = self.kept.popitem(last=False)
                self.weight -= gone.weight

    def body(self, key: str, digest: str) -> FeedBody | None:
        """Return the bytes kept under that key if they are those of the digest, right or not."""
        with self.lock:
            found = self.kept.get(key)
            return found.body if found is not None and found.body.digest == digest else None

    def clear(self) -> None:
        """Forget all."""
        with self.lock:
            self.kept.clear()
            self.weight = 0


MEMORY: Final = Memory(MOST_MEMORY)
# One builder of a feed at a time in this process; feeds share locks, which only makes some wait for others.
BUILDERS: Final = tuple(threading.Lock() for _number in range(64))


def feed_key(name: str) -> str:
    """Return the key of a feed: what it holds and for whom, and all settings that decide what it says."""
    parts = (name, writer_digest(), settings.PANO_BASE_URL, settings.PANO_TOMBSTONE_DAYS, settings.PANO_ARCHIVE_DAYS)
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def kept_feed(key: str, question: Callable[[], FeedQuestion], *, marks: Marks, day: date) -> KeptFeed:
    """Return the feed that `key` names, right for these marks, which were read before, and for this local day.

    `question` says what to build; it is asked only if this process keeps nothing right.
    """
    found = MEMORY.get(key, marks=marks, day=day)
    if found is None:
        asked = question()
        with brief_waits(), BUILDERS[hash(key) % len(BUILDERS)]:
            found = MEMORY.get(key, marks=marks, day=day) or _shared_or_built(key, asked, marks=marks, day=day)
            MEMORY.put(key, found)
    return found


def _shared_or_built(key: str, question: FeedQuestion, *, marks: Marks, day: date) -> KeptFeed:
    """Return what another process has built, else what the kept texts give, else build.

    Joining texts costs less than asking who else does; building is for one process at a time, the others wait.
    """
    if (found := _shared(key, marks=marks, day=day)) is not None:
        return found
    if (joined := join_body(question, today=day)) is not None:
        return _keep(key, joined, marks=marks, day=day)
    return _built_by_one(key, question, marks=marks, day=day)


def _built_by_one(key: str, question: FeedQuestion, *, marks: Marks, day: date) -> KeptFeed:
    """Build, or wait for who builds; build after all where none gets done."""
    lock = f"lock:{key}:{marks[0]}.{marks[1]}.{day}"
    deadline = time.monotonic() + WAIT_S
    while (found := _shared(key, marks=marks, day=day)) is None:
        if shared_add(lock, 1, LOCK_S):
            return _build_once(key, question, day=day, lock=lock)
        if time.monotonic() > deadline:
            return _build(key, question, day=day)
        time.sleep(NAP_S)
    return found


def _build_once(key: str, question: FeedQuestion, *, day: date, lock: str) -> KeptFeed:
    """Build while the lock stands; it is left to expire, which saves a write, unless nothing came of the work."""
    try:
        return _build(key, question, day=day)
    except BaseException:
        shared_delete(lock)
        raise


def _shared(key: str, *, marks: Marks, day: date) -> KeptFeed | None:
    head = shared_get(f"head:{key}")
    if head is None or head.marks != marks or head.day != day:
        return None
    body = MEMORY.body(key, head.digest) or _shared_body(head)
    return None if body is None else KeptFeed(marks=marks, day=day, last_modified=head.last_modified, body=body)


def _shared_body(head: Head) -> FeedBody | None:
    packed = shared_get(f"body:{head.digest}")
    if packed is None:
        return None
    body = FeedBody(digest=head.digest, size=head.size, plain=None, compressed=packed)
    if head.size <= MOST_PLAIN:
        body.plain = tuple(body.pieces())
    return body


def _build(key: str, question: FeedQuestion, *, day: date) -> KeptFeed:
    """Build the feed and share it; what was built is not to be built again after a restart."""
    marks, begun = read_marks(), time.monotonic()
    feed = _keep(key, build_body(question, today=day, most_plain=MOST_PLAIN), marks=marks, day=day)
    logger.info("a feed of %s bytes was built in %.2f s", feed.body.size, time.monotonic() - begun)
    shared_keep(f"body:{feed.body.digest}", feed.body.packed)
    return feed


def _keep(key: str, body: FeedBody, *, marks: Marks, day: date) -> KeptFeed:
    """Tell the other processes what the feed is now; what did not change keeps its date.

    Two processes that join the same new texts in two seconds tell two dates for a while; their ETags are equal.
    """
    old = shared_get(f"head:{key}")
    is_same = old is not None and old.digest == body.digest
    last_modified = old.last_modified if is_same else _next_moment(old)
    head = Head(marks=marks, day=day, last_modified=last_modified, digest=body.digest, size=body.size)
    shared_set(f"head:{key}", head)
    return KeptFeed(marks=marks, day=day, last_modified=last_modified, body=MEMORY.body(key, body.digest) or body)


def _next_moment(old: Head | None) -> datetime:
    """Now in whole seconds, as HTTP tells them, and later than before: two contents never bear the same date."""
    now = datetime.now(UTC).replace(microsecond=0)
    return now if old is None else max(now, old.last_modified + timedelta(seconds=1))
