"""Real worker processes on the test's database, to be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import connection

from tests.events.batches.slow import LOG, SECONDS
from tests.sources import BASE_DIR

LEASE: Final = "3"


def database_url() -> str:
    """The address of the database that this test writes to."""
    named = {key: str(value) for key, value in connection.settings_dict.items()}
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    account = f"{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}"
    return f"postgres://{account}/{named['NAME']}"


@contextmanager
def worker(folder: Path, *, seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """One `manage.py work` of a demo; each paper takes it `seconds`."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith(("PANO_", "DATABASE_", "DJANGO_"))}
    ours |= {"PANO_ENV": "demo", "PANO_VAR": str(folder), "DATABASE_URL": database_url(), "PANO_BATCH_LEASE": LEASE}
    ours |= {"DJANGO_SETTINGS_MODULE": "tests.events.batches.worker_settings", SECONDS: str(seconds)}
    ours |= {LOG: str(folder / "makings"), "PANO_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "manage.py", "work", "-v0"]
    with subprocess.Popen(command, cwd=BASE_DIR, env=ours) as process:
        try:
            yield process
        finally:
            process.kill()


def makings(folder: Path) -> Counter[str]:
    """How often each paper was begun, by its file's name."""
    log = folder / "makings"
    return Counter(line.split()[1] for line in log.read_text("ascii").splitlines()) if log.exists() else Counter()


def wait_for(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait until it holds; AssertionError when it never does."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It took too long."
        time.sleep(0.05)
