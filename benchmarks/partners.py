"""The partners that both sides of a comparison hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["COLUMNS", "COUNTRIES", "DOMAIN", "FIELDS", "partners"]

COLUMNS = ("name", "email", "city", "country_id", "is_company")
FIELDS = ["name", "email", "country_id", "city"]
COUNTRIES = {57: "Germany", 75: "France", 231: "United Kingdom", 233: "United States"}
DOMAIN = [["is_company", "=", True], ["country_id", "=", 75]]
"""Finds one partner in eight: 1,250 of 10,000."""


def partners(count: int = 10_000) -> Iterator[dict[str, Any]]:
    """Values of `count` partners, in no order."""
    countries = list(COUNTRIES)
    for number in range(count):
        yield {
            "name": f"Partner {number * 7919 % count:07}",
            "email": f"partner{number}@shop.example",
            "city": f"City {number % 20}",
            "country_id": countries[number % len(countries)],
            "is_company": number // len(countries) % 2 == 0,
        }
