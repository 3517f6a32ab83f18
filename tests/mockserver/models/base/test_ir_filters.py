"""Saved searches."""

from __future__ import annotations

import pytest

from fauxdoo.mockserver.errors import DatabaseError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_filters_are_ones_own_or_everybodys(env: Environment) -> None:
    """Those of others are not offered (recorded in access/filters-and-private-records)."""
    first, second = (env["res.users"].create([{"name": name, "login": name}]) for name in "uv")
    mine = env(user=first.id, su=False)["ir.filters"]
    mine.create_filter({"name": "F", "model_id": "res.partner", "user_ids": [(6, 0, first.ids)]})
    assert [row["name"] for row in mine.get_filters("res.partner")] == ["F"]
    assert env(user=second.id, su=False)["ir.filters"].get_filters("res.partner") == []


def test_any_model_name_is_taken_and_copies_say_so(env: Environment) -> None:
    """Recorded in config/filters."""
    saved = env["ir.filters"].create([{"name": "G", "model_id": "no.such.model"}])
    assert saved.copy().name == "G (copy)"


def test_an_order_is_a_list(env: Environment) -> None:
    """In JSON."""
    filters = env["ir.filters"]
    with pytest.raises(ValidationError, match="Invalid sort definition"):
        filters.create([{"name": "F", "model_id": "res.partner", "sort": "{}"}])
    with pytest.raises(DatabaseError, match="invalid input syntax for type json"):
        filters.create([{"name": "F", "model_id": "res.partner", "sort": "name"}])
