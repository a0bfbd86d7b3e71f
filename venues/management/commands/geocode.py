"""`manage.py geocode "dong dang"`: where a name lies, by the gazetteer and, if one is set, by Nominatim."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from venues.geocoding import geocoder


class Command(BaseCommand):
    help = "Tells where a name lies: gazetteer first, then NOMINATIM_URL where one is set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="+", metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 -- Django's signature
        geocode = geocoder()
        found = {name: geocode(name) for name in options["names"]}
        for name, location in found.items():
            if location is not None:
                self.stdout.write(f"{name}: {location.address} ({location.latitude:.5f}, {location.longitude:.5f})")
        missing = [name for name, location in found.items() if location is None]
        if missing:
            raise CommandError(_("Nothing is called %(names)s.") % {"names": ", ".join(missing)})
