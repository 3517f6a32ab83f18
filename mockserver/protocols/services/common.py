"""The common service: version and login."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.errors import AccessDenied
from fauxdoo.mockserver.protocols.base import named
from fauxdoo.mockserver.protocols.services.base import VERSION, VERSION_INFO, Caller, Service, open_database

if TYPE_CHECKING:
    from fauxdoo.mockserver.fake import FakeOdoo

__all__ = ["Common", "version"]


def version() -> dict[str, Any]:
    """What the server says about itself."""
    return {
        "server_version": VERSION,
        "server_version_info": list(VERSION_INFO),
        "server_serie": VERSION,
        "protocol_version": 1,
    }


class Common(Service):
    """What works without being logged in."""

    key = "common"

    def __init__(self, odoo: FakeOdoo) -> None:
        super().__init__(odoo)
        self._methods = _methods(odoo)

    def call(self, method: Any, params: Any, caller: Caller) -> Any:
        name = "exp_" + method
        if name not in self._methods:
            raise Exception(f"Method not found: {method}")
        return self._methods[name](*params)


@named("odoo.service.common:exp_version")
def _version() -> Any:
    return version()


@named("odoo.service.common:exp_about")
def _about(extended: Any = False) -> Any:
    info = "See http://openerp.com"
    return [info, VERSION] if extended else info


@named("odoo.service.common:exp_set_loglevel")
def _set_loglevel(loglevel: Any, logger: Any = None) -> Any:
    return True


def _methods(odoo: FakeOdoo) -> dict[str, Callable[..., Any]]:
    """The methods by Odoo's own names, which stand in the TypeErrors of a call with wrong arguments."""

    @named("odoo.service.common:exp_authenticate")
    def authenticate(db: Any, login: Any, password: Any, user_agent_env: Any) -> Any:
        open_database(odoo, db)
        agent = {**(user_agent_env or {}), "interactive": False}
        try:
            return odoo.auth.login(db, login, password, interactive=agent["interactive"])
        except AccessDenied:
            return False

    @named("odoo.service.common:exp_login")
    def login(db: Any, login: Any, password: Any) -> Any:
        return authenticate(db, login, password, None)

    functions = (authenticate, login, _version, _about, _set_loglevel)
    return {function.__qualname__: function for function in functions}
