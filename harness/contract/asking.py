"""Questions to a live Odoo that change nothing there, over the protocol that the credentials allow."""

from __future__ import annotations

from typing import Any

from fauxdoo.harness.clients import Json2, JsonRpc, RemoteError, Target
from fauxdoo.harness.verifier import ServerNotReached

__all__ = ["Asker"]

_QUESTIONS = frozenset(
    {"context_get", "default_get", "fields_get", "has_access", "has_group", "read", "search_count", "search_read"}
)
"""The only methods that are called on a live server."""


class Asker:
    """Asks a server as one user: by JSON-2 where an API key is given, else by JSON-RPC with login and password."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._json2 = Json2(target) if target.api_key else None
        self._jsonrpc = JsonRpc(target)

    def ask(self, model: str, method: str, ids: list[int] | None = None, **arguments: Any) -> Any:
        """What a method answers. Raises RemoteError where the server refuses, ServerNotReached where it is silent."""
        if method not in _QUESTIONS:
            raise ValueError(f"{method!r} might change something")
        try:
            if self._json2 is not None:
                given = arguments if ids is None else {"ids": ids, **arguments}
                return self._json2.call(model, method, **given)
            return self._jsonrpc.call(model, method, *([] if ids is None else [ids]), **arguments)
        except OSError as error:
            raise ServerNotReached(f"{self.target.url} does not answer: {error}") from error

    def try_ask(self, model: str, method: str, ids: list[int] | None = None, **arguments: Any) -> Any:
        """The same, None where the server refuses."""
        try:
            return self.ask(model, method, ids, **arguments)
        except RemoteError:
            return None

    def page(self, path: str) -> Any:
        """A JSON document of the server, None where it is not served to this user."""
        headers = {"Authorization": f"Bearer {self.target.api_key}", "X-Odoo-Database": self.target.db}
        try:
            response = self._jsonrpc.browser.request("GET", path, headers=headers)
        except OSError as error:
            raise ServerNotReached(f"{self.target.url} does not answer: {error}") from error
        try:
            return response.json() if response.status == 200 else None
        except ValueError:
            return None

    def check_login(self) -> None:
        """Raise RemoteError for wrong credentials."""
        self.ask("res.users", "context_get")

    def close(self) -> None:
        """Close the connections."""
        self._jsonrpc.close()
        if self._json2 is not None:
            self._json2.close()
