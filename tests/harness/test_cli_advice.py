"""`fauxdoo advice` on a server's journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from fauxdoo.harness.cli import main
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server with a token, called in a loop."""
    with FakeOdoo(admin_token="t0ken") as fake:
        for name in "abc":
            fake.dispatch.call_kw(Call("xmlrpc", "odoo", 2, "res.partner", "create", [{"name": name}]))
        yield fake


def _advice(url: str, *options: str) -> Any:
    return CliRunner().invoke(main, ["advice", "--url", url, *options])


def test_advice(odoo: FakeOdoo) -> None:
    """Is told by call, with 0 unless it is strict."""
    result = _advice(odoo.url, "--admin-token", "t0ken")
    assert result.exit_code == 0
    assert "create-one-by-one\n  res.partner.create: xmlrpc res.partner.create (3 times)\n" in result.output
    assert "deprecated-endpoint\n  /xmlrpc/2/object: /xmlrpc/2/object (3 times)\n" in result.output
    assert _advice(odoo.url, "--admin-token", "t0ken", "--strict").exit_code == 1


def test_ignored(odoo: FakeOdoo) -> None:
    """What nobody wants to hear; a name that is none is wrong usage."""
    result = _advice(
        odoo.url, "--admin-token", "t0ken", "--strict", "--ignore", "create-one-by-one,deprecated-endpoint"
    )
    assert (result.exit_code, result.output) == (0, "Nothing to say.\n")
    assert _advice(odoo.url, "--ignore", "nope").exit_code == 2


def test_not_let_in(odoo: FakeOdoo) -> None:
    """Without the token it says so; without a server it ends with 3."""
    result = _advice(odoo.url)
    assert (result.exit_code, "--admin-token" in result.output) == (2, True)
    assert _advice("http://127.0.0.1:1").exit_code == 3
