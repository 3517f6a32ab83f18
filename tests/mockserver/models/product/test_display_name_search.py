"""Products searched by what they are called: name, code, barcode, or a code in brackets."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        (("display_name", "=", "[V1] Vase"), True),
        (("display_name", "ilike", "[V1]"), False),
        (("display_name", "=", "V1"), True),
        (("display_name", "=", "Vase"), True),
        (("display_name", "in", ["x", "123456"]), True),
        (("display_name", "ilike", "vas"), True),
        (("display_name", "ilike", "12345"), False),
        (("display_name", "!=", "V1"), False),
        (("display_name", "not in", ["x"]), True),
    ],
)
def test_display_name(env: Any, leaf: tuple[Any, ...], found: bool) -> None:
    """A whole name may have its code in brackets, a part of one may not; a barcode is matched as a whole."""
    product = env["product.product"].create({"name": "Vase", "default_code": "V1", "barcode": "123456"})
    assert bool(env["product.product"].search([leaf, ("id", "=", product.id)])) is found


def test_a_search_by_name_takes_the_very_code_before_all_else(env: Any) -> None:
    """Then the very barcode; only then what matches, by code before by name."""
    products = env["product.product"].create(
        [
            {"name": "First", "default_code": "KX1"},
            {"name": "Second", "default_code": "KX10"},
            {"name": "Of KX1", "barcode": "KX10"},
            {"name": "About kx", "default_code": "A"},
        ]
    )
    found = [[id for id, _name in env["product.product"].name_search(text)] for text in ("KX1", "KX10", "kx", "[KX1]")]
    first, second, third, fourth = products.ids
    assert found == [[first], [second], [first, second, fourth, third], [first]]
    assert [id for id, _name in env["product.product"].name_search("kx", limit=3)] == [first, second, fourth]


def test_a_vendor_calls_a_product_by_its_own_name(env: Any) -> None:
    """With the vendor in the context, and it is found by that."""
    vendor = env["res.partner"].create({"name": "Vendor"})
    product = env["product.product"].create({"name": "Vase", "default_code": "V1"})
    seller = {"partner_id": vendor.id, "product_tmpl_id": product.product_tmpl_id.id}
    env["product.supplierinfo"].create({**seller, "product_name": "Pot", "product_code": "P-7"})
    asked = env["product.product"].with_context(partner_id=vendor.id)
    assert asked.browse(product.id).display_name == "[P-7] Pot"
    assert asked.name_search("P-7") == [(product.id, "[P-7] Pot")]
    assert product.display_name == "[V1] Vase"
