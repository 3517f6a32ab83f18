"""Record rules are checked when they are saved."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_a_rule_without_groups_is_global(env: Environment) -> None:
    """`global` follows the groups."""
    rule = env["ir.rule"].create([{"name": "r", "model_id": env.ref("base.model_res_partner").id}])
    assert rule["global"]
    rule.write({"groups": [(4, env.ref("base.group_user").id)]})
    assert not rule["global"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"domain_force": "[('nope', '=', 1)]"}, "Invalid domain: Invalid field res.partner.nope in condition"),
        ({"domain_force": "[('id', '=', time)]"}, "Invalid domain: NameError(\"name 'time' is not defined\")"),
        (
            {f"perm_{name}": False for name in ("read", "write", "create", "unlink")},
            "Rule must have at least one checked access right!",
        ),
    ],
)
def test_what_is_refused(env: Environment, values: dict[str, Any], message: str) -> None:
    """Domains that do not evaluate, and rules for nothing (recorded in protocol/)."""
    with pytest.raises(ValidationError) as caught:
        env["ir.rule"].create([{"name": "r", "model_id": env.ref("base.model_res_partner").id, **values}])
    assert message in str(caught.value)
