"""`manage.py load_reference`: areas, places, roads, units, teams as shipped."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Load the shipped areas, venues, display sites, roads, units and teams. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--refresh", action="store_true", help="set rows that were changed here back to what is shipped"
        )

    def handle(self, *, refresh: bool, verbosity: int, **options: Any) -> None:  # noqa: ANN401, ARG002 -- Django's
        written: dict[str, int] = {}
        for address in settings.PANO_REFERENCE_LOADERS:
            load: Callable[..., dict[str, int]] = import_string(address)
            written |= load(refresh=refresh)
        if verbosity:
            self.stdout.write(summary(written))


def summary(written: dict[str, int]) -> str:
    """Return one line that says what was written."""
    parts = [f"{count} {what}" for what, count in written.items() if count]
    return f"Dữ liệu nền: đã ghi {', '.join(parts)}." if parts else "Dữ liệu nền: đã có đủ, không thay đổi."
