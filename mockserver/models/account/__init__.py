"""Taxes, journal entries and payments."""

from fauxdoo.mockserver.models.account import (
    account_fiscal_position,
    account_move,
    account_move_amounts,
    account_move_defaults,
    account_move_line,
    account_move_line_values,
    account_move_sync,
    account_partial_reconcile,
    account_payment_term,
    account_tax,
    taxes,
)

__all__ = [
    "account_fiscal_position",
    "account_move",
    "account_move_amounts",
    "account_move_defaults",
    "account_move_line",
    "account_move_line_values",
    "account_move_sync",
    "account_partial_reconcile",
    "account_payment_term",
    "account_tax",
    "taxes",
]
