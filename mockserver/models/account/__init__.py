"""Taxes, journal entries and payments."""

from fauxdoo.mockserver.models.account import account_tax, taxes

__all__ = ["account_tax", "taxes"]
