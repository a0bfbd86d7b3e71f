"""`manage.py export_plan CAMPAIGN FILE`: the stored plan as a workbook that imports back unchanged."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from events.models import Campaign
from events.workbook.exporting import export_workbook


class Command(BaseCommand):
    help = "Write a campaign's plan to an .xlsx workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("campaign", help="the code of the campaign, for example asean-2023")
        parser.add_argument("file", type=Path, help="the workbook to write")

    def handle(self, *, campaign: str, file: Path, **options: Any) -> None:  # noqa: ANN401, ARG002 -- Django's
        stored = Campaign.objects.filter(code=campaign).first()
        if stored is None:
            known = ", ".join(Campaign.objects.values_list("code", flat=True)) or "–"
            message = _("There is no campaign %(code)s; known: %(known)s.") % {"code": campaign, "known": known}
            raise CommandError(message)
        try:
            file.write_bytes(export_workbook(stored))
        except OSError as error:
            message = _("The file %(file)s cannot be written: %(error)s") % {"file": file, "error": error}
            raise CommandError(message) from error
        self.stdout.write(_("Wrote %(file)s.") % {"file": file})
