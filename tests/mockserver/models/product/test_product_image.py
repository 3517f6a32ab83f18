"""Images of products."""

from __future__ import annotations

from typing import Any

import pytest

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def template(env: Any) -> Any:
    """A product with an image."""
    return env["product.template"].create([{"name": "P", "image_1920": PNG}])


def test_a_variant_shows_the_image_of_its_template(template: Any) -> None:
    """It has none of its own."""
    variant = template.product_variant_ids
    assert variant.image_1920 == template.image_1920
    assert not variant.image_variant_1920


def test_removing_the_only_variants_image_removes_the_templates(template: Any) -> None:
    """The image was the template's."""
    template.product_variant_ids.write({"image_1920": False})
    assert not template.image_1920
