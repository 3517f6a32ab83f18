"""The partners that both sides of a comparison hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["COUNTRIES", "DOMAIN", "FIELDS", "partners"]

FIELDS = ["name", "email", "country_id", "city"]
COUNTRIES = [57, 75, 231, 233]
"""Germany, France, United Kingdom, United States."""
DOMAIN = [["is_company", "=", True], ["country_id", "=", 75]]
"""Finds one partner in eight: 1,250 of 10,000."""


def partners(count: int = 10_000) -> Iterator[dict[str, Any]]:
    """Values of `count` partners, in no order."""
    for number in range(count):
        yield {
            "name": f"Partner {number * 7919 % count:07}",
            "email": f"partner{number}@shop.example",
            "city": f"City {number % 20}",
            "country_id": COUNTRIES[number % len(COUNTRIES)],
            "is_company": number // len(COUNTRIES) % 2 == 0,
        }
