"""The feed over HTTP against Radicale and django-scheduler's own feed, the same events, side by side in one run.

    .venv/bin/python bench/feed.py [--seconds 4] [--rounds 3] [--poll-seconds 60] [--big 20000]

Every server stands on this machine, one at a time under load, and so does the client (8 connections, bare sockets);
all share its cores. Each row is asked for `--seconds` a round, the rows in turn; printed are the medians over the
rounds. The ratio is in requests a second against "Radicale under gunicorn", round by round, the median of these.

- The plan: `make_plan --recurring 0.25 --year-round`, 2,000 activities, all public; every tenth series has one
  occurrence moved and one cancelled. Printed first are the VEVENTs that each server gives: Pano and Radicale have
  those moved and cancelled beside their series, and series that Outlook would read wrongly as single events. Radicale
  is given Pano's public feed by one PUT, so both serve the same full content. Its row is a GET of the collection, which
  it puts together from its files for each request.
- django-scheduler's feed has the same events in its own tables, but tells neither rules nor exceptions, descriptions or
  places: it has less to do. It stands behind no middleware; the others have all of theirs.
- "cold": no bytes of the feed are kept anywhere; texts of single activities are. Every request asks under a name of
  its own, so none profits from what another built, and each tells the shared cache what came out.
- "after a change": an activity is changed as planners do, in a process of its own; the next request, one at a time, is
  measured. Its ratio is that of the medians in milliseconds to Radicale's, one request at a time too.
- "from scratch": not even texts are kept, as after an upgrade.
- "warm": bytes are in the memory of the processes. "304": the client has them.
- Memory: the largest RSS of a worker process after serving a feed of `--big` activities, cold, warm, packed and plain.
- Poll: two worker processes get 280 requests a second for `--poll-seconds`, 19 of 20 with the current ETag; meanwhile
  the plan is changed every 15 seconds. A latency counts from the moment at which the request was due.

Plans are kept in var/bench-feed-*.sqlite3. Nothing outside this machine is asked.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from feed_load import Connection, ask_at_rate, ask_in_parallel  # noqa: E402 -- the path comes first
from feed_plan import environment, prepare, run_here  # noqa: E402 -- as above

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = 8
BASE = "Radicale under gunicorn"
FEED = "/feeds/all.ics"
NOTHING = "/feeds/area/khong-co.ics"  # no such feed: asked for so that every process has loaded what feeds need
WARM_UP = 5.0  # seconds
RATE = 280  # a second: a million subscribers an hour
SUBSCRIBERS = 1_000_000
EDIT_EVERY = 15.0
CHANGES = 12


@dataclass
class Row:
    """One thing that is measured."""

    name: str
    port: int
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    highest: float = 0.0
    size: int = 0


@contextmanager
def server(command: list[str], port: int, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends."""
    process = subprocess.Popen(  # noqa: S603 -- our own list
        command, cwd=HERE, env=env | {"PYTHONPATH": f"{HERE}:{HERE.parent}"}, stdout=subprocess.DEVNULL
    )
    try:
        for _attempt in range(300):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def gunicorn(application: str, port: int) -> list[str]:
    """The command line with which the product serves itself, for any application."""
    from config.serve import web_command

    return [application if word == "config.wsgi:application" else word for word in web_command("127.0.0.1", port)]


def fetch(port: int, path: str, headers: dict[str, str]) -> tuple[dict[str, str], int]:
    """One answer: its headers and the bytes of its body."""
    _status, found, size = Connection(port).ask(path, headers)
    return found, size


def radicale(folder: Path) -> Path:
    """Write Radicale's settings: any name will do, files in the folder."""
    path = folder / "radicale.cfg"
    path.write_text(
        f"[auth]\ntype = none\n[rights]\ntype = owner_only\n[storage]\nfilesystem_folder = {folder / 'store'}\n"
        "[logging]\nlevel = error\n[server]\nmax_content_length = 100000000\ntimeout = 120\n",
        encoding="utf-8",
    )
    return path


def put(port: int, content: bytes) -> None:
    """Give Radicale the whole calendar."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/bench/plan/",
        content,
        {"Content-Type": "text/calendar", "Authorization": "Basic YmVuY2g6eA=="},
        method="PUT",
    )
    with urllib.request.urlopen(asked, timeout=300):  # noqa: S310
        pass


def compare(first_port: int, *, seconds: float, rounds: int) -> None:
    """Measure all rows and print them."""
    ports = {
        name: first_port + number
        for number, name in enumerate(("own", "gunicorn", "scheduler", "cold", "scratch", "warm"))
    }
    folder = Path(tempfile.mkdtemp(prefix="bench-feed-"))
    settings = radicale(folder)
    env = environment(2000)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        stack.enter_context(server(gunicorn("config.wsgi:application", ports["warm"]), ports["warm"], env))
        with urllib.request.urlopen(f"http://127.0.0.1:{ports['warm']}{FEED}", timeout=120) as answer:
            content = answer.read()
        own = [sys.executable, "-m", "radicale", "-C", str(settings), "-H", f"127.0.0.1:{ports['own']}"]
        stack.enter_context(server(own, ports["own"], dict(os.environ)))
        put(ports["own"], content)
        stack.enter_context(
            server(
                gunicorn("radicale:application", ports["gunicorn"]),
                ports["gunicorn"],
                os.environ | {"RADICALE_CONFIG": str(settings)},
            )
        )
        for name, maker in (("scheduler", "scheduler"), ("cold", "cold"), ("scratch", "from_scratch")):
            stack.enter_context(server(gunicorn(f"feed_peers:{maker}()", ports[name]), ports[name], env))
        rows = rows_of(ports)
        print(f"  {CLIENTS} connections; Pano's limit of requests a minute is off")
        for row in rows:
            if not row.headers or row.path != FEED:
                print(f"  {row.name}: {events_in(row)} VEVENTs")
        for _round in range(rounds):
            for row in rows:
                measure(row, seconds)
        print_rows(rows)
        measure_changes(*(next(row for row in rows if row.name == name) for name in (BASE, "Pano, warm")))


def events_in(row: Row) -> int:
    """How many VEVENTs a server gives."""
    asked = urllib.request.Request(f"http://127.0.0.1:{row.port}{row.path}", headers=row.headers)
    with urllib.request.urlopen(asked, timeout=300) as answer:  # noqa: S310
        return int(answer.read().count(b"BEGIN:VEVENT"))


def measure_changes(theirs: Row, own: Row) -> None:
    """Change the plan and ask, again and again; print how long the asking takes beside Radicale's, and the rest."""
    took = {True: [], False: []}  # type: dict[bool, list[float]]
    tags = set()
    for _change in range(CHANGES):
        run_here(2000, "edit_once()")
        for row in (theirs, own):
            connection, begun = Connection(row.port), time.perf_counter()
            _status, found, _size = connection.ask(row.path, row.headers)
            took[row is own].append((time.perf_counter() - begun) * 1000)
            connection.close()
        tags.add(found["etag"])
    own_ms, their_ms = statistics.median(took[True]), statistics.median(took[False])
    print(
        f"  after each of {CHANGES} changes, one at a time: {own_ms:.1f} ms, {len(tags)} different ETags;"
        f" Radicale {their_ms:.1f} ms: {their_ms / own_ms:.1f}x"
    )


def rows_of(ports: dict[str, int]) -> list[Row]:
    """What is measured, each asked once for nothing."""
    collection, known = "/bench/plan/", {"Authorization": "Basic YmVuY2g6eA=="}
    tag = fetch(ports["warm"], FEED, {})[0]["etag"]
    rows = [
        Row("Radicale, own server", ports["own"], collection, known),
        Row(BASE, ports["gunicorn"], collection, known),
        Row("django-scheduler's feed", ports["scheduler"], "/all.ics"),
        Row("Pano, from scratch", ports["scratch"], FEED),
        Row("Pano, cold", ports["cold"], FEED),
        Row("Pano, warm", ports["warm"], FEED),
        Row("Pano, warm, gzip", ports["warm"], FEED, {"Accept-Encoding": "gzip"}),
        Row("Pano, 304", ports["warm"], FEED, {"If-None-Match": tag}),
    ]
    for row in rows:
        row.size = fetch(row.port, row.path, row.headers)[1]
    return rows


def measure(row: Row, seconds: float) -> None:
    """One round of one row, after one request for nothing: another row may have thrown away what is kept."""
    fetch(row.port, row.path, row.headers)
    answers, took = ask_in_parallel(row.port, row.path, row.headers, clients=CLIENTS, seconds=seconds)
    wanted = 304 if "If-None-Match" in row.headers else 200
    if set(answers.statuses) != {wanted}:
        raise SystemExit(f"{row.name}: expected {wanted}, got {answers.statuses}")
    row.rates.append(len(answers.seconds) / took)
    row.medians.append(answers.percentile(0.5))
    row.high.append(answers.percentile(0.95))
    row.highest = max(row.highest, answers.percentile(1))


def print_rows(rows: list[Row]) -> None:
    """Print medians and ratios."""
    base = next(row for row in rows if row.name == BASE)
    floors = {"Pano, cold": 15, "Pano, warm": 60, "Pano, 304": 250}
    print(f"  {'':<26} {'bytes':>10} {'ms median':>10} {'p95':>8} {'max':>8} {'req/s':>9} {'x':>8}  floor")
    for row in rows:
        ratio = statistics.median(mine / theirs for mine, theirs in zip(row.rates, base.rates, strict=True))
        floor = f"{floors[row.name]}: {'held' if ratio >= floors[row.name] else 'MISSED'}" if row.name in floors else ""
        rate, median = statistics.median(row.rates), statistics.median(row.medians)
        high = statistics.median(row.high)
        print(
            f"  {row.name:<26} {row.size:>10,} {median:>10.1f} {high:>8.1f} {row.highest:>8.1f} {rate:>9.1f}"
            f" {ratio:>8.1f}  {floor}"
        )


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes below gunicorn's first."""
    return [int(key) for key in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def peak_mb(key: int) -> float:
    """The largest RSS that the process ever had."""
    lines = Path(f"/proc/{key}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def measure_memory(port: int, events: int) -> None:
    """Serve a big feed in every way; print what the processes needed."""
    for name, with_texts in (("texts written meanwhile", False), ("texts kept", True)):
        run_here(events, f"forget(with_texts={not with_texts})")
        with server(gunicorn("config.wsgi:application", port), port, environment(events)) as process:
            ask_in_parallel(port, NOTHING, {}, clients=CLIENTS, seconds=WARM_UP)
            keys = workers_of(process)
            idle = max(map(peak_mb, keys))
            took = []
            for headers in ({}, {"Accept-Encoding": "gzip"}) * 4:
                begun = time.perf_counter()
                _found, size = fetch(port, FEED, headers)
                took.append(time.perf_counter() - begun)
                if not headers:
                    plain = size
            peak = max(map(peak_mb, keys))
        print(
            f"  {events} activities, {plain:,} bytes, {name}: first {took[0]:.2f} s, "
            f"then {statistics.median(took[2:]) * 1000:.0f} ms;"
            f" largest process {idle:.0f} MB before, {peak:.0f} MB at its peak (limit 150)"
        )


def poll(port: int, seconds: float) -> None:
    """The load of a million subscribers for a while."""
    with server(gunicorn("config.wsgi:application", port), port, environment(2000)):
        tag = fetch(port, FEED, {"Accept-Encoding": "gzip"})[0]["etag"]
        known, fresh = {"If-None-Match": tag, "Accept-Encoding": "gzip"}, {"Accept-Encoding": "gzip"}
        asked = [(FEED, fresh if number % 20 == 0 else known) for number in range(int(seconds * RATE))]
        stop = threading.Event()

        def edit() -> None:
            while not stop.wait(EDIT_EVERY):
                run_here(2000, "edit_once()")
                known["If-None-Match"] = fetch(port, FEED, fresh)[0]["etag"]

        editor = threading.Thread(target=edit)
        editor.start()
        answers, took = ask_at_rate(port, asked, rate=RATE, clients=32)
        stop.set()
        editor.join()
    rate = len(answers.seconds) / took
    print(
        f"  {len(answers.seconds)} requests in {took:.1f} s ({rate:.0f}/s), {answers.statuses};"
        f" p50 {answers.percentile(0.5):.1f} ms, p95 {answers.percentile(0.95):.1f} ms,"
        f" p99 {answers.percentile(0.99):.1f} ms"
    )
    print(
        f"  {SUBSCRIBERS:,} subscribers asking once an hour are {SUBSCRIBERS / 3600:.0f} requests a second;"
        f" {rate:.0f}/s held are {rate * 3600:,.0f} an hour"
    )


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--poll-seconds", type=float, default=60)
    parser.add_argument("--big", type=int, default=20_000)
    parser.add_argument("--port", type=int, default=8120, help="the first of six ports that are free")
    parser.add_argument("--only", choices=("compare", "memory", "poll"))
    wanted = parser.parse_args()
    for events in dict.fromkeys((2000, wanted.big)):
        prepare(events)
    if wanted.only in {None, "compare"}:
        compare(wanted.port, seconds=wanted.seconds, rounds=wanted.rounds)
    if wanted.only in {None, "memory"}:
        measure_memory(wanted.port + 6, wanted.big)
    if wanted.only in {None, "poll"}:
        poll(wanted.port + 7, wanted.poll_seconds)


if __name__ == "__main__":
    main()
