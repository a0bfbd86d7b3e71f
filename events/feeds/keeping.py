"""Feeds kept ready: in the memory of each process, and in a cache that all processes share.

What is kept is right as long as the marks of changes (`units.marks`) and the local day are those it was made under:
one small query tells. Where they are not, the feed is made anew, by one process at a time; where its bytes come out
the same, so do its ETag and its Last-Modified.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings

from events.feeds.building import FeedBody, FeedQuestion, build_body
from events.feeds.patience import brief_waits
from events.feeds.sharing import shared_add, shared_delete, shared_get, shared_set
from events.feeds.writer import writer_digest
from units.marks import Marks, read_marks

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PLAIN: Final = 4 << 20  # bytes up to which a feed is kept as it is beside its gzipped form
MOST_MEMORY: Final = 24 << 20  # bytes of feeds that one process keeps
LOCK_S: Final = 30  # after which a builder counts as dead
WAIT_S: Final = 5.0  # for another process that builds the same feed
NAP_S: Final = 0.02


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
        return len(self.body.packed) + len(self.body.plain or b"")


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
    """Return what another process has built or is just building; build it where none does, or none gets done."""
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
    body = FeedBody(digest=head.digest, size=head.size, packed=packed, plain=None)
    return replace(body, plain=b"".join(body.pieces())) if head.size <= MOST_PLAIN else body


def _build(key: str, question: FeedQuestion, *, day: date) -> KeptFeed:
    """Build the feed and share it; what did not change keeps its date and is not written again."""
    marks, old = read_marks(), shared_get(f"head:{key}")
    body = build_body(question, today=day, most_plain=MOST_PLAIN)
    is_same = old is not None and old.digest == body.digest
    last_modified = old.last_modified if is_same else _next_moment(old)
    if not is_same or shared_get(f"body:{body.digest}") is None:
        shared_set(f"body:{body.digest}", body.packed)
    head = Head(marks=marks, day=day, last_modified=last_modified, digest=body.digest, size=body.size)
    shared_set(f"head:{key}", head)
    return KeptFeed(marks=marks, day=day, last_modified=last_modified, body=body)


def _next_moment(old: Head | None) -> datetime:
    """Now in whole seconds, as HTTP tells them, and later than before: two contents never bear the same date."""
    now = datetime.now(UTC).replace(microsecond=0)
    return now if old is None else max(now, old.last_modified + timedelta(seconds=1))
