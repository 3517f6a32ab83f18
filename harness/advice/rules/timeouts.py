"""Clients that wait for ever."""

from __future__ import annotations

from fauxdoo.harness.advice.base import Rule, Sighting

__all__ = ["NoTimeout"]


class NoTimeout(Rule):
    """A request whose client set no timeout, where that can be seen: at its socket, or in a transport of ours."""

    key = "no-timeout"
    advice = (
        "Set a timeout: a server that does not answer otherwise stops the integration for good. requests and "
        "xmlrpc.client have none of their own."
    )

    def request(self, sighting: Sighting) -> int:
        """Each time."""
        return sighting.timeout is False
