"""Sessions: `/web/session/…`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.utils import redirect

from fauxdoo.mockserver.protocols.base import Endpoint, Protocol, Reply, Request, Route, named, page
from fauxdoo.mockserver.protocols.envelopes import HTTP, JSONRPC
from fauxdoo.mockserver.protocols.services.base import VERSION, VERSION_INFO, open_database

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["Sessions"]


class Sessions(Protocol):
    """Logging in and out."""

    key = "session"

    def routes(self) -> Iterable[Route]:
        return [
            Route("/web/session/authenticate", self._authenticate(), JSONRPC),
            Route("/web/session/get_session_info", self._session_info, JSONRPC, auth="user"),
            Route("/web/session/check", _check, JSONRPC, auth="user"),
            Route("/web/session/destroy", self._destroy, JSONRPC, auth="user"),
            Route("/web/session/modules", self._modules, JSONRPC, auth="user"),
            Route("/web/session/logout", self._logout, HTTP),
        ]

    def _authenticate(self) -> Endpoint:
        odoo = self.odoo

        @named("odoo.addons.web.controllers.session:Session.authenticate")
        def authenticate(request: Request, db: Any, login: Any, password: Any, base_location: Any = None) -> Any:
            open_database(odoo, db)
            uid = odoo.auth.login(db, login, password, interactive=True, address=request.address)
            session = request.session
            assert session is not None
            session.database, session.uid, session.login = db, uid, login
            session.token, session.data = odoo.auth.token(db, uid), {"uid": uid}
            if not session.stateless:
                odoo.sessions.rotate(session)
            request.database, request.uid = db, uid
            return self._session_info(request)

        return authenticate

    def _session_info(self, request: Request) -> Any:
        with self.odoo.dispatch.database(request.known_database).transaction(request.known_uid) as env:
            return _information(env, request.known_database)

    def _destroy(self, request: Request) -> None:
        self._forget(request)

    def _logout(self, request: Request, **_query: Any) -> Reply:
        self._forget(request)
        return page(redirect("/odoo", 303), request)

    def _forget(self, request: Request) -> None:
        session = request.session
        if session is not None:
            session.forget_user()
            if session.stored:
                self.odoo.sessions.rotate(session)

    def _modules(self, request: Request) -> Any:
        with self.odoo.dispatch.database(request.known_database).transaction() as env:
            return env["ir.module.module"].search([("state", "=", "installed")], order="name").mapped("name")


def _check(request: Request) -> None:
    """Nothing: whoever gets here has a session."""


def _information(env: Environment, database: str) -> dict[str, Any]:
    """What the web client learns about its user at the start."""
    user = env.user
    internal, system = bool(user.has_group("base.group_user")), bool(user.has_group("base.group_system"))
    return {
        "uid": env.uid,
        "is_system": system,
        "is_admin": bool(user.has_group("base.group_erp_manager")),
        "is_public": False,
        "is_internal_user": internal,
        "user_context": env["res.users"].context_get(),
        "db": database,
        "server_version": VERSION,
        "server_version_info": list(VERSION_INFO),
        "support_url": "https://www.odoo.com/buy",
        "name": user.name,
        "username": user.login,
        "partner_display_name": user.partner_id.display_name,
        "partner_id": user.partner_id.id,
        "web.base.url": env["ir.config_parameter"].sudo().get_param("web.base.url", default=""),
        "active_ids_limit": 20000,
        "max_file_upload_size": env.settings.max_body,
        "home_action_id": user.action_id.id or False,
        "currencies": _currencies(env),
        "bundle_params": {"lang": user.lang},
        "test_mode": False,
        "show_effect": True,
        "groups": {"base.group_allow_export": bool(user.has_group("base.group_allow_export"))},
        "user_companies": _companies(env) if internal else None,
    }


def _currencies(env: Environment) -> dict[str, Any]:
    currencies = env["res.currency"].sudo().search([])
    return {
        str(currency.id): {
            "name": currency.name,
            "symbol": currency.symbol,
            "position": currency.position,
            "digits": [69, currency.decimal_places],
        }
        for currency in currencies
    }


def _companies(env: Environment) -> dict[str, Any]:
    user = env.user
    allowed = {
        str(company.id): {
            "id": company.id,
            "name": company.name,
            "sequence": company.sequence,
            "child_ids": company.child_ids.ids,
            "parent_id": company.parent_id.id or False,
            "currency_id": company.currency_id.id,
        }
        for company in user.company_ids
    }
    return {
        "current_company": user.company_id.id,
        "allowed_companies": allowed,
        "disallowed_ancestor_companies": {},
    }
