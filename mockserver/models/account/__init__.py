"""Taxes, journal entries and payments."""

from fauxdoo.mockserver.models.account import account_fiscal_position, account_move, account_tax, taxes

__all__ = ["account_fiscal_position", "account_move", "account_tax", "taxes"]
