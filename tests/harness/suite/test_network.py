"""Connections that leave this machine are refused, and the guard leaves nothing behind."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from xmlrpc.client import ServerProxy

import pytest

from fauxdoo.harness.suite.network import NetworkBlocked, NetworkGuard
from fauxdoo.mockserver import FakeOdoo

ELSEWHERE = "198.51.100.1"
"""An address of the documentation block: nobody has it."""


@pytest.fixture
def guard() -> Iterator[NetworkGuard]:
    """A guard on duty that lets nothing but loopback pass."""
    guard = NetworkGuard()
    guard.start()
    yield guard
    guard.stop()


def test_names_and_addresses(guard: NetworkGuard) -> None:
    """Neither a name nor an address of another machine is tried; the error says which."""
    with pytest.raises(NetworkBlocked, match=r"connect to odoo\.example:443, which --fauxdoo-block-network forbids"):
        socket.create_connection(("odoo.example", 443))
    with pytest.raises(NetworkBlocked, match=f"{ELSEWHERE}:80"):
        socket.create_connection((ELSEWHERE, 80))
    with socket.socket() as sock, pytest.raises(NetworkBlocked):
        sock.connect_ex((ELSEWHERE, 80))
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(NetworkBlocked):
        sock.sendto(b"x", (ELSEWHERE, 53))
    with pytest.raises(NetworkBlocked):
        socket.gethostbyname("odoo.example")
    with pytest.raises(NetworkBlocked):
        asyncio.run(asyncio.open_connection("odoo.example", 443))


def test_loopback(guard: NetworkGuard) -> None:
    """A fake Odoo is reached by address and by name."""
    with FakeOdoo() as odoo:
        for url in (odoo.url, odoo.url.replace("127.0.0.1", "localhost")):
            with ServerProxy(f"{url}/xmlrpc/2/common") as common:
                assert common.version()


def test_allowed() -> None:
    """The server of `--fauxdoo-url` may be reached, by name and by what the name stands for."""
    guard = NetworkGuard("http://localhost.localdomain:8069", f"http://{ELSEWHERE}")
    guard.start()
    try:
        with socket.socket(type=socket.SOCK_DGRAM) as sock:
            sock.connect((ELSEWHERE, 80))
        with pytest.raises(NetworkBlocked):
            socket.getaddrinfo("odoo.example", 80)
    finally:
        guard.stop()


def test_afterwards(guard: NetworkGuard) -> None:
    """What it replaced is there again."""
    guard.stop()
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.connect((ELSEWHERE, 80))
