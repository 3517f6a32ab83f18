"""Scheduled actions, run by hand."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def _cron(env: Environment, code: str, **values: Any) -> Any:
    model = env.ref("base.model_res_partner").id
    return env["ir.cron"].create([{"name": "C", "model_id": model, "code": code, **values}])


def test_a_new_one_has_a_server_action(env: Environment) -> None:
    """Name, code and model are the action's (recorded in config/cron)."""
    cron = _cron(env, "pass")
    assert (cron.name, cron.cron_name, cron.state, cron.usage, cron.model_name) == (
        "C",
        "C",
        "code",
        "ir_cron",
        "res.partner",
    )
    assert cron.ir_actions_server_id.code == "pass"


def test_running_it_runs_its_code_even_when_archived(env: Environment) -> None:
    """`method_direct_trigger` runs now and notes when."""
    cron = _cron(env, "model.create([{'name': 'by cron'}])", active=False)
    assert cron.method_direct_trigger() is True
    assert env["res.partner"].search_count([("name", "=", "by cron")]) == 1
    assert cron.lastcall


@pytest.mark.parametrize("code", ["raise UserError('boom')", "model.no_such_method()"])
def test_a_failure_is_an_action_that_shows_it(env: Environment, code: str) -> None:
    """What the code did is undone, the call succeeds (recorded in config/cron-errors)."""
    cron = _cron(env, f"model.create([{{'name': 'lost'}}])\n{code}")
    action = cron.method_direct_trigger()
    assert action["tag"] == "display_exception"
    assert action["params"]["data"]["name"] == "builtins.RuntimeError"
    assert not env["res.partner"].search_count([("name", "=", "lost")])


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"code": "syntax error here("}, ValidationError, "SyntaxError : '(' was never closed at line 1"),
        ({"interval_number": 0}, ValidationError, "The interval number must be a strictly positive number."),
        ({"interval_type": "years"}, ValueError, "Wrong value for ir.cron.interval_type: 'years'"),
    ],
)
def test_what_is_refused(env: Environment, values: dict[str, Any], error: type[Exception], message: str) -> None:
    """Code is checked when it is saved (recorded in config/cron-errors)."""
    cron = _cron(env, "pass")
    with pytest.raises(error) as caught:
        cron.write(values)
    assert message in str(caught.value)


def test_its_action_goes_with_it(env: Environment) -> None:
    """Nothing is left over."""
    cron = _cron(env, "pass")
    action = cron.ir_actions_server_id
    cron.unlink()
    assert not action.exists()


def test_toggle_follows_a_search(env: Environment) -> None:
    """Active where the model has records in the domain."""
    cron = _cron(env, "pass")
    assert cron.toggle("res.partner", [("id", "=", 0)]) is True
    assert not cron.active
