"""`manage.py extend_series`: lay out series without end as far ahead as today asks; run it once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from events.tasks import lay_out_series


class Command(BaseCommand):
    help = "Hand the laying out of series without end to the background worker."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 -- Django's signature
        """Enqueue the task; where tasks run at once, it is done on return."""
        lay_out_series.enqueue()
        self.stdout.write("Đã giao việc kéo dài các chuỗi không có ngày kết thúc.")
