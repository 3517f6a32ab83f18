"""Dispatch: calls that share a transaction."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call
from fauxdoo.mockserver.errors import ValidationError


def _call(odoo: FakeOdoo, method: str, *args: Any) -> Any:
    return odoo.dispatch.call_kw(Call("test", odoo.db, 2, "res.partner", method, [*args], {}))


def test_calls_together_see_each_other(odoo: FakeOdoo) -> None:
    """What one call wrote, the next one reads; all is there when the action is over."""

    def action(_env: Any) -> Any:
        partner = _call(odoo, "create", {"name": "Ada"})
        return _call(odoo, "read", [partner], ["name"])

    (row,) = odoo.dispatch.together(Call("rest", odoo.db, 2, "res.partner", "create"), action)
    assert row["name"] == "Ada"
    assert odoo.env["res.partner"].browse(row["id"]).name == "Ada"


def test_calls_together_fail_together(odoo: FakeOdoo) -> None:
    """Nothing stays of the calls before one that fails."""

    def action(_env: Any) -> None:
        _call(odoo, "create", {"name": "Ada"})
        _call(odoo, "create", {})

    with pytest.raises(ValidationError):
        odoo.dispatch.together(Call("rest", odoo.db, 2, "res.partner", "create"), action)
    assert not odoo.env["res.partner"].search([("name", "=", "Ada")])
    assert isinstance(_call(odoo, "create", {"name": "Bob"}), int)


def test_an_action_that_writes_unexpectedly(tmp_path: Any) -> None:
    """In a file others may write meanwhile: reading begins without the lock for writing, and again with it."""
    with FakeOdoo(store=str(tmp_path / "odoo.db")) as odoo:
        main = Call("rest", odoo.db, 2, "res.partner", "create")
        made = odoo.dispatch.together(main, lambda _env: _call(odoo, "create", {"name": "Ada"}), readonly=True)
        assert odoo.env["res.partner"].browse(made).name == "Ada"
