"""Methods that only the guide knows."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call


def _call(odoo: FakeOdoo, model: str, method: str, *args: Any) -> Any:
    return odoo.dispatch.call_kw(Call("jsonrpc", "odoo", 2, model, method, list(args)))


def test_they_exist_in_the_guides_dialect() -> None:
    """`create_multi` answers ids, `action_quotations_with_onboarding` a window action."""
    odoo = FakeOdoo(dialect="guide")
    ids = _call(odoo, "res.partner", "create_multi", [{"name": "Ada"}, {"name": "Bob"}])
    assert [row["name"] for row in _call(odoo, "res.partner", "read", ids, ["name"])] == ["Ada", "Bob"]
    action = _call(odoo, "sale.order", "action_quotations_with_onboarding", [])
    assert (action["type"], action["res_model"]) == ("ir.actions.act_window", "sale.order")
    assert action["views"][0] == [False, "list"]


def test_they_do_not_exist_in_a_real_odoo() -> None:
    """There they are unknown methods."""
    odoo = FakeOdoo(dialect="odoo")
    with pytest.raises(AttributeError, match=r"The method 'res.partner.create_multi' does not exist"):
        _call(odoo, "res.partner", "create_multi", [{"name": "Ada"}])
    with pytest.raises(AttributeError, match="does not exist"):
        _call(odoo, "sale.order", "action_quotations_with_onboarding", [])
