"""The object service: `execute` and `execute_kw` call the methods of models."""

from __future__ import annotations

from typing import Any

from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import AccessDenied
from fauxdoo.mockserver.protocols.services.base import Caller, Service, open_database

__all__ = ["Object"]


class Object(Service):
    """Model methods, with the password in every call."""

    key = "object"

    def call(self, method: Any, params: Any, caller: Caller) -> Any:
        database, uid, password, model, name, *rest = params
        uid = int(uid)
        open_database(self.odoo, database)
        if method == "execute_kw":
            args, kwargs = _positional_and_named(*rest)
        elif method == "execute":
            args, kwargs = rest, {}
        else:
            raise NameError(f"Method not available {method}")
        self._check(database, uid, password, caller)
        return self.odoo.dispatch.call_kw(Call(caller.protocol, database, uid, model, name, args, kwargs))

    def _check(self, database: str, uid: int, password: Any, caller: Caller) -> None:
        """A key in the header stands for an empty password; it must be the user's."""
        if not password and caller.key is not None:
            if self.odoo.auth.by_key(caller.key, database)[1] != uid:
                raise AccessDenied()
        else:
            self.odoo.auth.check(database, uid, password)


def _positional_and_named(*rest: Any) -> tuple[Any, dict[str, Any]]:
    """Odoo unpacks what follows the method into exactly these two, of which the second may be missing."""
    args, kwargs = (*rest, {}) if len(rest) == 1 else rest
    return args, dict(kwargs or {})
