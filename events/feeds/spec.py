"""What a feed holds, said once: an address, a saved filter and a private link all become a `FeedSpec`."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.programme.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """What a feed is asked for.

    `scope` narrows the plan. `deadlines`, if not empty, makes it a feed of deadlines instead of activities: any of
    "notice", "removal", "report". `alarm_minutes` is how long before the start a reader is reminded; None: not.
    """

    scope: Scope = field(default_factory=Scope)
    deadlines: tuple[str, ...] = ()
    alarm_minutes: int | None = None
