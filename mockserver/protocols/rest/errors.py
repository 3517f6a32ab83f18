"""Errors over REST: an HTTP status, and the guide's code, message and data in the body."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.exceptions import BadRequest, HTTPException

from fauxdoo.mockserver import errors
from fauxdoo.mockserver.dialects import Dialect
from fauxdoo.mockserver.protocols.base import JSON, Reply
from fauxdoo.mockserver.protocols.errors import error_data, error_text, http_status
from fauxdoo.mockserver.protocols.jsons import dumps
from fauxdoo.mockserver.stores.base import SerializationFailure

__all__ = ["Unauthenticated", "bad_query", "refusal"]


class Unauthenticated(errors.AccessDenied):
    """Nobody, or a key that is none: to be told from a user who may not (HTTP 401 against 403)."""


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (Unauthenticated, 401),
    (errors.NotFound, 404),
    (errors.UnknownDatabase, 404),
    (errors.Unprocessable, 422),
    (errors.RedirectWarning, 422),
    (errors.NotSimulated, 501),
    (SerializationFailure, 409),
    (errors.DatabaseError, 422),
)
_OF_BAD_VALUES = (AssertionError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What the ORM raises, as Odoo does, for values that make no sense."""
_TOO_DEEP = "nested too deeply"


def refusal(error: Exception, dialect: Dialect) -> Reply:
    """The answer to a request that failed."""
    if isinstance(error, HTTPException):
        return _http_refusal(error, dialect)
    if isinstance(error, RecursionError):
        error = errors.Unprocessable(_TOO_DEEP)
    status = _status(error)
    headers = [("WWW-Authenticate", "Bearer")] if status == 401 else []
    return Reply(_body(dialect.error_code(error), error_text(error), error_data(error)), JSON, status, headers)


def _http_refusal(error: HTTPException, dialect: Dialect) -> Reply:
    status, message = error.code or 500, error.description or str(error)
    headers = [(key, value) for key, value in error.get_headers() if key != "Content-Type"]
    data = error_data(error, message=message, arguments=[message])
    code = dialect.error_code(errors.AccessDenied() if status == 403 else error)
    return Reply(_body(code, message, data), JSON, status, headers)


def _body(code: int, message: str, data: dict[str, Any]) -> bytes:
    """As JSON, whatever a client put into the message; what Odoo has as traceback stays away."""
    body = {"error": {"code": code, "message": message, "data": {k: v for k, v in data.items() if k != "debug"}}}
    try:
        return dumps(body)
    except UnicodeError:
        return json.dumps(body, default=str).encode()


def _status(error: Exception) -> int:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 0) or http_status(error)
    return 422 if status == 500 and isinstance(error, _OF_BAD_VALUES) else status


def bad_query(error: Exception) -> Exception:
    """The error of a search: what would be wrong values in a body is a malformed query here (HTTP 400)."""
    if isinstance(error, RecursionError):
        return BadRequest(_TOO_DEEP)
    return BadRequest(error_text(error)) if _status(error) == 422 else error
