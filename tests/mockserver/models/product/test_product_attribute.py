"""Attributes of products: what is excluded, and what may not change once products have it."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


@pytest.fixture
def shirt(env: Environment) -> Any:
    lines = []
    for name, values in (("Color", ("Red", "Blue")), ("Size", ("S", "M"))):
        attribute = env["product.attribute"].create(
            {"name": name, "value_ids": [(0, 0, {"name": value}) for value in values]}
        )
        lines.append((0, 0, {"attribute_id": attribute.id, "value_ids": [(6, 0, attribute.value_ids.ids)]}))
    return env["product.template"].create({"name": "Shirt", "attribute_line_ids": lines})


def _on_shirt(shirt: Any, name: str) -> Any:
    return shirt.attribute_line_ids.product_template_value_ids.filtered(lambda value: value.name == name)


def _names(shirt: Any) -> list[str]:
    return sorted(shirt.product_variant_ids.mapped("display_name"))


def test_excluded_values_make_no_variant(env: Environment, shirt: Any) -> None:
    values = {
        "product_template_attribute_value_id": _on_shirt(shirt, "Red").id,
        "product_tmpl_id": shirt.id,
        "value_ids": [(6, 0, _on_shirt(shirt, "S").ids)],
    }
    exclusion = env["product.template.attribute.exclusion"].create(values)
    assert _names(shirt) == ["Shirt (Blue, M)", "Shirt (Blue, S)", "Shirt (Red, M)"]
    exclusion.unlink()
    assert len(_names(shirt)) == 4


def test_some_variant_is_possible(env: Environment, shirt: Any) -> None:
    sizes = _on_shirt(shirt, "S") | _on_shirt(shirt, "M")
    rules = [(0, 0, {"product_tmpl_id": shirt.id, "value_ids": [(6, 0, sizes.ids)]})]
    _on_shirt(shirt, "Red").exclude_for = rules
    with pytest.raises(UserError, match="would lead to no possible variant"):
        _on_shirt(shirt, "Blue").exclude_for = rules


def test_there_is_a_limit_to_variants(env: Environment, shirt: Any) -> None:
    env["ir.config_parameter"].set_param("product.dynamic_variant_limit", "3")
    with pytest.raises(UserError, match="above allowed limit"):
        shirt.copy()


def test_what_products_have_does_not_change(env: Environment, shirt: Any) -> None:
    line = shirt.attribute_line_ids[0]
    other = env["product.attribute"].create({"name": "Other", "value_ids": [(0, 0, {"name": "X"})]})
    desk = env["product.template"].create({"name": "Desk"})
    attribute, value = line.attribute_id, line.value_ids[0]
    assert (attribute.number_related_products, attribute.product_tmpl_ids, value.is_used_on_products) == (
        1,
        shirt,
        True,
    )
    for change, error in (
        (attribute.action_archive, "cannot archive this attribute"),
        (lambda: value.write({"attribute_id": other.id}), "change the attribute of the value Color: Red because"),
        (
            lambda: line.write({"attribute_id": other.id}),
            f"transform the attribute Color into the attribute {other.id}",
        ),
        (lambda: line.write({"product_tmpl_id": desk.id}), f"from the product Shirt to the product {desk.id}"),
        (
            lambda: _on_shirt(shirt, "S").write({"product_attribute_value_id": value.id}),
            "change the value of the value",
        ),
        (lambda: _on_shirt(shirt, "S").write({"ptav_product_variant_ids": []}), "cannot update related variants"),
    ):
        with pytest.raises(UserError, match=error):
            change()


def test_values_of_templates_are_those_of_their_lines(env: Environment, shirt: Any) -> None:
    line = shirt.attribute_line_ids[0]
    green = env["product.attribute.value"].create({"name": "Green", "attribute_id": line.attribute_id.id})
    values = {"attribute_line_id": line.id, "product_attribute_value_id": green.id}
    with pytest.raises(ValidationError, match="The value Color: Green is not defined for the attribute Color"):
        env["product.template.attribute.value"].create(values)


def test_a_value_of_archived_variants_only_is_archived(env: Environment, shirt: Any) -> None:
    value = shirt.attribute_line_ids[0].value_ids[0]
    shirt.action_archive()
    shirt.attribute_line_ids.unlink()
    value.unlink()
    assert not value.exists() or not value.active


def test_many_at_once_make_no_variants(env: Environment) -> None:
    with pytest.raises(ValidationError, match="Multi-checkbox display type is not compatible"):
        env["product.attribute"].create({"name": "Extras", "display_type": "multi", "create_variant": "always"})
