"""The errors a real Odoo raises, named as it names them; each protocol maps this one tree to its envelope."""

from __future__ import annotations

from typing import Any

__all__ = [
    "AccessDenied",
    "AccessError",
    "DatabaseError",
    "LockError",
    "MissingError",
    "NotFound",
    "NotSimulated",
    "OdooError",
    "RedirectWarning",
    "SessionExpired",
    "UnknownDatabase",
    "Unprocessable",
    "UserError",
    "ValidationError",
    "error_name",
]


class OdooError(Exception):
    """An error with Odoo's class path in `name` and what `error.data.context` carries in `context`."""

    name = "odoo.exceptions.OdooError"

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.context: dict[str, Any] = {}


class UserError(OdooError):
    """What the user asked for makes no sense now."""

    name = "odoo.exceptions.UserError"


class RedirectWarning(OdooError):
    """A warning with an action the web client may offer: message, action, button text."""

    name = "odoo.exceptions.RedirectWarning"


class AccessDenied(UserError):
    """Login or password is wrong."""

    name = "odoo.exceptions.AccessDenied"

    def __init__(self, message: str = "Access Denied") -> None:
        super().__init__(message)


class AccessError(UserError):
    """An access right or a record rule forbids the operation."""

    name = "odoo.exceptions.AccessError"


class MissingError(UserError):
    """A record does not exist (any more)."""

    name = "odoo.exceptions.MissingError"


class LockError(UserError):
    """A record is locked by another transaction."""

    name = "odoo.exceptions.LockError"


class ValidationError(UserError):
    """A constraint refuses the values."""

    name = "odoo.exceptions.ValidationError"


class SessionExpired(OdooError):
    """The session of a web request is unknown or over."""

    name = "odoo.http.SessionExpiredException"

    def __init__(self, message: str = "Session expired") -> None:
        super().__init__(message)


class NotFound(OdooError):
    """No such page, or no such model on `call_kw`."""

    name = "werkzeug.exceptions.NotFound"


class Unprocessable(OdooError):
    """JSON-2 cannot call the method with these arguments."""

    name = "werkzeug.exceptions.UnprocessableEntity"


class DatabaseError(OdooError):
    """What PostgreSQL would have refused; `name` is the psycopg2 class a real server reports."""

    name = "psycopg2.errors.DatabaseError"

    def __init__(self, message: str, name: str = "psycopg2.errors.DatabaseError") -> None:
        super().__init__(message)
        self.name = name


class UnknownDatabase(DatabaseError):
    """No database of this name on the server."""

    def __init__(self, database: str) -> None:
        message = f'connection to server failed: FATAL:  database "{database}" does not exist\n'
        super().__init__(message, "psycopg2.OperationalError")
        self.database = database


class NotSimulated(OdooError):
    """The real model has this method, Fauxdoo does not simulate it."""

    name = "builtins.NotImplementedError"

    def __init__(self, model: str, method: str) -> None:
        super().__init__(
            f"not simulated by Fauxdoo: {model}.{method} (a test can put an answer in its place: "
            f"odoo.stub({model!r}, {method!r}, returns=...); an extension can simulate it)"
        )


def error_name(error: BaseException) -> str:
    """The class path Odoo reports in `error.data.name`: `builtins.ValueError` for Python's own."""
    if isinstance(error, OdooError):
        return error.name
    return f"{type(error).__module__}.{type(error).__qualname__}"


class PostgresMissing(Exception):
    """The extra `postgres` is not installed."""

    def __init__(self) -> None:
        super().__init__("a store in PostgreSQL needs psycopg: pip install 'fauxdoo[postgres]'")
