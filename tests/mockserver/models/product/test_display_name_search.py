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
