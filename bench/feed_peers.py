"""What bench/feed.py has served beside the product itself: applications for gunicorn, each made when asked for."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def scheduler() -> Any:  # noqa: ANN401 -- a WSGI application
    """django-scheduler's own feed class over all its events, behind no middleware at all."""
    import django
    from django.core.handlers.wsgi import WSGIHandler

    django.setup()
    from django.conf import settings
    from django.urls import path
    from schedule.feeds.ical import ICalendarFeed
    from schedule.models import Event

    class Feed(ICalendarFeed):  # type: ignore[misc]
        def items(self) -> Any:  # noqa: ANN401
            return Event.objects.all()

        def item_uid(self, item: Event) -> str:
            return str(item.pk)

        def item_start(self, item: Event) -> Any:  # noqa: ANN401
            return item.start

        def item_end(self, item: Event) -> Any:  # noqa: ANN401
            return item.end

        def item_summary(self, item: Event) -> str:
            return str(item.title)

        def item_created(self, item: Event) -> Any:  # noqa: ANN401
            return item.created_on

    settings.MIDDLEWARE = []
    feed = Feed()
    settings.ROOT_URLCONF = type("urls", (), {"urlpatterns": [path("all.ics", feed)]})
    return WSGIHandler()


def cold() -> Any:  # noqa: ANN401
    """The product, but nobody has asked for any feed before: no process and no cache has its bytes."""
    return _forgetful(with_texts=True)


def from_scratch() -> Any:  # noqa: ANN401
    """The product, and not even the texts of single activities are kept."""
    return _forgetful(with_texts=False)


def _forgetful(*, with_texts: bool) -> Any:  # noqa: ANN401
    """Every request asks under a name of its own: it finds no kept bytes and waits for no other's; its own are kept."""
    from config.wsgi import application
    from events.feeds import building, keeping
    from events.models import FeedText
    from events.views import feed_files

    numbers, feed_key, build_body = count(), keeping.feed_key, building.build_body

    def build(*words: Any, **more: Any) -> Any:  # noqa: ANN401
        """Bytes that nobody has seen: their gzipped form is kept under a name of its own, as after a change."""
        body = build_body(*words, **more)
        return replace(body, digest=f"{body.digest[:40]}{os.getpid()}{next(numbers)}")

    setattr(keeping, "build_body", build)  # noqa: B010 -- put in place of what is imported there
    setattr(feed_files, "feed_key", lambda name: feed_key(f"{name} {os.getpid()} {next(numbers)}"))  # noqa: B010 -- as above

    def forgetful(environ: Any, start_response: Any) -> Any:  # noqa: ANN401
        keeping.MEMORY.clear()
        if not with_texts:
            FeedText.objects.all().delete()
        return application(environ, start_response)

    return forgetful
