"""Inbound webhooks: /web/hook/<uuid>, as automation rules of a real Odoo open them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.formparser import FormDataParser

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

    def _hook(self, request: Request, uuid: str, **_query: Any) -> Reply:
        uid = request.uid or _PUBLIC
        with self.odoo.databases[request.known_database].transaction(uid, su=True) as env:
            rule = env["base.automation"].search([("webhook_uuid", "=", uuid)])
            if not rule:
                return _status("error", 404)
            try:
                rule._execute_webhook(_payload(request))
                env.flush()
            except Exception:  # what was written before it stays (recording webhook/inbound-failing)
                return _status("error", 500)
        return _status("ok", 200)


def _payload(request: Request) -> Any:
    """The body where it is JSON, else the parameters of the address and of a form."""
    try:
        return loads(request.body)
    except ValueError:
        return dict(parse_qsl(request.environ.get("QUERY_STRING", ""), keep_blank_values=True)) | _form(request)


def _form(request: Request) -> dict[str, str]:
    if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {}
    body = {**request.environ, "wsgi.input": BytesIO(request.body)}
    return FormDataParser().parse_from_environ(body)[1].to_dict()


def _status(word: str, code: int) -> Reply:
    return Reply(dumps({"status": word}), status=code)
