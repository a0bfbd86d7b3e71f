"""Load for bench/feed.py: bare sockets in threads, so that the client costs as little as it can. Loopback only."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field

BUFFER = 1 << 20
NOT_MODIFIED = 304


@dataclass
class Answers:
    """What a load got: latencies in seconds, status codes with their numbers, bytes of bodies."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    size: int = 0

    def add(self, seconds: float, status: int, size: int) -> None:
        """Count one answer."""
        self.seconds.append(seconds)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.size += size

    def percentile(self, share: float) -> float:
        """The latency in milliseconds below which that share of the answers lies."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class Connection:
    """One client: keeps its connection where the server does, opens another where it does not."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.buffer = bytearray(BUFFER)

    def ask(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], int]:
        """GET; return the status, the headers in lower case and the number of bytes of the body."""
        lines = [f"GET {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
        request = ("\r\n".join(lines) + "\r\n\r\n").encode()
        for _attempt in range(2):
            fresh = self.socket is None
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=120)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self.socket.sendall(request)
                return self._read()
            except (ConnectionError, EOFError):
                self.close()
                if fresh:
                    raise
        raise ConnectionError("the server closes every connection")

    def close(self) -> None:
        """Let go."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _opened(self) -> socket.socket:
        if self.socket is None:
            raise EOFError
        return self.socket

    def _read(self) -> tuple[int, dict[str, str], int]:
        opened = self._opened()
        got = bytearray()
        while (end := got.find(b"\r\n\r\n")) < 0:
            count = opened.recv_into(self.buffer)
            if not count:
                raise EOFError
            got += self.buffer[:count]
        first, *rest = got[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in rest)}
        status, size = int(first.split()[1]), len(got) - end - 4
        size = self._body(status, headers, size)
        if headers.get("connection", "").lower() == "close" or first.startswith("HTTP/1.0"):
            self.close()
        return status, headers, size

    def _body(self, status: int, headers: dict[str, str], size: int) -> int:
        opened = self._opened()
        if status == NOT_MODIFIED:
            return 0
        expected = int(headers["content-length"]) if "content-length" in headers else None
        while expected is None or size < expected:
            count = opened.recv_into(self.buffer)
            if not count:
                break
            size += count
        if expected is None:
            self.close()
        return size


def ask_in_parallel(
    port: int, path: str, headers: dict[str, str], *, clients: int, seconds: float
) -> tuple[Answers, float]:
    """Ask as fast as the server answers, so many at a time; return the answers and how long it took."""
    answers, lock, end = Answers(), threading.Lock(), time.perf_counter() + seconds

    def work() -> None:
        own = Connection(port)
        while (begun := time.perf_counter()) < end:
            status, _headers, size = own.ask(path, headers)
            took = time.perf_counter() - begun
            with lock:
                answers.add(took, status, size)
        own.close()

    begun = time.perf_counter()
    run_threads([work] * clients)
    return answers, time.perf_counter() - begun


def ask_at_rate(
    port: int, asked: list[tuple[str, dict[str, str]]], *, rate: float, clients: int
) -> tuple[Answers, float]:
    """Send the requests at a steady rate whatever the server does; a latency counts from when its turn had come."""
    answers, lock, begun = Answers(), threading.Lock(), time.perf_counter() + 0.2

    def work(first: int) -> None:
        own = Connection(port)
        for number in range(first, len(asked), clients):
            due = begun + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            path, headers = asked[number]
            status, _headers, size = own.ask(path, headers)
            with lock:
                answers.add(time.perf_counter() - due, status, size)
        own.close()

    run_threads([lambda first=first: work(first) for first in range(clients)])
    return answers, time.perf_counter() - begun


def run_threads(jobs: list) -> None:  # type: ignore[type-arg]
    """Run all at once; the first failure ends the measurement."""
    failures: list[BaseException] = []

    def guarded(job) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        try:
            job()
        except BaseException as error:  # noqa: BLE001 -- told by the main thread
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
