"""Domains in their simplest form: what is left to be said in SQL."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.orm.domain import Domain
from fauxdoo.mockserver.orm.simplify import simplify


@pytest.mark.parametrize(
    ("domain", "simple"),
    [
        ([("name", "=", "x")], [("name", "in", ("x",))]),
        ([("name", "<>", "x")], [("name", "not in", ("x",))]),
        ([("country_id.code", "=", "US")], [("country_id", "any", [("code", "in", ("US",))])]),
        ([("country_id", "ilike", "bel")],
         [("country_id", "any", ["|", ("name", "ilike", "bel"), ("code", "ilike", "bel")])]),
        (["|", ("name", "=", "x"), ("name", "in", ["y", "x"])], [("name", "in", ("x", "y"))]),
        ([("name", "!=", "x"), ("ref", "=", "r"), ("name", "!=", "y")],
         ["&", ("name", "not in", ("x", "y")), ("ref", "in", ("r",))]),
        ([("name", "in", ["x", "y"]), ("name", "!=", "x")], [("name", "in", ("y",))]),
        ([("name", "=", "x"), ("name", "=", "y")], [(0, "=", 1)]),
        (["|", ("name", "=", "x"), ("name", "!=", "x")], [(1, "=", 1)]),
        (["|", ("category_id", "=", 1), ("category_id", "=", 2)], [("category_id", "in", (1, 2))]),
        ([("category_id", "=", 1), ("category_id", "=", 2)],
         ["&", ("category_id", "in", (1,)), ("category_id", "in", (2,))]),
        ([("parent_id", "any", [("id", "any", [("name", "=", "x")])])],
         [("parent_id", "any", [("name", "in", ("x",))])]),
    ],
)  # fmt: skip
def test_simplify(env: Any, domain: list[Any], simple: list[Any]) -> None:
    """Few operators are left, and one set for each field."""
    assert repr(simplify(Domain(domain), env["res.partner"])) == repr(simple)


def test_inherited_fields(env: Any) -> None:
    """An inherited field is asked of the parent record."""
    simple = simplify(Domain("phone", "=", "5"), env["res.users"])
    assert repr(simple) == "[('partner_id', 'any', [('phone', 'in', ('5',))])]"


def test_a_domain_can_be_used_for_two_models(env: Any) -> None:
    """What is found out about a condition holds for the model alone."""
    domain = Domain("code", "=", "US")
    assert simplify(domain, env["res.country"])
    with pytest.raises(ValueError, match=r"Invalid field res\.partner\.code"):
        simplify(domain, env["res.partner"])
