"""Accounts: found and ordered by their code in the company."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver import fields, models

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.registry import Registry

__all__ = ["AccountAccount"]


class AccountAccount(models.Model):
    """The code is kept by company."""

    _inherit = "account.account"

    code = fields.Char(related="code_store")
    placeholder_code = fields.Char(related="code_store")

    @classmethod
    def _setup(cls, registry: Registry, facts: Mapping[str, Any]) -> None:
        """Take the catalogue's facts; the order is that of the column the code is kept in."""
        super()._setup(registry, {**facts, "order": "code_store"})
