"""HTTPS with certificates nobody else trusts."""

from __future__ import annotations

import socket
import ssl
import xmlrpc.client
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest
import requests

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.certificates import Certificates


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A fake that speaks HTTPS."""
    with FakeOdoo(tls=True) as fake:
        yield fake


def test_requests(odoo: FakeOdoo) -> None:
    """`verify` takes the CA file."""
    assert odoo.url.startswith("https://127.0.0.1:")
    assert requests.get(f"{odoo.url}/_fauxdoo/health", verify=odoo.ca_file, timeout=5).ok
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{odoo.url}/_fauxdoo/health", timeout=5)


def test_httpx(odoo: FakeOdoo) -> None:
    """A context that trusts the CA file, and that of the certificates."""
    for context in (ssl.create_default_context(cafile=odoo.ca_file), odoo.certificates.client_context()):
        with httpx.Client(base_url=odoo.url, verify=context) as client:
            assert client.get("/_fauxdoo/health").json()["status"] == "ok"


def test_xmlrpc(odoo: FakeOdoo) -> None:
    """`context` of a proxy; the name `localhost` is as good as the address."""
    url = odoo.url.replace("127.0.0.1", "localhost")
    context = ssl.create_default_context(cafile=odoo.ca_file)
    common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common", context=context)
    assert common.authenticate(odoo.db, odoo.login, odoo.password, {}) == 2


def test_clients_that_do_not_shake_hands(odoo: FakeOdoo, capfd: pytest.CaptureFixture[str]) -> None:
    """Silent ones keep nobody waiting, and those that speak HTTP are sent away without a word in the log."""
    address = ("127.0.0.1", int(odoo.url.rpartition(":")[2]))
    with socket.create_connection(address), socket.create_connection(address) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert not plain.recv(1000).startswith(b"HTTP/1.1 2")
        with urlopen(f"{odoo.url}/_fauxdoo/health", context=odoo.certificates.client_context()) as reply:
            assert reply.status == 200
    assert "Traceback" not in capfd.readouterr().err


def test_files_go() -> None:
    """With whoever made them, and come again when asked for."""
    certificates = Certificates("erp.example.com")
    first = Path(certificates.authority)
    assert first.exists()
    certificates.close()
    assert not first.exists()
    assert certificates.authority.exists()
    certificates.close()
    certificates.close()


def test_no_files_over_http() -> None:
    """A fake that speaks HTTP has no CA file, and says how to get one."""
    with pytest.raises(RuntimeError, match=r"FakeOdoo\(tls=True\)"):
        _ = FakeOdoo().ca_file
