"""`manage.py load_demo`: the demonstration accounts and the real plan."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from units.demo_accounts import DEMO_ACCOUNTS, load_accounts

PLAN = "asean-2023.xlsx"


class Command(BaseCommand):
    help = "Load the demonstration accounts and the ASEAN 2023 plan of Lạng Sơn. Safe to repeat; refused in production."

    def handle(self, *, verbosity: int, **options: Any) -> None:  # noqa: ANN401, ARG002 -- Django's signature
        password = settings.PANO_DEMO_PASSWORD
        if settings.PANO_ENV == "production" or not password:
            raise CommandError("Bản chính thức không dùng tài khoản và kế hoạch mẫu; lệnh này đã bị từ chối.")
        load_accounts(password=password)
        if verbosity:
            names = ", ".join(account.username for account in DEMO_ACCOUNTS)
            self.stdout.write(f"Tài khoản dùng thử: {names}.")
        call_command("import_plan", str(settings.BASE_DIR / "plans" / PLAN), verbosity=verbosity, stdout=self.stdout)
