"""Serves the product: gunicorn and background workers, started and stopped together (`python -m config.serve`)."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from types import FrameType
from typing import Final

from django.conf import settings

from core.intervals import LOCAL_ZONE

POLL_SECONDS: Final = 0.2
STOP_SECONDS: Final = 20
REST_SECONDS: Final = 2  # before a worker that ended is started again
Process = subprocess.Popen[bytes]
DEMO_ACCOUNTS: Final = "admin, planner, caoloc, doi1, viewer"


def web_command(host: str, port: int) -> list[str]:
    """Return the application server's command line."""
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    options = ["--workers", workers, "--threads", "4", "--timeout", "120", "--log-level", "warning"]
    options += ["--no-control-socket", "--logger-class", "config.logs.DiscreetLogger"]
    return [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{host}:{port}", *options]


def worker_command() -> list[str]:
    """Return a background worker's command line."""
    return [sys.executable, "manage.py", "work"]


def today_here() -> date:
    """Return the local day."""
    return datetime.now(LOCAL_ZONE).date()


def ask_for_daily_work() -> None:
    """Hand the day's own work to the worker: series without end are laid out a day further."""
    command = [sys.executable, "manage.py", "extend_series"]
    subprocess.run(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 -- our own list


def is_answering(host: str, port: int) -> bool:
    """Tell whether something listens there."""
    target = "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104 -- compared, not bound
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((target, port)) == 0


def banner() -> str:
    """Return what a person needs to begin: the address, and in a demo the accounts and their password."""
    lines = ["", "=" * 72, f"  Pano: http://localhost:{settings.PORT}/"]
    if settings.PANO_ENV == "demo":
        lines += [
            f"  Tài khoản dùng thử / demo accounts: {DEMO_ACCOUNTS}",
            f"  Mật khẩu / password: {settings.PANO_DEMO_PASSWORD}",
            "  Bản dùng thử, không nhập dữ liệu thật / a demo: keep real data out (docs/production.md)",
        ]
    return "\n".join([*lines, "  Ctrl-C: dừng / stop", "=" * 72, ""])


def start(command: Sequence[str]) -> Process:
    """Start a process in a session of its own: a Ctrl-C reaches it only through us, once."""
    return subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603 -- our own list


class Workers:
    """The background workers. One that ends, killed for its memory perhaps, is started again: its work is not lost."""

    def __init__(self, count: int) -> None:
        self.processes = [start(worker_command()) for _number in range(count)]
        self.next_start = 0.0

    def replace_ended(self) -> None:
        """Start anew what ended, one every two seconds at most."""
        for place, process in enumerate(self.processes):
            if process.poll() is not None and time.monotonic() >= self.next_start:
                self.next_start = time.monotonic() + REST_SECONDS
                self.processes[place] = start(worker_command())


def stop(processes: Sequence[Process]) -> None:
    """End all processes, gently first."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def supervise(web: Process, workers: Workers, *, host: str, port: int) -> int:
    """Announce the address once it answers, ask for the daily work when a new day begins, keep the workers alive.

    Returns the exit code of the application server when that ends.
    """
    announced, asked_on = False, today_here()
    while (code := web.poll()) is None:
        if not announced and is_answering(host, port):
            announced = True
            sys.stdout.write(banner())
            sys.stdout.flush()
        if asked_on != today_here():
            asked_on = today_here()
            ask_for_daily_work()
        workers.replace_ended()
        time.sleep(POLL_SECONDS)
    return code


def raise_exit(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an orderly end."""
    raise SystemExit(0)


def serve() -> int:
    """Run all processes until a signal comes or the application server ends."""
    host, port = settings.HOST, settings.PORT
    if is_answering(host, port):
        sys.exit(f"Cổng {port} đang được dùng; hãy chọn cổng khác: make run PORT=8001 / Port {port} is taken.")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, raise_exit)
    web = start(web_command(host, port))
    workers = Workers(settings.PANO_WORKERS)
    try:
        return supervise(web, workers, host=host, port=port)
    finally:
        stop([web, *workers.processes])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(serve())
