"""Violations of the contract over the admin API."""

from __future__ import annotations

import requests

from fauxdoo.mockserver import FakeOdoo


def test_violations() -> None:
    """Listed as they were noted, and forgotten."""
    with FakeOdoo(validate=True) as odoo:
        requests.post(f"{odoo.url}/jsonrpc", json={"jsonrpc": "2.0", "params": {}}, timeout=10)
        address = f"{odoo.url}/_fauxdoo/violations"
        found = requests.get(address, timeout=10).json()
        assert found[0] == {
            "side": "request",
            "protocol": "jsonrpc",
            "what": "POST /jsonrpc",
            "schema": "jsonrpc-request",
            "pointer": "",
            "reason": '"method" is a required property',
        }
        assert requests.delete(address, timeout=10).ok
        assert requests.get(address, timeout=10).json() == []
