"""Secrets where they are written down."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fauxdoo.harness.advice.base import Rule, Sighting

__all__ = ["SecretInUrl"]

_SECRETS = ("password", "passwd", "secret", "token", "api_key", "apikey", "key")


class SecretInUrl(Rule):
    """A password or key in the query of a URL."""

    key = "secret-in-url"
    advice = "URLs end up in the logs of servers and proxies: send secrets in a header or in the body."

    def request(self, sighting: Sighting) -> int:
        """Where a parameter is named like a secret and has a value; Odoo's own csrf_token and access_token are not."""
        names = (name.lower() for name, _value in parse_qsl(sighting.query))
        return any(name in _SECRETS for name in names)
