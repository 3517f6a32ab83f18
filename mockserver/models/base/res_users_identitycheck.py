"""The password check before what could be misused: a wizard that runs the waiting method when it is right."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from fauxdoo.mockserver import models
from fauxdoo.mockserver.calls import http_session
from fauxdoo.mockserver.errors import AccessDenied, UserError

__all__ = ["ResUsersIdentitycheck", "identity_checked"]

_LASTS = timedelta(minutes=10)
_KEY = "identity-check-last"


def identity_checked(method: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The method runs when the session's user gave the password in the last ten minutes, else answers the wizard.

    Raises UserError where no HTTP session is behind the call (recorded in auth/apikey-create-over-rpc-refused).
    """

    @wraps(method)
    def checked(self: Any) -> Any:
        session = http_session.get()
        if session is None:
            raise UserError("This method can only be accessed over HTTP")
        last = session.get(_KEY)
        if last and datetime.fromisoformat(last) > self.env.clock.now() - _LASTS:
            return method(self)
        wizard = self.env["res.users.identitycheck"].sudo()
        request = json.dumps([dict(self.env.context), self._name, self.ids, method.__name__])
        check = wizard.with_user(self.env.uid).sudo().create([{"request": request}])
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.users.identitycheck",
            "res_id": check.id,
            "name": "Access Control",
            "target": "new",
            "views": [(False, "form")],
            "context": {"dialog_size": "medium"},
        }

    return checked


class ResUsersIdentitycheck(models.TransientModel):
    """The password comes in the context, as the web client sends it; the field itself never holds it."""

    _inherit = "res.users.identitycheck"

    def run_check(self) -> Any:
        """Run the waiting method; raises UserError for a wrong password."""
        session = http_session.get()
        if session is None:
            raise UserError("This method can only be accessed over HTTP")
        self.ensure_one()
        self._check_identity()
        session[_KEY] = self.env.clock.now().isoformat()
        context, model, ids, method = json.loads(self.sudo().request)
        return getattr(self.env(context=context)[model].browse(ids), method)()

    def _check_identity(self) -> None:
        try:
            self.env.user._check_password(self.env.context.get("password"))
        except AccessDenied:
            raise UserError(
                "Incorrect Password, try again or click on Forgot Password to reset your password."
            ) from None
