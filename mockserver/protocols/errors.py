"""How an error looks from outside: Odoo's name, message, arguments and traceback for any exception."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver import errors

__all__ = ["error_data", "error_text", "http_status", "traceback_text"]


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (errors.AccessDenied, 403),
    (errors.AccessError, 403),
    (errors.MissingError, 404),
    (errors.LockError, 409),
    (errors.UserError, 422),
    (errors.SessionExpired, 403),
)


def http_status(error: BaseException) -> int:
    """The HTTP status of an error where it is not wrapped in an envelope of its own."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def error_text(error: BaseException) -> str:
    """The message as Odoo reports it: the arguments, one per line (so a KeyError shows its bare key)."""
    return "\n".join(str(argument) for argument in error.args) if error.args else str(error)


def traceback_text(error: BaseException) -> str:
    """A traceback in Python's form that says what was raised, but not where: no paths of this machine."""
    name = errors.error_name(error).removeprefix("builtins.")
    text = f": {error}" if str(error) else ""
    return f"Traceback (most recent call last):\n{name}{text}\n"


def error_data(error: BaseException, **overrides: Any) -> dict[str, Any]:
    """What JSON-RPC has as `error.data` and JSON-2 as its body."""
    return {
        "name": errors.error_name(error),
        "message": error_text(error),
        "arguments": list(error.args),
        "context": getattr(error, "context", {}),
        "debug": traceback_text(error),
        **overrides,
    }
