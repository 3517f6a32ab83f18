"""`child_of` and `parent_of` on models with and without a path column."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def tree(env: Any) -> dict[str, Any]:
    """Root > Mid > Leaf, Root > Side, as tags."""
    tags = env["res.partner.category"]
    root = tags.create({"name": "Root"})
    mid, side = tags.create([{"name": "Mid", "parent_id": root.id}, {"name": "Side", "parent_id": root.id}])
    leaf = tags.create({"name": "Leaf", "parent_id": mid.id})
    return {"Root": root, "Mid": mid, "Side": side, "Leaf": leaf}


@pytest.mark.parametrize(
    ("field", "operator", "start", "names"),
    [
        ("id", "child_of", ["Root"], ["Leaf", "Mid", "Root", "Side"]),
        ("id", "child_of", ["Leaf", "Side"], ["Leaf", "Side"]),
        ("id", "parent_of", ["Leaf"], ["Leaf", "Mid", "Root"]),
        ("parent_id", "child_of", ["Mid"], ["Leaf", "Mid"]),
        ("parent_id", "parent_of", ["Side"], ["Root", "Side"]),
        ("child_ids", "child_of", ["Mid"], ["Root"]),
        ("child_ids", "parent_of", ["Leaf"], ["Mid"]),
    ],
)
def test_same_model(tree: dict[str, Any], field: str, operator: str, start: list[str], names: list[str]) -> None:
    """On its own model a parent link stands for the record itself; lines are searched by (domain/child-of-m2o-self)."""
    ids = [tree[name].id for name in start]
    found = tree["Root"].search([(field, operator, ids), ("id", "in", [tag.id for tag in tree.values()])])
    assert sorted(found.mapped("name")) == names


def test_names(tree: dict[str, Any], env: Any) -> None:
    """A text stands for the records whose display name contains it."""
    partner = env["res.partner"].create({"name": "Tagged", "category_id": [(6, 0, [tree["Leaf"].id])]})
    for start, found in (("Mid", partner), ("Side", env["res.partner"])):
        assert env["res.partner"].search([("category_id", "child_of", start), ("id", "=", partner.id)]) == found


def test_records_without_a_path(env: Any) -> None:
    """Contacts have no path column: the parents are followed."""
    group = env["res.partner"].create({"name": "Group", "is_company": True})
    child = env["res.partner"].create({"name": "Child", "parent_id": group.id})
    grandchild = env["res.partner"].create({"name": "Grandchild", "parent_id": child.id, "active": False})
    family = group | child | grandchild
    partners = env["res.partner"].with_context(active_test=False)
    assert set(partners.search([("id", "child_of", group.id)])._ids) == set(family._ids)
    assert set(partners.search([("id", "parent_of", grandchild.id)])._ids) == set(family._ids)


def test_models_without_parents(env: Any) -> None:
    """A model without a parent field has no hierarchy."""
    with pytest.raises(ValueError, match=r"Invalid field res\.currency\.parent_id"):
        env["res.partner.bank"].search([("currency_id", "child_of", 1)])
