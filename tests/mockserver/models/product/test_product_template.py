"""Products: a template and its variants."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError, ValidationError
from fauxdoo.mockserver.orm.environment import Environment


def test_a_template_brings_its_variant(env: Environment) -> None:
    """Code, barcode, cost and weight given to a template are its single variant's."""
    template = env["product.template"].create(
        {"name": "Desk", "default_code": "D1", "barcode": "123", "standard_price": 4.0, "weight": 1.5}
    )
    variant = template.product_variant_id
    assert (variant.default_code, variant.barcode, variant.standard_price, variant.weight) == ("D1", "123", 4.0, 1.5)
    assert template.display_name == "[D1] Desk"


def test_a_variant_brings_and_takes_its_template(env: Environment) -> None:
    """A variant made alone has a template of its own, which goes with it."""
    product = env["product.product"].create({"name": "Desk", "list_price": 20.0})
    template = product.product_tmpl_id
    assert (template.name, template.list_price, template.product_variant_count) == ("Desk", 20.0, 1)
    product.unlink()
    assert not template.exists()


def _sized(env: Environment) -> tuple[Any, Any]:
    values = [(0, 0, {"name": "S"}), (0, 0, {"name": "M", "default_extra_price": 2.0}), (0, 0, {"name": "L"})]
    size = env["product.attribute"].create({"name": "Size", "create_variant": "always", "value_ids": values})
    line = {"attribute_id": size.id, "value_ids": [(6, 0, size.value_ids[:2].ids)]}
    template = env["product.template"].create(
        {"name": "Shirt", "list_price": 10.0, "attribute_line_ids": [(0, 0, line)]}
    )
    return template, size


def test_attributes_make_variants(env: Environment) -> None:
    """Each value makes a variant, with its extra price and its name behind the template's."""
    template, _size = _sized(env)
    variants = template.product_variant_ids
    assert {variant.display_name: variant.lst_price for variant in variants} == {"Shirt (S)": 10.0, "Shirt (M)": 12.0}


def test_values_come_and_go(env: Environment) -> None:
    """A further value makes a variant more; with one value left one variant stays, without a name of its own."""
    template, size = _sized(env)
    template.attribute_line_ids.write({"value_ids": [(4, size.value_ids[2].id)]})
    assert template.product_variant_count == 3
    template.attribute_line_ids.write({"value_ids": [(6, 0, size.value_ids[2].ids)]})
    assert template.product_variant_ids.mapped("display_name") == ["Shirt"]


def test_two_variants_never_share_a_combination(env: Environment) -> None:
    """A second variant without attributes is refused as a unique index would."""
    template = env["product.template"].create({"name": "Desk"})
    with pytest.raises(ValidationError, match="product_product_combination_unique"):
        env["product.product"].create({"product_tmpl_id": template.id})


def test_archiving_goes_both_ways(env: Environment) -> None:
    """A template's variant is archived with it; bringing the variant back brings the template."""
    template = env["product.template"].create({"name": "Desk"})
    variant = template.product_variant_id
    template.action_archive()
    assert variant.active is False
    variant.action_unarchive()
    assert template.active is True


def test_a_barcode_is_used_once(env: Environment) -> None:
    """The error names both products."""
    env["product.template"].create({"name": "One", "barcode": "B"})
    with pytest.raises(ValidationError, match=r'"B" already assigned to product\(s\): One and Two'):
        env["product.template"].create({"name": "Two", "barcode": "B"})


def test_a_copy_starts_without_codes(env: Environment) -> None:
    """Copies are named so and have neither code nor barcode nor cost."""
    template = env["product.template"].create({"name": "Desk", "default_code": "D1", "barcode": "B"})
    copy = template.copy()
    assert (copy.name, copy.default_code, copy.barcode, copy.product_variant_count) == ("Desk (copy)", False, False, 1)


def test_attributes_in_use_are_not_deleted(env: Environment) -> None:
    """Neither the attribute nor one of its values, before no product has it."""
    size = env["product.attribute"].create(
        {"name": "Size", "value_ids": [(0, 0, {"name": "S"}), (0, 0, {"name": "M"})]}
    )
    line = (0, 0, {"attribute_id": size.id, "value_ids": [(6, 0, size.value_ids[0].ids)]})
    template = env["product.template"].create({"name": "Shirt", "attribute_line_ids": [line]})
    with pytest.raises(UserError, match="delete the attribute Size because it is used .*:\nShirt"):
        size.unlink()
    with pytest.raises(UserError, match="delete the value Size: S because"):
        size.value_ids[0].unlink()
    assert size.value_ids[1].check_is_used_on_products() is False
    template.unlink()
    assert size.unlink()
