"""Inbound webhooks: /web/hook/<uuid>, as automation rules of a real Odoo open them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fauxdoo.mockserver.protocols.base import Protocol, Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import HTTP
from fauxdoo.mockserver.protocols.jsons import dumps, loads

__all__ = ["Hooks"]

_PUBLIC = 3
"""Id of the public user, as whom nobody in particular calls."""


class Hooks(Protocol):
    """What the caller gets is a status; why something failed is the server's own affair."""

    key = "hooks"

    def routes(self) -> Iterable[Route]:
        verbs = frozenset({"GET", "POST"})
        return [Route("/web/hook/<string:uuid>", self._hook, HTTP, "public", verbs, csrf=False)]

    def _hook(self, request: Request, uuid: str) -> Reply:
        uid = request.uid or _PUBLIC
        with self.odoo.databases[request.known_database].transaction(uid, su=True) as env:
            rule = env["base.automation"].search([("webhook_uuid", "=", uuid), ("trigger", "=", "on_webhook")], limit=1)
            if not rule:
                return _status("error", 404)
            try:
                rule._execute_webhook(_payload(request))
                env.flush()
            except Exception:  # what was written before it stays (recording webhook/inbound-failing)
                return _status("error", 500)
        return _status("ok", 200)


def _payload(request: Request) -> dict[str, Any]:
    payload = loads(request.body) if request.body else {}
    return payload if isinstance(payload, dict) else {}


def _status(word: str, code: int) -> Reply:
    return Reply(dumps({"status": word}), status=code)
