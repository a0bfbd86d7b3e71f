"""Brings the installation up to date before it serves: `python -m config.prepare`. Safe to repeat."""

import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config.catalogs import compile_catalogs


def static_fingerprint() -> str:
    """Return a hash of the names, sizes and times of all static sources."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect and compress the static files, unless nothing changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    current = static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == current:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(current, encoding="ascii")


def prepare() -> None:
    """Compile translations, migrate, load the reference data and, in a demo only, the plan and its accounts.

    Series without end are handed to the worker, to be laid out as far ahead as today asks.
    """
    compile_catalogs(settings.BASE_DIR)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference")
    if settings.PANO_ENV == "demo":
        call_command("load_demo")
    call_command("extend_series", stdout=io.StringIO())
    collect_static()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    prepare()
