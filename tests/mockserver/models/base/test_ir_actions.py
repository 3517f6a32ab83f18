"""Server actions: the names code knows, and who may run it."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import AccessError, UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def _action(env: Environment, code: str, **values: Any) -> Any:
    model = env.ref("base.model_res_partner").id
    return env["ir.actions.server"].create([{"name": "A", "model_id": model, "state": "code", "code": code, **values}])


def test_code_knows_the_records_of_the_context(env: Environment) -> None:
    """`records` are the active ones, `action` is the answer."""
    partner = env["res.partner"].create([{"name": "A"}])
    action = _action(env, "record.write({'ref': env.user.login})\naction = {'type': 'x', 'n': len(records)}")
    context = {"active_model": "res.partner", "active_id": partner.id}
    assert action.with_context(**context).run() == {"type": "x", "n": 1}
    assert partner.ref == "__system__"


def test_a_series_runs_its_children_in_order(env: Environment) -> None:
    """The last action that answers one wins."""
    children = [_action(env, f"action = {{'n': {n}}}", sequence=n).id for n in (2, 1)]
    series = _action(env, "", state="multi", child_ids=[(6, 0, children)])
    assert series.run() == {"n": 2}


def test_errors_of_the_code_come_through(env: Environment) -> None:
    """A UserError stays one."""
    with pytest.raises(UserError, match="no"):
        _action(env, "raise UserError('no')").run()


def test_forbidden_code_is_not_saved(env: Environment) -> None:
    """The complaint is Odoo's."""
    with pytest.raises(ValidationError, match=r"forbidden opcode\(s\) in 'import os'"):
        _action(env, "import os")


def test_running_needs_the_right_to_write(env: Environment) -> None:
    """A user who may not change contacts may not run an action on them."""
    action = _action(env, "pass")
    user = env["res.users"].create([{"name": "U", "login": "u"}])
    with pytest.raises(AccessError, match="You are not allowed to modify 'Contact'"):
        action.with_user(user.id).run()
