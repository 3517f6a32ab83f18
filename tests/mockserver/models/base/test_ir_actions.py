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
    context = {"active_model": "res.partner", "active_ids": partner.ids, "active_id": partner.id}
    assert action.with_context(**context).run() == {"type": "x", "n": 1}
    assert partner.ref == "__system__"


def test_records_are_of_the_model_that_the_context_names(env: Environment) -> None:
    """Without a model, or without ids, the names are there and stand for nothing."""
    action = _action(env, "action = [record, records]")
    partner = env["res.partner"].create([{"name": "A"}])
    assert action.with_context(active_id=partner.id, active_ids=partner.ids).run() == [None, None]
    assert action.with_context(active_model="res.partner", active_id=partner.id).run() == [partner, None]


def test_a_series_runs_its_children_in_order(env: Environment) -> None:
    """The last action that answers one wins; without a record there is nothing to run on."""
    children = [_action(env, f"action = {{'n': {n}}}", sequence=n).id for n in (2, 1)]
    series = _action(env, "", state="multi", child_ids=[(6, 0, children)])
    assert series.with_context(active_model="res.partner", active_id=1).run() == {"n": 2}
    assert series.run() is False


def test_code_may_log(env: Environment) -> None:
    """Lines go to ir.logging, under the name of the action."""
    _action(env, "log('seen', level='warning')").run()
    (line,) = env["ir.logging"].search_read([("message", "=", "seen")], ["level", "func", "path", "type"])
    assert (line["level"], line["func"], line["path"], line["type"]) == ("warning", "A", "action", "server")


def test_code_does_not_know_everything(env: Environment) -> None:
    """UserError is a name, ValidationError is not."""
    with pytest.raises(ValueError, match="name 'ValidationError' is not defined"):
        _action(env, "raise ValidationError('no')").run()


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
