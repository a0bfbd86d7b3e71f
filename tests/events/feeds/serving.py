"""The product as operators run it, two worker processes, for tests that fetch over HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

from django.db import connection

from tests.sources import BASE_DIR

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_url() -> str:
    """Where this test's own database lies, as the environment names it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    user = found["USER"] + (f":{found['PASSWORD']}" if found["PASSWORD"] else "")
    return f"postgres://{user}@{found['HOST']}:{found['PORT'] or 5432}/{found['NAME']}"


@contextmanager
def served(*, log: IO[bytes] | None = None) -> Iterator[str]:
    """Serve this test's database from two processes; yield the address. Only for tests that commit.

    `log` gets all that the processes log, from INFO on, as an operator reads it.
    """
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", str(WORKERS), "--threads", "2", "--log-level", "error", "--no-control-socket",
        "--access-logfile", "-" if log else "/dev/null", "--logger-class", "config.logs.DiscreetLogger",
    ]  # fmt: skip
    env = os.environ | {"PANO_ENV": "test", "DATABASE_URL": database_url(), "PYTHONWARNINGS": "ignore"}
    if log is not None:
        env["PANO_LOG_LEVEL"] = "INFO"
    process = subprocess.Popen(command, cwd=BASE_DIR, env=env, stdout=log, stderr=log)
    try:
        for _attempt in range(300):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def status_of(address: str) -> int:
    """The status of one GET, each over a connection of its own, so that either process may answer."""
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310 -- this machine
            status: int = answer.status
            return status
    except HTTPError as error:
        return error.code
