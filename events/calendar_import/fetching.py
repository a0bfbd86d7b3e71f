"""A calendar fetched from an address, where the operator allows its host (PANO_IMPORT_HOSTS).

The server asks for what a person typed, so whom it connects to is decided here, not by the name's owner: the name is
resolved once, every answer must be a public address, and the connection goes to that very address. Only a host allowed
with its port ("lich.noi-bo.vn:8443") may lie in a private network. Written on `http.client`, because the usual
libraries resolve the name again by themselves, follow redirects and read proxies from the environment.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from events.calendar_import.calendar import NotACalendar
from events.calendar_import.pieces import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_SECONDS: Final = 30.0  # for all of it
SOCKET_SECONDS: Final = 10.0
MOST_REDIRECTS: Final = 3
LONGEST_ADDRESS: Final = 500
CHUNK: Final = 1 << 16
PORTS: Final = {"http": 80, "https": 443}
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
AGENT: Final = "Pano (calendar import)"


class FetchRefused(NotACalendar):
    """The address may not be asked, or did not give a calendar; the message is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address that may be asked; `is_private_allowed` where the operator named its port."""

    scheme: str
    host: str
    port: int
    path: str
    is_private_allowed: bool

    @property
    def address(self) -> str:
        """The address in full, as redirects are told against it."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def netloc(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(address: str, hosts: Collection[str]) -> Target:
    """Read an address; FetchRefused with a sentence unless it is http, https or webcal and its host is allowed."""
    try:
        parts = urlsplit(address.strip())
        scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme.lower(), parts.scheme.lower())
        host, port = (parts.hostname or "").rstrip("."), parts.port or PORTS.get(scheme, 0)
    except ValueError as fault:
        raise FetchRefused(_("This is no address of a calendar.")) from fault
    if scheme not in PORTS or not host or len(address) > LONGEST_ADDRESS or not address.isprintable():
        raise FetchRefused(_("Give an address that begins with https://, http:// or webcal://."))
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(_("The address holds a name or a password; use one without."))
    allowed = {each.strip().lower() for each in hosts}
    shown = f"[{host}]" if ":" in host else host
    is_private_allowed = f"{shown}:{port}" in allowed
    if not is_private_allowed and not (host in allowed and port == PORTS[scheme]):
        raise FetchRefused(
            _("Calendars may not be fetched from %(host)s; ask the operator to allow it.") % {"host": host}
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=scheme, host=host, port=port, path=_ascii(path), is_private_allowed=is_private_allowed)


def fetch_calendar(address: str, hosts: Collection[str]) -> bytes:
    """The bytes at an address, at most 20 MB in 30 seconds; FetchRefused with a sentence for what stands in the way.

    Redirects are followed three times, to the same host alone.
    """
    deadline = time.monotonic() + MOST_SECONDS
    target = target_of(address, hosts)
    for _attempt in range(MOST_REDIRECTS + 1):
        try:
            answer = _ask(target, deadline)
        except FetchRefused:
            raise
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise _unreachable(target, deadline) from fault
        if isinstance(answer, bytes):
            return answer
        target = _redirected(target, answer.location, hosts)
    raise FetchRefused(_("The address leads on and on to other addresses."))


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str


def _ask(target: Target, deadline: float) -> bytes | _Redirect:
    """One request; the connection is cut at the deadline, however slowly bytes drip in."""
    connection = _connect(target)
    cut = threading.Timer(max(0.0, deadline - time.monotonic()), _shut, args=(connection.sock,))
    cut.daemon = True
    cut.start()
    try:
        headers = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity", "User-Agent": AGENT}
        connection.request("GET", target.path, headers=headers | {"Host": target.netloc})
        return _answer(connection.getresponse(), deadline)
    finally:
        cut.cancel()
        connection.close()


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:  # it was closed in the same moment
        return


def _answer(response: http.client.HTTPResponse, deadline: float) -> bytes | _Redirect:
    if response.status in REDIRECTS:
        location = response.getheader("Location", "")
        return _Redirect(location.encode("latin-1", "replace").decode("utf-8", "replace"))
    if response.status != http.client.OK:
        raise FetchRefused(_("The server answered %(status)s instead of a calendar.") % {"status": response.status})
    if response.getheader("Content-Encoding", "identity") != "identity":
        raise FetchRefused(_("The server sent the calendar packed although it was asked not to."))
    found = bytearray()
    while chunk := response.read(CHUNK):
        found += chunk
        if len(found) > MAX_BYTES:
            raise FetchRefused(_("The file is larger than 20 MB; split the calendar."))
    if time.monotonic() >= deadline:  # what was cut off looks like an end
        raise TimeoutError
    return bytes(found)


def _connect(target: Target) -> http.client.HTTPConnection:
    """A connection to an address of the host that was looked at, and to no other."""
    sock = _open(target)
    if target.scheme == "http":
        connection = http.client.HTTPConnection(target.host, target.port, timeout=SOCKET_SECONDS)
        connection.sock = sock
        return connection
    secure = http.client.HTTPSConnection(target.host, target.port, timeout=SOCKET_SECONDS)
    secure.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
    return secure


def _open(target: Target) -> socket.socket:
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not target.is_private_allowed and not all(map(is_public, addresses)):
        told = {"host": target.host}
        raise FetchRefused(_("%(host)s lies in a private network; ask the operator to allow it with its port.") % told)
    fault: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, target.port), timeout=SOCKET_SECONDS)
        except OSError as refused:
            fault = refused
    raise fault or OSError(target.host)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; one written as IPv6 counts by the IPv4 within."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    plain = mapped or found
    return plain.is_global and not plain.is_multicast


def _redirected(target: Target, location: str, hosts: Collection[str]) -> Target:
    following = target_of(urljoin(target.address, location), hosts)
    if following.host != target.host or (target.scheme, following.scheme) == ("https", "http"):
        raise FetchRefused(_("The address leads on to another server (%(host)s).") % {"host": following.host})
    return following


def _unreachable(target: Target, deadline: float) -> FetchRefused:
    if time.monotonic() >= deadline:
        return FetchRefused(_("%(host)s did not send the calendar within 30 seconds.") % {"host": target.host})
    return FetchRefused(_("%(host)s cannot be reached, or gives no proper answer.") % {"host": target.host})


def _ascii(path: str) -> str:
    """A path without spaces and letters that a request line cannot hold."""
    return "".join(char if "!" <= char <= "~" else "".join(f"%{byte:02X}" for byte in char.encode()) for char in path)
