"""Whether a database on a real server may be written to."""

from __future__ import annotations

from fauxdoo.harness.remote import Connection
from fauxdoo.mockserver.errors import OdooError

__all__ = ["NotPermitted", "check_for_tests"]

_NEUTRALIZED = "database.is_neutralized"
_TEST = "fauxdoo.test_database"
_FALSE = ("", "0", "False", "false")


class NotPermitted(Exception):
    """Something would be written where it may not, or the server lets nobody in; the message says what to do."""


def check_for_tests(connection: Connection) -> None:
    """Raise NotPermitted unless the database says that it is neutralized or a test one."""
    if not any(_says(connection, parameter) for parameter in (_NEUTRALIZED, _TEST)):
        target = connection.target
        raise NotPermitted(
            f"the database {target.db!r} at {target.url} may be one that people work in: neutralize it, or set its "
            f"system parameter {_TEST} to True"
        )


def _says(connection: Connection, parameter: str) -> bool:
    try:
        value = connection.call("ir.config_parameter", "get_param", [parameter], {})
    except OdooError:
        return False
    return str(value or "") not in _FALSE
