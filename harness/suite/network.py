"""No connection leaves this machine: `--fauxdoo-block-network`."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

__all__ = ["NetworkBlocked", "NetworkGuard"]


class NetworkBlocked(RuntimeError):
    """A test wanted to reach another machine. No OSError, so that nobody takes it for a network that is down."""

    def __init__(self, host: str, port: Any) -> None:
        where = f"{host}:{port}" if port else host
        super().__init__(f"the test wants to connect to {where}, which --fauxdoo-block-network forbids")


class NetworkGuard:
    """Lets sockets reach loopback addresses and `allowed` URLs only, from `start` to `stop`."""

    def __init__(self, *allowed: str) -> None:
        self._names = {urlsplit(url).hostname for url in allowed if url} | {"localhost", "", None}
        self._addresses: set[str] = set()
        self._originals: dict[tuple[Any, str], Any] = {}

    def start(self) -> None:
        """Put the guard before connections and look-ups of names."""
        for name in ("connect", "connect_ex"):
            self._replace(socket.socket, name, self._connecting)
        self._replace(socket.socket, "sendto", self._sending)
        self._replace(socket, "getaddrinfo", self._looking_up)
        self._replace(socket, "gethostbyname", self._looking_up)

    def stop(self) -> None:
        """Take the guard away."""
        while self._originals:
            (owner, name), original = self._originals.popitem()
            setattr(owner, name, original)

    def _replace(self, owner: Any, name: str, guard: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
        original = self._originals[owner, name] = getattr(owner, name)
        setattr(owner, name, guard(original))

    def _connecting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def connect(sock: socket.socket, address: Any) -> Any:
            self._check(sock, address)
            return original(sock, address)

        return connect

    def _sending(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def sendto(sock: socket.socket, data: Any, *arguments: Any) -> Any:
            self._check(sock, arguments[-1])
            return original(sock, data, *arguments)

        return sendto

    def _looking_up(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def look_up(host: Any, *arguments: Any, **options: Any) -> Any:
            name = host.decode() if isinstance(host, bytes) else host
            if name not in self._names and not _is_address(name):
                raise NetworkBlocked(name, arguments[0] if arguments else options.get("port"))
            found = original(host, *arguments, **options)
            if name in self._names and not isinstance(found, str):
                self._addresses.update(entry[4][0] for entry in found)
            return found

        return look_up

    def _check(self, sock: socket.socket, address: Any) -> None:
        if sock.family not in (socket.AF_INET, socket.AF_INET6):
            return
        host, port = address[:2]
        if host in self._names or host in self._addresses:
            return
        if not _is_address(host) or not ip_address(host).is_loopback:
            raise NetworkBlocked(host, port)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
