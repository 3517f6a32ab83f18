"""A thousand clients at once on one `fauxdoo serve`."""

from __future__ import annotations

import asyncio
import resource
from urllib.parse import urlsplit

import pytest

from tests.harness.test_workers import Served

_CLIENTS = 1000


async def _ask(host: str, port: int, all_there: asyncio.Barrier) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    await all_there.wait()
    writer.write(b"GET /web/version HTTP/1.1\r\nHost: odoo\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return answer


async def _ask_all(host: str, port: int) -> list[bytes]:
    all_there = asyncio.Barrier(_CLIENTS)
    async with asyncio.timeout(60):
        return await asyncio.gather(*(_ask(host, port, all_there) for _ in range(_CLIENTS)))


def test_a_thousand_connections() -> None:
    """All are open before the first asks, and every one is answered."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 4 * _CLIENTS:
        pytest.skip("this machine does not let a process open so many files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 4 * _CLIENTS), hard))
    served = Served()
    try:
        address = urlsplit(served.url)
        answers = asyncio.run(_ask_all(str(address.hostname), int(address.port or 0)))
    finally:
        served.stop()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert [answer.partition(b"\r\n")[0] for answer in answers] == [b"HTTP/1.1 200 OK"] * _CLIENTS
