"""How often a feed may be asked for: counted in each process, and told the others only by who asks unusually often.

Ordinary calendars ask a few times an hour and never reach the first report, so counting them costs no shared write.
Every `REPORT_EVERY` requests of one asker in one minute are added to a count in the shared cache, whose sum decides:
the limit holds over all processes, but for at most that many requests in each.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from events.feeds.sharing import shared_sum
from events.feeds.tokens import hash_token

WINDOW_S: Final = 60
REPORT_EVERY: Final = 10
MOST_ASKERS: Final = 50_000  # of one process and one minute


@dataclass(slots=True)
class Count:
    """Requests of one asker in one minute: seen here, and known of all processes at the last report."""

    here: int = 0
    everywhere: int = 0


class Rates:
    """The counts of this process for the minute that runs; safe among threads."""

    def __init__(self) -> None:
        self.window = 0
        self.counts: OrderedDict[str, Count] = OrderedDict()
        self.lock = threading.Lock()

    def wait_for(self, asker: str, *, limit: int, now: float | None = None) -> int:
        """Count one request; return 0 where it may be answered, else the seconds until the next minute begins.

        `limit` is requests a minute, 0 for no limit.
        """
        if not limit:
            return 0
        moment = time.time() if now is None else now
        window = int(moment // WINDOW_S)
        with self.lock:
            if window != self.window:
                self.window = window
                self.counts.clear()
            count = self.counts.setdefault(asker, Count())
            count.here += 1
            is_due = count.here % REPORT_EVERY == 0
            if len(self.counts) > MOST_ASKERS:
                self.counts.popitem(last=False)
        if is_due:
            count.everywhere = shared_sum(f"rate:{window}:{hash_token(asker)}", REPORT_EVERY, 2 * WINDOW_S)
        asked = max(count.here, count.everywhere)
        return 0 if asked <= limit else max(1, int((window + 1) * WINDOW_S - moment) + 1)

    def clear(self) -> None:
        """Forget all counts."""
        with self.lock:
            self.counts.clear()


RATES: Final = Rates()
