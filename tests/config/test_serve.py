"""The real server: static files collected and hashed, all processes started, answered and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from tests.sources import BASE_DIR

pytestmark = [pytest.mark.house, pytest.mark.slow, pytest.mark.timeout(300)]

Environment = dict[str, str]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Describe a migrated demo with collected static files in a folder of its own."""
    folder = tmp_path_factory.mktemp("var")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {key: value for key, value in os.environ.items() if not key.startswith(("PANO_", "DATABASE_", "DJANGO_"))}
    ours |= {"PANO_VAR": str(folder), "PORT": str(port), "WEB_CONCURRENCY": "1", "PANO_WORKERS": "2"}
    (folder / "assets").symlink_to(BASE_DIR / "var" / "assets")
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=BASE_DIR, env=ours, check=True)
    return ours


@pytest.fixture(scope="module")
def server(environment: Environment) -> Iterator[subprocess.Popen[str]]:
    """Start the server as `make run` does and wait for its banner."""
    command = [sys.executable, "-m", "config.serve"]
    with subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl-C" in line:
                break
        yield process
        process.kill()


def get(environment: Environment, path: str) -> HTTPResponse:
    response = urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}{path}", timeout=20)
    assert isinstance(response, HTTPResponse)
    return response


def test_the_server_answers(server: subprocess.Popen[str], environment: Environment) -> None:
    with get(environment, "/healthz") as response:
        assert (server.poll(), response.status, response.read()) == (None, 200, b'{"status": "ok"}')


@pytest.mark.usefixtures("server")
def test_static_files_have_hashed_names_and_stay_in_caches(environment: Environment) -> None:
    with get(environment, "/favicon.ico") as response:
        hashed = response.url.rpartition("/")[2]
        assert (hashed.startswith("icon."), len(hashed), response.headers["Cache-Control"]) == (
            True,
            len("icon.0123456789ab.svg"),
            "max-age=315360000, public, immutable",
        )


@pytest.mark.usefixtures("server")
def test_a_taken_port_is_said_in_one_line(environment: Environment) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "config.serve"],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n"), environment["PORT"] in done.stderr) == (1, 1, True)


def children_of(server: subprocess.Popen[str]) -> list[str]:
    return Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii").split()


def workers_of(server: subprocess.Popen[str]) -> list[str]:
    return [child for child in children_of(server) if b"manage.py" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_a_worker_that_was_killed_is_started_again(server: subprocess.Popen[str]) -> None:
    killed, kept = workers_of(server)
    os.kill(int(killed), signal.SIGKILL)
    deadline = time.monotonic() + 20
    while len(found := set(workers_of(server)) - {killed}) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert (server.poll(), len(found), kept in found) == (None, 2, True)


def test_one_signal_stops_all_processes(server: subprocess.Popen[str]) -> None:
    children = children_of(server)
    server.send_signal(signal.SIGTERM)
    code = server.wait(30)
    time.sleep(0.2)
    alive = [child for child in children if Path(f"/proc/{child}").exists()]
    assert (code, len(children), alive) == (0, 3, [])
