"""Clients that reach a fake Odoo without sockets: an adapter for requests, transports for httpx and xmlrpc.client.

Whatever host a URL names, the fake answers; `URL` is one to use where a client asks for one. Each member is imported
from its module, which needs its client library: `requests` or `httpx`.
"""

from __future__ import annotations

from fauxdoo.harness.transports.base import URL

__all__ = ["URL"]
