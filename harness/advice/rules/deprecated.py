"""What Odoo has announced to take away."""

from __future__ import annotations

from fauxdoo.harness.advice.base import Rule, Seen, Sighting

__all__ = ["DeprecatedEndpoint", "DeprecatedMethod"]

_METHODS = {
    "check_access_rights": "has_access",
    "check_access_rule": "has_access",
    "name_get": "display_name",
    "read_group": "formatted_read_group",
}
"""Methods that are still there, and what takes their place."""


class DeprecatedEndpoint(Rule):
    """XML-RPC and JSON-RPC at their old addresses."""

    key = "deprecated-endpoint"
    advice = (
        "Odoo 19 deprecates /xmlrpc, /xmlrpc/2 and /jsonrpc; the service db goes with Odoo 20, the others are to go "
        "with Odoo 22. JSON-2 takes their place: POST /json/2/<model>/<method> with an API key as bearer token."
    )

    def request(self, sighting: Sighting) -> int:
        """Each time."""
        return sighting.path.startswith("/xmlrpc/") or sighting.path.rstrip("/") == "/jsonrpc"


class DeprecatedMethod(Rule):
    """Methods that have a successor."""

    key = "deprecated-method"
    advice = "Use what takes their place: " + ", ".join(f"{new} for {old}" for old, new in _METHODS.items()) + "."

    def call(self, seen: Seen) -> int:
        """Each time."""
        return seen.is_rpc and seen.method in _METHODS
