"""Tags of products."""

from __future__ import annotations

from fauxdoo.mockserver.orm.environment import Environment


def test_a_tag_has_the_variants_of_its_templates_and_its_own(env: Environment) -> None:
    """And is found by each of them."""
    first, second, third = env["product.product"].create([{"name": name} for name in "ABC"])
    tag = env["product.tag"].create({"name": "T", "product_template_ids": [(4, first.product_tmpl_id.id)]})
    tag.product_product_ids = second
    assert tag.product_ids == first | second
    tags = env["product.tag"].search([("product_ids", "in", second.ids)])
    assert tag in tags
    assert tag in env["product.tag"].search([("product_ids", "ilike", "A")])
    assert tag in env["product.tag"].search([("product_ids", "not in", third.ids)])
    assert tag not in env["product.tag"].search([("product_ids", "not in", first.ids)])
