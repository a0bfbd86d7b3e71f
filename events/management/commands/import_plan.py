"""`manage.py import_plan FILE [--dry-run]`: bring the plan to what a workbook says, as the system."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core.errors import ImportRejected
from events.workbook.importing import import_workbook
from events.workbook.report import ImportReport, describe_problem


class Command(BaseCommand):
    help = "Import a plan's workbook: everything or nothing. Prints every problem with sheet, row and column."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the .xlsx workbook")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")

    def handle(self, *, file: Path, dry_run: bool, verbosity: int, **options: Any) -> None:  # noqa: ANN401, ARG002 -- Django's
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(
                _("The file %(file)s cannot be read: %(error)s") % {"file": file, "error": error}
            ) from error
        try:
            report = import_workbook(content, by=None, is_dry_run=dry_run)
        except ImportRejected as rejection:
            for problem in rejection.problems:
                self.stderr.write(describe_problem(problem))
            message = _("%(count)s problems; nothing was saved.") % {"count": len(rejection.problems)}
            raise CommandError(message) from rejection
        if verbosity:
            self.stdout.write("\n".join(_lines(report)))


def _lines(report: ImportReport) -> list[str]:
    lines = [f"{report.campaign_code}: {report.campaign_name}"]
    for sheet in report.sheets:
        counts = {
            "sheet": sheet.sheet,
            "new": len(sheet.new),
            "changed": len(sheet.changed),
            "unchanged": sheet.unchanged,
            "missing": len(sheet.missing),
        }
        lines.append(
            _("%(sheet)s: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(missing)s not in the file")
            % counts
        )
    lines.append(_("Dry run: nothing was saved.") if report.is_dry_run else _("Saved."))
    return lines
