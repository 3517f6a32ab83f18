"""How REST takes a request apart and answers it, errors included."""

from __future__ import annotations

import logging
from typing import Any

from werkzeug.exceptions import HTTPException, Unauthorized

from fauxdoo.mockserver.errors import AccessDenied, SessionExpired
from fauxdoo.mockserver.protocols.base import Reply, Request, Route
from fauxdoo.mockserver.protocols.envelopes import Envelope
from fauxdoo.mockserver.protocols.identity import authenticate, bearer
from fauxdoo.mockserver.protocols.rest.errors import Unauthenticated, refusal

__all__ = ["PUBLIC_REST", "REST", "RestEnvelope"]

_log = logging.getLogger(__name__)


class RestEnvelope(Envelope):
    """JSON in and out, errors by HTTP status with the guide's code in the body."""

    def __init__(self, *, public: bool = False) -> None:
        self._public = public

    def answer(self, request: Request, route: Route, arguments: dict[str, Any]) -> Reply:
        try:
            if not self._public:
                _identify(request)
            reply: Reply = route.endpoint(request, **arguments)
        except Exception as error:
            reply = refusal(error, request.odoo.dialect)
            if reply.status == 500:
                _log.exception("%s %s failed", request.method, request.path)
        return reply

    def refuse(self, request: Request, error: HTTPException) -> Reply:
        return refusal(error, request.odoo.dialect)


def _identify(request: Request) -> None:
    """Set the user: the owner of the key where one is sent, else that of the session."""
    try:
        authenticate(request, "user" if bearer(request) is None else "bearer")
    except SessionExpired:
        raise Unauthenticated("Authorization: Bearer <API key>, or a session cookie, is needed") from None
    except Unauthorized as error:
        raise Unauthenticated(str(error.description)) from None
    except AccessDenied as error:
        raise Unauthenticated(str(error)) from None


REST = RestEnvelope()
PUBLIC_REST = RestEnvelope(public=True)
"""For what nobody needs a key for."""
