"""Decimal precisions."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(("use", "digits"), [("Payment Terms", 6), ("Product Price", 2), ("Nothing", 2)])
def test_digits_by_use(env: Any, use: str, digits: int) -> None:
    """An unknown use has two."""
    assert env["decimal.precision"].precision_get(use) == digits
