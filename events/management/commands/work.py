"""`manage.py work`: the background worker, one process; start as many as there are processors to spare."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands.db_worker import Command as Worker

from events.batches.tasks import ask_for_work, keep_watch


class Command(Worker):
    help = "Carry out background tasks; first ask again for papers that a killed worker left behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(interval=0.5, startup_delay=False)  # somebody may be waiting at a page

    def handle(self, **options: Any) -> None:  # noqa: ANN401 -- Django's signature
        keep_watch()
        ask_for_work()
        super().handle(**options)
